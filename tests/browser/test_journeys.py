"""Whole ways through the site: by keyboard alone, without scripts, enlarged, and on paper."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

CLAIM = "/claims/streak-moved-at-60-km-s/"
ARTICLE = (
    "A thin streak crossed the Martian sky at 60 kilometres per second, the report says. "
    "Engineers heard radio pulses from 3I/ATLAS every 22 seconds. The weather in the valley was fine."
)


def focused_by_tab(page: Page, name: str, most: int = 80) -> None:
    """Press Tab until the element of that name has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        told = page.evaluate(
            "(document.activeElement.getAttribute('aria-label') || document.activeElement.innerText || document.activeElement.name || '').trim()"
        )
        if told.startswith(name):
            return
    raise AssertionError(f"{name!r} was not reached by {most} presses of Tab on {page.url}")


def test_it_goes_the_whole_way_by_keyboard_alone(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    # find a claim
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("streak 60 km/s")
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/?q=*")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    expect(page.locator(".ledger h2 a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{CLAIM}")
    # read its chart as a table
    focused_by_tab(page, "Chart")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tabpanel", name="Table").locator("table")).to_be_visible()
    # cite it
    for name in ("Sources", "Download", "Cite"):
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("tab", name=name)).to_be_focused()
    expect(page.get_by_role("tabpanel", name="Cite")).to_contain_text("Hyperbole (2026)")
    # move the date of the scene
    page.goto("/objects/3I/")
    page.locator("figure.scene").scroll_into_view_if_needed()
    page.wait_for_selector("figure.scene[data-drawn]")
    before = page.locator(".scene-date").inner_text()
    page.locator(".scene-dates input").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".scene-date")).not_to_have_text(before)
    # check an article
    page.goto("/check/")
    focused_by_tab(page, "text")
    page.keyboard.type(ARTICLE)
    focused_by_tab(page, "Check the text")
    page.keyboard.press("Enter")
    # the first text of a process waits for the encoder to be read
    expect(page.get_by_role("heading", level=1)).to_have_text("What the text repeats", timeout=60_000)
    expect(page.get_by_role("link", name="The streak over Mars moved at 60 km/s").first).to_be_visible()


def test_it_goes_the_whole_way_without_scripts(page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto("/claims/")
    page.get_by_role("searchbox").fill("22 seconds")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"q=22"))
    page.get_by_role("link", name="Radio pulses every 22 seconds were received").click()
    expect(page.locator(".ruling .verdict")).to_have_text("No evidence offered or found")
    expect(page.locator("figure.chart table")).to_be_visible()
    expect(page.locator("dd [data-copy]").first).to_contain_text("Version 1, published")
    page.goto("/objects/3I/")
    expect(page.locator("figure.scene svg").first).to_be_visible()
    page.goto("/objects/3I/sky/?observer=perseverance&at=2025-10-04T00:03Z")
    expect(page.get_by_text("Altitude of the Sun")).to_be_visible()
    page.goto("/check/")
    page.get_by_label("The text of an article").fill(ARTICLE)
    page.get_by_role("button", name="Check the text").click()
    expect(page.locator(".check-text mark").first).to_be_visible()


def test_it_reflows_at_twice_the_size(page: Page) -> None:
    # WCAG 1.4.4 and 1.4.10: a window of 1280 px leaves 640 when enlarged to 200 %, and 320 at 400 %
    for address in (
        "/",
        "/claims/",
        CLAIM,
        "/objects/3I/",
        "/archives/",
        "/check/",
        "/readings/seed-mars-flyby/",
        "/de/method/",
        "/de/objects/3I/",
    ):
        page.goto(address)
        for width in (640, 320):
            page.set_viewport_size({"width": width, "height": 450})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)


def test_a_drawn_figure_never_makes_a_page_wider(page: Page) -> None:
    # the library learns of a new width later than the page: the old figure must not stand out meanwhile
    for address, drawn in (
        ("/archives/", "figure.chart[data-drawn]"),
        (CLAIM, "figure.chart[data-drawn]"),
        ("/objects/3I/", "figure.scene[data-drawn]"),
    ):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(address)
        page.locator("figure.chart, figure.scene").first.scroll_into_view_if_needed()
        page.wait_for_selector(drawn)
        for width in (640, 320):
            page.set_viewport_size({"width": width, "height": 450})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
        if (
            address == CLAIM
        ):  # and becomes the figure for narrow paper, whose rows are named above their lines
            expect(page.locator("figure.chart .ytick")).to_have_count(0)
            page.set_viewport_size({"width": 1280, "height": 900})
            expect(page.locator("figure.chart .ytick").first).to_be_attached()


def test_it_stands_still_for_who_asks_for_less_motion(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    for address in ("/", CLAIM, "/objects/3I/"):
        page.goto(address)
        if address == CLAIM:  # with what the chart's library brings along
            page.locator("figure.chart").first.scroll_into_view_if_needed()
            page.wait_for_selector("figure.chart[data-drawn] .js-plotly-plot")
        assert (
            page.evaluate("document.getAnimations().filter((one) => one.playState === 'running').length") == 0
        )
        moving = page.evaluate(
            "[...document.querySelectorAll('*')].filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0.01).length"
        )
        assert moving == 0, address


def test_it_prints_a_claim_as_a_report_that_can_be_read(page: Page) -> None:
    page.goto(CLAIM)
    printed = page.pdf(format="A4")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 8
    page.emulate_media(media="print")
    text = page.locator("body").inner_text()
    for part in (
        "The streak over Mars moved at 60 km/s",
        "Contradicted by the data",
        "Claimed and measured",
        "66.55",
        "Evidence",
        "Cite",
    ):
        assert part in text
    for control in ("Copy", "Download", "Search"):
        for button in page.get_by_role("button", name=control).all():
            assert not button.is_visible(), control
