"""Whether the scene of an object's path is smooth on a phone: what a frame takes while it plays, is dragged, is turned.

Chromium at 360 x 740 px with three pixels a point, its main thread slowed down four times.  WebGL runs in software
here, on the same cores: a phone draws on a chip of its own, so the time between frames is longer than there, and the
time of the main thread, which a phone spends as well, is what to compare.
"""

import statistics
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

from running_site import browser, running_site

SLOWER = 4
SECONDS = 5.0
WIDTH, HEIGHT = 360, 740
# a date is played every 80 ms: a frame that takes longer skips dates
FRAMES = """
window.frames_at = [];
window.watching = true;
const note = (now) => { window.frames_at.push(now); if (window.watching) requestAnimationFrame(note); };
requestAnimationFrame(note);
"""


def main() -> list[dict[str, Any]]:
    """Return a row a way of moving the scene."""
    with running_site() as address, browser() as chromium:
        warm = chromium.new_page(base_url=address)
        warm.goto("/objects/3I/")
        warm.close()
        return [
            {"name": name, **_measured(chromium, address, view, moves)}
            for name, view, moves in (
                ("playing from above", "above", _play),
                ("playing from Mars", "Mars", _play),
                ("dragging the date", "above", _drag_date),
                ("turning the scene", "above", _turn),
                ("at rest", "above", _rest),
            )
        ]


def _measured(chromium: Browser, address: str, view: str, moves: Callable[[Page], None]) -> dict[str, float]:
    context = chromium.new_context(
        base_url=address, viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=3
    )
    page = context.new_page()
    page.goto(f"/objects/3I/#date=2025-09-01&view={view}")
    page.locator("figure.scene").scroll_into_view_if_needed()
    page.wait_for_selector("figure.scene[data-drawn]", timeout=60_000)
    page.locator(".scene-stage").scroll_into_view_if_needed()
    page.wait_for_timeout(1500)
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    before, first = _spent(session), page.locator(".scene-dates input").input_value()
    page.evaluate(FRAMES)
    began = time.monotonic()
    moves(page)
    took = time.monotonic() - began
    frames = page.evaluate("window.watching = false, window.frames_at")
    after, last = _spent(session), page.locator(".scene-dates input").input_value()
    gaps = [later - earlier for earlier, later in pairwise(frames)]
    context.close()
    return {
        "frame_ms": round(statistics.median(gaps), 1),
        "frame_p95_ms": round(statistics.quantiles(gaps, n=20)[-1], 1),
        "frames_s": round(len(gaps) / took, 1),
        "dates_s": round(abs(int(last) - int(first)) / took, 1),
        "main_thread": round((after["TaskDuration"] - before["TaskDuration"]) / took, 2),
        "script": round((after["ScriptDuration"] - before["ScriptDuration"]) / took, 2),
        "layout": round((after["LayoutDuration"] - before["LayoutDuration"]) / took, 3),
    }


def _spent(session: CDPSession) -> dict[str, float]:
    return {row["name"]: row["value"] for row in session.send("Performance.getMetrics")["metrics"]}


def _play(page: Page) -> None:
    page.locator(".scene-play").click()
    page.wait_for_timeout(SECONDS * 1000)
    page.locator(".scene-play").click()


def _drag_date(page: Page) -> None:
    page.locator(".scene-dates input").scroll_into_view_if_needed()
    box = page.locator(".scene-dates input").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    _moved(page, [(box["x"] + box["width"] * share / 100, y) for share in range(20, 80)])


def _turn(page: Page) -> None:
    box = page.locator(".scene-stage").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, min(box["y"] + box["height"] / 2, HEIGHT - 60)
    _moved(page, [(x + step, y - step / 3) for step in range(-60, 60, 2)])


def _moved(page: Page, places: list[tuple[float, float]]) -> None:
    page.mouse.move(*places[0])
    page.mouse.down()
    began = time.monotonic()
    while time.monotonic() - began < SECONDS:
        for place in places if int(time.monotonic() - began) % 2 == 0 else reversed(places):
            page.mouse.move(*place)
            page.wait_for_timeout(16)
            if time.monotonic() - began > SECONDS:
                break
    page.mouse.up()


def _rest(page: Page) -> None:
    page.wait_for_timeout(SECONDS * 1000)
