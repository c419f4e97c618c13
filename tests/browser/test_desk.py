"""The desk in a real browser: two people in two sessions take a verdict to the public; one person alone cannot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Complaints
from tests.browser.people import session_of
from tests.browser.test_pages import violations
from tests.live import LiveSite

SLUG = "desk-of-the-browser-tests"
MARK = "zirconium"
CLAIM = {
    "slug": SLUG, "object": "3I", "title": f"A {MARK} title of the browser tests", "statement": f"A sentence about {MARK} and tests.",
    "truth_condition": "The sentence is true if and only if this holds.", "kind": "measurement", "topic": "composition",
    "aliases": ["one other browser wording", "two other browser wordings", "three other browser wordings"],
    "review": {
        "verdict": "contradicted", "confidence": "high", "confidence_basis": "Measured.", "one_line": "The lines show something else.",
        "key_points": ["First point.", "Second point."], "rationale": " ".join(["word"] * 80), "would_change": "A spectrum.",
        "evidence_cutoff": "2026-10-01", "next_review": "2027-10-01",
        "evidence": [{"measurement": "3i-ni-fe-2025-11-16-keck", "stance": "refutes"}],
    },
}  # fmt: skip

# what the author tries in a shell on the server
ATTEMPTS = """
from claims import editing
from claims.models import *
from django.contrib.auth.models import User
from django.utils import timezone
me = User.objects.get(username="desk-author")
row = VerdictVersion.objects.select_related("claim").get(pk={number})
for attempt in (
    lambda: editing.approve(row, approver=me, at=timezone.now(), checklist=dict()),
    lambda: Approval.objects.create(version=row, approver=me, at=timezone.now(), checklist=dict(second_reading="x")),
    lambda: VerdictVersion.objects.filter(pk=row.pk).update(state="approved"),
):
    try:
        attempt()
        print("it was let through")
    except Exception as refusal:
        print(f"{{type(refusal).__name__}}: {{refusal}}")
