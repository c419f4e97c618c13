"""The path of an object in three dimensions, driven by the keyboard and by links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Complaints


def drawn(page: Page, address: str) -> Page:
    page.goto(address)
    page.locator("figure.scene").scroll_into_view_if_needed()
    page.wait_for_selector("figure.scene[data-drawn]")
    return page


@pytest.fixture
def still(browser: Browser, browser_context_args: dict[str, Any], complaints: Complaints) -> Iterator[Page]:
    """A page of a reader who asks for less motion, watched for complaints."""
    context = browser.new_context(**browser_context_args, reduced_motion="reduce")
    context.on("page", complaints.watch)
    yield context.new_page()
    context.close()


def test_its_library_waits_until_the_scene_is_near(still: Page) -> None:
    still.set_viewport_size({"width": 1280, "height": 400})  # at 720 the scene is near from the start
    still.goto("/objects/3I/")
    still.wait_for_load_state("networkidle")
    assert still.evaluate("window.Plotly === undefined")
    still.locator("figure.scene").scroll_into_view_if_needed()
    still.wait_for_selector("figure.scene[data-drawn]")


def test_its_date_moves_by_the_keyboard_and_names_the_claims_of_the_day(still: Page) -> None:
    page = drawn(still, "/objects/3I/#date=2025-10-02&view=Mars")
    date, claims = page.locator(".scene-date"), page.locator(".scene-claims a")
    expect(date).to_contain_text("2025-10-02")
    assert page.locator(".scene-view").input_value() == "Mars"
    page.locator(".scene-dates input").focus()
    page.keyboard.press("ArrowRight")
    expect(date).to_contain_text("2025-10-03 00:00 UTC; distance from Sun 1.6")
    expect(date).to_contain_text("Mars 0.194 au")
    expect(claims.filter(has_text="The streak over Mars moved at 60 km/s")).to_be_visible()
    assert "date=2025-10-03" in page.url
    assert page.locator(".scene-dates input").get_attribute("aria-valuetext").startswith("2025-10-03")
    page.locator(".scene-view").select_option("JWST")
    assert "view=JWST" in page.url
    # without animation a step is a jump, and playing can be stopped
    page.locator(".scene-play").press("Enter")
    expect(page.locator(".scene-play")).to_have_attribute("aria-pressed", "true")
    page.locator(".scene-play").press("Enter")
    expect(page.locator(".scene-play")).to_have_attribute("aria-pressed", "false")
    page.locator("[data-scene-link]", has_text="show from the Earth").last.click()
    expect(date).to_contain_text("2025-12-19")
    assert page.locator(".scene-view").input_value() == "Earth"


def test_its_dots_move_and_pointing_works_again_once_it_rests(still: Page) -> None:
    page = drawn(still, "/objects/3I/#date=2025-09-01&view=above")
    stage, date = page.locator(".scene-stage"), page.locator(".scene-date")
    unread = "Object.hasOwn(document.querySelector('.scene-stage')._fullLayout.scene._scene.glplot.gl, 'readPixels')"
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)
    before, words = stage.screenshot(), date.inner_text()
    page.locator(".scene-play").press("Enter")
    expect(date).not_to_have_text(words)
    assert page.evaluate(unread)
    page.locator(".scene-play").press("Enter")
    assert not page.evaluate(unread)
    page.wait_for_timeout(300)
    assert stage.screenshot() != before
    # the table says the same, and the scene is there again behind its tab
    page.locator("figure.scene").get_by_role("tab", name="Table").click()
    expect(
        page.locator("figure.scene").get_by_role("tabpanel", name="Table").locator("table")
    ).to_be_visible()
    page.locator("figure.scene").get_by_role("tab", name="Chart").click()
    expect(stage.locator("canvas").first).to_be_visible()


def test_without_scripts_the_plan_and_the_moments_stand(page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto("/objects/3I/")
    expect(page.locator("figure.scene svg").first).to_be_visible()
    expect(page.locator(".scene-controls")).to_be_hidden()
    expect(page.locator("#on-2025-10-03")).to_contain_text("Nearest to Mars")
