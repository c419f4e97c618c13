"""What a reader waits for on a slow phone: largest contentful paint, shift of the layout, bytes of each page type.

The browser's processor is slowed down four times and its line held to 1.6 Mbit/s with 150 ms of delay; the site is
the embedded one on the same machine.  Every page is opened three times with an empty cache; the middle value counts.
"""

import statistics
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

from running_site import browser, running_site

SLOWER = 4
BITS_PER_S = 1_600_000
DELAY_MS = 150
RUNS = 3
TEXT_S, CHART_S, SHIFT = 1.5, 2.5, 0.05
PAGES = {
    "front page": ("/", TEXT_S),
    "list": ("/claims/", TEXT_S),
    "claim with chart": ("/claims/manhattan-sized/", CHART_S),
    "claim without chart": ("/claims/kaku-or-cox-confirmed-ship/", TEXT_S),
    "history": ("/claims/manhattan-sized/history/", TEXT_S),
    "object": ("/objects/3I/", CHART_S),
    "objects side by side": ("/objects/compare/", CHART_S),
    "archives": ("/archives/", CHART_S),
    "guided reading": ("/readings/seed-mars-flyby/", TEXT_S),
    "sources": ("/sources/", TEXT_S),
    "measurements": ("/measurements/", TEXT_S),
    "method": ("/method/", TEXT_S),
}
# observed from the first moment on, read at the end
WATCH = """
window.paint = 0; window.shift = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.paint = entry.startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value; })
  .observe({ type: "layout-shift", buffered: true });
"""


def main() -> list[dict[str, Any]]:
    """Return one row a page type."""
    with running_site() as address, browser() as chromium:
        for path, _ in PAGES.values():  # what the first request of a process pays for is not a reader's wait
            page = chromium.new_page(base_url=address)
            page.goto(path)
            page.close()
        return [
            {"name": name, **_measured(chromium, address, path, limit_s)}
            for name, (path, limit_s) in PAGES.items()
        ]


def _measured(chromium: Browser, address: str, path: str, limit_s: float) -> dict[str, Any]:
    seen = [_open(chromium, address, path) for _ in range(RUNS)]
    paint = statistics.median(run["paint_s"] for run in seen)
    shift = max(run["shift"] for run in seen)
    return {
        "paint_s": round(paint, 2),
        "limit_s": limit_s,
        "shift": round(shift, 4),
        "html_css_kb": seen[0]["kb"],
        "within": "yes" if paint <= limit_s and shift < SHIFT and seen[0]["kb"] <= 60 else "NO",
    }


def _open(chromium: Browser, address: str, path: str) -> dict[str, float]:
    context = chromium.new_context(base_url=address, viewport={"width": 412, "height": 823})
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": DELAY_MS, "downloadThroughput": BITS_PER_S / 8, "uploadThroughput": BITS_PER_S / 8},
    )  # fmt: skip
    weighed = _weigh(session)
    page.goto(path, wait_until="load")
    page.wait_for_timeout(1500)
    result = {
        "paint_s": page.evaluate("window.paint") / 1000,
        "shift": page.evaluate("window.shift"),
        "kb": round(sum(weighed.values()) / 1000, 1),
    }
    context.close()
    return result


def _weigh(session: CDPSession) -> dict[str, float]:
    """Collect the compressed bytes of the document and its stylesheets."""
    kinds: dict[str, str] = {}
    bytes_of: dict[str, float] = {}
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))

    def finished(event: dict[str, Any]) -> None:
        if kinds.get(event["requestId"]) in ("Document", "Stylesheet"):
            bytes_of[event["requestId"]] = event["encodedDataLength"]

    session.on("Network.loadingFinished", finished)
    return bytes_of
