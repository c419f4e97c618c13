"""The public pages in a real browser: accessible, readable at every width, complete without scripts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Complaints

CLAIM = "/claims/nickel-exceeds-iron-tenfold/"
PAGES = [
    "/", "/claims/", "/claims/?q=nickel&verdict=contradicted", CLAIM, f"{CLAIM}v/1/", f"{CLAIM}history/",
    "/claims/mars-orbiters-released-nothing/", "/claims/kaku-or-cox-confirmed-ship/", "/objects/", "/objects/3I/", "/objects/compare/",
    "/objects/3I/sky/?observer=perseverance&at=2025-10-04T06:35Z&camera=navcam-pixel-scale", "/objects/3I/solutions/",
    "/sources/", "/sources/seed-mars-flyby/", "/measurements/?object=3I", "/measurements/?quantity=nucleus_radius", "/charts/motion-3I/", "/measurements/3i-ni-fe-2025-11-16-keck/",
    "/readings/", "/readings/seed-alien-alloy/", "/archives/", "/archives/tgo-cassis-2025/", "/check/", "/corrections/", "/method/", "/method/style/", "/status/",
    "/report/?page=/claims/", "/report/thanks/", "/de/", f"/de{CLAIM}", "/de/check/", "/de/objects/3I/", "/de/archives/",
]  # fmt: skip
REFUSALS = ["/claims/?verdict=bogus", "/objects/3I/sky/?observer=nowhere", "/no/such/page/"]
# the dark scheme changes colours only, so the narrow layout is looked at in it on the main pages alone
MAIN = ("/", "/claims/", CLAIM, "/objects/3I/")
# `make pages` looks at every page at every width in both schemes; the suite leaves out what differs in nothing
WHOLE = bool(os.environ.get("HYPERBOLE_WHOLE_MATRIX"))
WIDTHS = (1280, 768, 360) if WHOLE else (1280, 360)
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    chosen: Scheme = request.param
    return chosen


@pytest.fixture
def reader(
    browser: Browser, browser_context_args: dict[str, Any], complaints: Complaints, scheme: Scheme
) -> Iterator[Page]:
    """A page in the light or the dark scheme, watched for complaints."""
    context = browser.new_context(**browser_context_args, color_scheme=scheme, reduced_motion="reduce")
    context.on("page", complaints.watch)
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("address", [*PAGES, *REFUSALS])
def test_it_is_accessible_and_never_scrolls_sideways(
    reader: Page, address: str, scheme: Scheme, complaints: Complaints
) -> None:
    for width in WIDTHS if WHOLE or scheme == "light" or address in MAIN else WIDTHS[:1]:
        reader.set_viewport_size({"width": width, "height": 800})
        reader.goto(address)
        if reader.locator("figure.chart:not(.scene)").count() and width == WIDTHS[0]:
            reader.locator("figure.chart:not(.scene)").scroll_into_view_if_needed()
            reader.wait_for_selector("figure.chart:not(.scene)[data-drawn]")
        assert reader.evaluate("document.documentElement.scrollWidth") <= width, width
        assert violations(reader) == [], width
        assert reader.locator("h1").count() == 1
    if address in REFUSALS:
        # the browser itself reports the status of a page that is meant to refuse
        complaints.lines = [line for line in complaints.lines if "Failed to load resource" not in line]


@pytest.mark.parametrize("key", ["motion-3I", "values-nucleus_radius"])
def test_a_framed_chart_is_accessible_and_never_scrolls_sideways(reader: Page, key: str) -> None:
    for width in WIDTHS:
        reader.set_viewport_size({"width": width, "height": 800})
        reader.goto(f"/charts/{key}/embed/")
        reader.get_by_text("The same as a table").click()
        assert reader.evaluate("document.documentElement.scrollWidth") <= width, width
        assert violations(reader) == [], width


def test_it_would_notice_an_inaccessible_page(page: Page) -> None:
    page.goto("/method/")
    assert violations(page) == []
    page.evaluate("document.querySelector('h1').style.color = '#cccccc'")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert {line.split(":")[0] for line in violations(page)} == {"color-contrast", "button-name"}


def test_it_reads_a_claim_without_scripts(page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto(CLAIM)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nickel exceeds iron by a factor of ten")
    expect(page.locator("blockquote")).to_contain_text("In 3I/ATLAS nickel outnumbers iron")
    expect(page.locator(".ruling .verdict")).to_be_visible()
    expect(page.locator(".ruling .verdict")).to_have_text("Superseded by newer data")
    expect(page.locator("#numbers")).to_be_visible()
    expect(page.get_by_role("link", name="0.692").first).to_be_visible()
    expect(page.locator("svg.chart-svg-wide")).to_be_visible()
    expect(page.locator("svg.chart-svg-narrow")).to_be_hidden()
    expect(page.locator("figure.chart table")).to_be_visible()
    page.get_by_text("Download this chart").click()
    expect(page.get_by_role("link", name="Table (CSV)")).to_be_visible()
    expect(page.get_by_role("button", name="Picture (PNG)")).to_have_count(0)
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator("svg.chart-svg-narrow")).to_be_visible()
    expect(page.locator("svg.chart-svg-wide")).to_be_hidden()


def test_it_finds_a_claim_without_scripts(page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto("/")
    page.get_by_role("searchbox").fill("wow signal")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("wow")
    page.get_by_role("link", name="Contradicted by the data").first.click()
    expect(page.get_by_role("status")).to_contain_text("Contradicted by the data")
    page.get_by_role("link", name="The Wow! signal came from 3I/ATLAS").click()
    expect(page.locator(".ruling .verdict")).to_have_text("Contradicted by the data")


def test_it_draws_every_kind_of_chart_over_its_picture_without_a_complaint(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    for slug in (
        "nickel-exceeds-iron-tenfold", "manhattan-sized", "mars-orbiters-released-nothing",
        "million-times-more-massive-than-oumuamua", "radio-pulses-every-22-seconds", "carbon-dioxide-unusually-high",
    ):  # fmt: skip
        page.goto(f"/claims/{slug}/")
        page.locator("figure.chart").scroll_into_view_if_needed()
        page.wait_for_selector("figure.chart[data-drawn] .js-plotly-plot")
        expect(page.locator("svg.chart-svg-wide")).to_be_hidden()


def test_it_turns_the_chart_into_its_table_by_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(CLAIM)
    page.get_by_role("tab", name="Chart").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Table")).to_be_focused()
    expect(
        page.get_by_role("tabpanel", name="Table").get_by_role("cell", name="Hoogendam et al. 2026")
    ).to_be_visible()
    expect(page.locator(".chart-stage")).to_be_hidden()


def test_it_reaches_the_content_first_by_the_skip_link(page: Page) -> None:
    page.goto(CLAIM)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_it_prints_a_claim_as_a_report_without_navigation(page: Page) -> None:
    page.goto(CLAIM)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.locator(".ruling .verdict")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert len(page.pdf(format="A4")) > 20_000


def test_it_sets_no_cookie_for_a_reader(page: Page) -> None:
    for address in ("/", "/claims/", CLAIM):
        page.goto(address)
    assert page.context.cookies() == []