"""


@pytest.fixture
def people(
    browser: Browser, browser_context_args: dict[str, Any], complaints: Complaints, live: LiveSite
) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    """The author, a superuser, and a reviewer."""
    author = session_of(
        browser, browser_context_args, complaints, live, "desk-author", "reviewer", chief=True
    )
    reviewer = session_of(browser, browser_context_args, complaints, live, "desk-reviewer", "reviewer")
    yield author, reviewer
    author.close()
    reviewer.close()


def public(page: Page) -> dict[str, str]:
    """What a reader and a program get now."""
    addresses = (f"/claims/{SLUG}/", "/claims/feed.json?topic=composition", "/changes.json", "/corrections/")
    return {address: page.request.get(address).text() for address in addresses}


def tick_everything(page: Page) -> None:
    form = page.locator("form", has=page.get_by_role("heading", name="Approve"))
    for box in form.get_by_role("checkbox").all():
        box.check()
    form.get_by_label("Was the claimant contacted?").fill("No address is known.")
    form.get_by_role("button", name="Approve").click()


def sees(page: Page, words: str) -> None:
    expect(page.locator(".messagelist")).to_contain_text(words)


@pytest.mark.timeout(300)
def test_two_people_take_a_verdict_to_the_public_and_one_alone_cannot(
    people: tuple[BrowserContext, BrowserContext], live: LiveSite, page: Page
) -> None:
    author, reviewer = (context.new_page() for context in people)
    # the author brings the claim in, looks at the draft and hands it in
    author.goto("/admin/desk/exchange/")
    author.get_by_label("Format").select_option("json")
    author.get_by_label("Or as text").fill(json.dumps({"claims": [CLAIM]}))
    author.get_by_role("button", name="Look at it, write nothing").click()
    expect(author.get_by_role("status")).to_contain_text("No fault. This would be imported: 1 new claims.")
    author.get_by_role("button", name="Import as drafts").click()
    sees(author, "Imported as drafts: 1 new claims")
    author.goto("/admin/desk/queues/drafts/")
    author.keyboard.press("j")
    author.keyboard.press("o")
    expect(author.get_by_role("heading", level=1)).to_contain_text(MARK)
    address = author.url
    author.get_by_role("link", name="Preview the page").click()
    expect(author.get_by_text("Preview of version 1, which is draft.")).to_be_visible()
    author.goto(address)
    author.get_by_role("button", name="Submit for review").click()
    sees(author, "waits for somebody else")

    # nobody outside reads of it, and its author cannot approve it: at the desk, in the admin, in the shell, by the API
    assert not [where for where, text in public(page).items() if MARK in text]
    expect(author.locator("#bar")).to_contain_text("desk-author is the author of v1 and cannot approve it")
    number = address.rstrip("/").rpartition("/")[2]
    author.goto(f"/admin/claims/verdictversion/{number}/approve/")
    for box in author.locator("#content-main").get_by_role("checkbox").all():
        box.check()
    author.get_by_label("Was the claimant contacted?").fill("No address is known.")
    author.locator("#content-main").get_by_role("button", name="Approve").click()
    sees(author, "is the author of v1 and cannot approve it")
    said = live.manage("shell", "-c", ATTEMPTS.format(number=number))
    for words in (
        "EditingRefused: desk-author is the author of v1 and cannot approve it",
        "IntegrityError: the author or an editor of a version cannot approve it",
        "IntegrityError: approval by somebody who is neither author nor editor of the version is missing",
    ):
        assert words in said
    answer = author.request.post(f"/api/v1/claims/{SLUG}/versions/1/", data={"state": "approved"})
    assert answer.status == 405
    assert "approved and published at the editors’ desk by different people" in answer.json()["detail"]

    # the reviewer finds it by the keyboard, approves with the checklist, publishes
    reviewer.goto("/admin/desk/queues/review/")
    expect(reviewer.get_by_role("link", name=CLAIM["title"])).to_be_visible()  # type: ignore[arg-type]
    reviewer.get_by_role("link", name=CLAIM["title"]).click()  # type: ignore[arg-type]
    tick_everything(reviewer)
    sees(reviewer, "approved")
    assert not [where for where, text in public(page).items() if MARK in text]
    reviewer.get_by_role("button", name="Publish").click()
    sees(reviewer, "published")
    seen = public(page)
    assert all(MARK in text for where, text in seen.items() if where != "/corrections/"), seen.keys()

    # the next version changes page, feed, changes and corrections together
    author.goto("/admin/desk/exchange/")
    author.get_by_label("Format").select_option("json")
    change = {
        "reason_code": "new_evidence",
        "severity": "correction",
        "change_note": f"More {MARK} was found.",
    }
    review = CLAIM["review"] | {"one_line": "The lines show a hafnium instead."}  # type: ignore[operator]
    author.get_by_label("Or as text").fill(
        json.dumps({"claims": [CLAIM | {"review": review, "change": change}]})
    )
    author.get_by_role("button", name="Look at it, write nothing").click()
    author.get_by_role("button", name="Import as drafts").click()
    sees(author, "1 next versions")
    author.goto("/admin/desk/queues/drafts/")
    author.get_by_role("link", name=CLAIM["title"]).click()  # type: ignore[arg-type]
    expect(author.locator("ins", has_text="a hafnium instead")).to_be_visible()
    author.get_by_role("button", name="Submit for review").click()
    sees(author, "waits for somebody else")
    reviewer.goto("/admin/desk/queues/review/")
    reviewer.get_by_role("link", name=CLAIM["title"]).click()  # type: ignore[arg-type]
    tick_everything(reviewer)
    sees(reviewer, "approved")
    assert not [where for where, text in public(page).items() if "hafnium" in text or f"More {MARK}" in text]
    reviewer.get_by_role("button", name="Publish").click()
    sees(reviewer, "published")
    seen = public(page)
    assert "hafnium" in seen[f"/claims/{SLUG}/"]
    assert "hafnium" in seen["/claims/feed.json?topic=composition"]
    assert f"More {MARK} was found." in seen["/changes.json"]
    assert f"More {MARK} was found." in seen["/corrections/"]
    page.goto(f"/claims/{SLUG}/history/")
    expect(page.locator("ins", has_text="a hafnium instead")).to_be_visible()

    # withdrawn again: the record of the other tests is as it was
    reviewer.goto(f"/admin/desk/claims/{SLUG}/")
    reviewer.get_by_role("link", name="Withdraw").click()
    reviewer.get_by_label("Reason").fill("It was a test.")
    reviewer.get_by_role("button", name="Withdraw").click()
    sees(reviewer, "is withdrawn")
    assert page.request.get(f"/claims/{SLUG}/").status == 410


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_is_accessible_and_never_scrolls_sideways(
    browser: Browser, browser_context_args: dict[str, Any], complaints: Complaints, live: LiveSite, width: int, scheme: str
) -> None:  # fmt: skip
    given = {**browser_context_args, "color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    context = session_of(browser, given, complaints, live, "desk-reviewer", "reviewer")
    page = context.new_page()
    for address in (
        "/admin/desk/", "/admin/desk/queues/signatures/", "/admin/desk/claims/manhattan-sized/", "/admin/desk/exchange/",
    ):  # fmt: skip
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert violations(page) == [], address
    page.goto("/admin/desk/claims/manhattan-sized/")
    page.get_by_role("link", name="Version 1", exact=True).click()
    expect(page.get_by_role("heading", name="The facts it rests on")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    context.close()


def test_the_desk_works_without_scripts_and_its_keys_can_be_switched_off(
    browser: Browser, browser_context_args: dict[str, Any], complaints: Complaints, live: LiveSite
) -> None:
    without = session_of(
        browser,
        {**browser_context_args, "java_script_enabled": False},
        complaints,
        live,
        "desk-reviewer",
        "reviewer",
    )
    page = without.new_page()
    page.goto("/admin/desk/")
    page.get_by_role("link", name="Catalogue verdicts awaiting signatures").click()
    page.get_by_label("Topic").select_option(label="Signals")
    page.get_by_role("button", name="Narrow").click()
    expect(page.get_by_role("link", name="show all")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("wait")
    first = page.locator("[data-item]").first
    first.get_by_role("button", name="Take").click()
    sees(page, "taken by you")
    page.locator("[data-item]").first.get_by_role("button", name="Give back").click()
    sees(page, "given back")
    without.close()

    context = session_of(browser, browser_context_args, complaints, live, "desk-reviewer", "reviewer")
    page = context.new_page()
    page.goto("/admin/desk/queues/signatures/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("[data-item]").nth(1).locator("[data-open]")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("[data-item]").nth(0).locator("[data-open]")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_text("next, previous")).to_be_visible()
    page.get_by_label("Single keys are on").uncheck()
    page.locator("body").press("j")
    expect(page.locator("[data-item]").nth(0).locator("[data-open]")).not_to_be_focused()
    context.close()
