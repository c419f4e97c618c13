"""What pages gain where scripts run: keys with an off switch, a list that follows its box, copy buttons."""

from __future__ import annotations

from playwright.sync_api import Page, expect

CLAIM = "/claims/nickel-exceeds-iron-tenfold/"


def test_it_lists_claims_while_one_types_and_keeps_the_address_shareable(page: Page) -> None:
    page.goto("/claims/?object=3I")
    page.get_by_role("searchbox").press_sequentially("wow signal", delay=20)
    expect(page.get_by_role("link", name="The Wow! signal came from 3I/ATLAS")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("with “wow…” and “signal…”")
    expect(page).to_have_url("/claims/?object=3I&q=wow+signal")
    page.reload()
    expect(page.get_by_role("searchbox")).to_have_value("wow signal")
    expect(page.get_by_role("link", name="The Wow! signal came from 3I/ATLAS")).to_be_visible()


def test_it_goes_through_a_list_and_between_pages_by_keys(page: Page) -> None:
    page.goto("/claims/")
    titles = page.locator(".ledger h2 a")
    page.keyboard.press("j")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(titles.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("gj/?")
    expect(page.get_by_role("searchbox")).to_have_value("gj/?")
    page.get_by_role("link", name="Method").focus()
    page.keyboard.press("g")
    page.keyboard.press("o")
    expect(page).to_have_url("/objects/")


def test_it_turns_a_chart_into_its_table_by_one_key(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(CLAIM)
    page.keyboard.press("t")
    expect(page.get_by_role("tab", name="Table")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tab", name="Embed")).to_be_visible()


def test_it_explains_the_keys_and_lets_them_be_switched_off_for_good(page: Page) -> None:
    page.goto("/claims/")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.goto("/claims/")
    page.keyboard.press("j")
    expect(page.locator(".ledger h2 a").nth(0)).not_to_be_focused()
    page.get_by_role("button", name="Keys").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("checkbox").check()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(page.locator(".ledger h2 a").nth(0)).to_be_focused()


def test_it_copies_a_citation(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(CLAIM)
    cited = page.locator("dd [data-copy]").first
    cited.locator("xpath=following-sibling::button").click()
    expect(cited.locator("xpath=following-sibling::button")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == cited.inner_text()


def test_it_offers_no_key_or_button_that_needs_scripts_without_them(page_without_scripts: Page) -> None:
    page_without_scripts.goto(CLAIM)
    expect(page_without_scripts.get_by_role("button", name="Keys")).to_be_hidden()
    expect(page_without_scripts.get_by_role("button", name="Copy")).to_have_count(0)
