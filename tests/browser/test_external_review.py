"""An expert's visit in a real browser, from the editor's link to the comment, without scripts and without a cookie."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints
from tests.browser.test_pages import violations
from tests.browser.test_sign_in import account, give_password
from tests.live import LiveSite

CLAIM = "million-times-more-massive-than-oumuamua"


def in_review(live: LiveSite) -> str:
    """A version of a claim in review on the running site; returns its number at the desk."""
    return live.manage(
        "shell", "-c",
        "from django.contrib.auth.models import User; from django.utils import timezone; from claims import editing;"
        f"from claims.models import Claim; row = Claim.objects.get(slug={CLAIM!r});"
        "editor = User.objects.get(username='editor');"
        "print('version', editing.draft_for_signature(row, author=editor, at=timezone.now()).pk)",
    ).rpartition("version")[2].strip()  # fmt: skip


def test_an_expert_reads_a_draft_and_comments(
    page: Page, page_without_scripts: Page, live: LiveSite, complaints: Complaints
) -> None:
    number = in_review(live)
    give_password(page, account(live, "door-inviting", "editor"))
    # the site has let somebody in once there is a way out: going elsewhere before would cut the request off
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    page.goto(f"/admin/desk/versions/{number}/external/")
    page.get_by_label("For whom").fill("an expert on masses")
    page.get_by_role("button", name="Make the link").click()
    link = page.locator(".desk-report code").inner_text()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    expert = page_without_scripts
    expert.goto(link)
    expect(expert.get_by_text("It is not public")).to_be_visible()
    expert.get_by_role("textbox", name="Your comment").fill("The second mass is an upper limit.")
    expert.get_by_label("Your name").fill("The expert")
    expert.get_by_label("Your affiliation").fill("The observatory")
    expert.get_by_role("button", name="Send the comment").click()
    expect(expert.get_by_role("heading", level=1)).to_have_text("Thank you, the editors have it")
    assert expert.context.cookies() == []

    page.reload()
    expect(page.get_by_text("The second mass is an upper limit.")).to_be_visible()
    visitor = page.context.new_page()
    visitor.goto(link)
    assert visitor.evaluate("document.documentElement.scrollWidth") <= 1280
    assert violations(visitor) == []
    page.get_by_role("button", name=re.compile("Revoke")).click()
    expect(page.get_by_text("The link opens nothing any more.")).to_be_visible()
    expert.goto(link)
    expect(expert.get_by_role("heading", level=1)).to_have_text("This link is not open")
    complaints.lines = [line for line in complaints.lines if "Failed to load resource" not in line]
