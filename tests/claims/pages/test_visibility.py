"""What is not published stands on no page, whichever way a reader turns."""

from __future__ import annotations

import pytest
from django.test import Client

from claims import editing
from claims.models import Claim, ClaimRelation
from tests.claims import publishing

pytestmark = pytest.mark.django_db
MARK = "zirconium"  # a word that no published text has
ECHOES = 3  # a search page repeats what was asked: in its field, as the word looked for, in the link to the other language


def hidden_claims() -> list[str]:
    """A draft, one in review, one approved, one withdrawn, and a published one with a new open version."""
    draft = publishing.claim("hidden-draft", title=f"{MARK} draft", statement=f"{MARK} draft.")
    publishing.draft(draft)
    waiting = publishing.claim("hidden-waiting", title=f"{MARK} waiting", statement=f"{MARK} waiting.")
    editing.submit_for_review(
        publishing.draft(waiting), actor=publishing.person("author"), at=publishing.START
    )
    approved = publishing.claim("hidden-approved", title=f"{MARK} approved", statement=f"{MARK} approved.")
    version = publishing.draft(approved)
    editing.submit_for_review(version, actor=publishing.person("author"), at=publishing.START)
    editing.approve(
        version, approver=publishing.person("reviewer"), at=publishing.START, checklist=publishing.CHECKLIST
    )
    gone = publishing.claim("hidden-withdrawn", title=f"{MARK} withdrawn", statement=f"{MARK} withdrawn.")
    publishing.published(gone)
    editing.withdraw(
        gone, actor=publishing.person("reviewer"), at=publishing.START, reason="It was two claims."
    )
    public = Claim.objects.get(slug="nickel-vapour-detected")
    for row in (draft, waiting, approved, gone):
        ClaimRelation.objects.create(claim=public, other=row, relation="narrows")
    public.statement = f"{MARK} to come."
    public.save()
    assert publishing.draft(public).statement == f"{MARK} to come."
    return ["hidden-draft", "hidden-waiting", "hidden-approved", "hidden-withdrawn"]


def test_it_shows_drafts_and_withdrawn_claims_on_no_page(client: Client) -> None:
    slugs = hidden_claims()
    addresses = [
        "/", "/claims/", "/claims/?topic=size-mass", "/claims/?object=3I", f"/claims/?q={MARK}",
        "/claims/nickel-vapour-detected/", "/claims/nickel-vapour-detected/history/",
        "/claims/nickel-vapour-detected/v/1/", "/objects/", "/objects/3I/", "/corrections/", "/status/",
        f"/measurements/{publishing.measurement().key}/", f"/sources/{publishing.source().key}/", "/sources/post-2025/",
        "/archives/",
    ]  # fmt: skip
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        assert page.count(MARK) == address.count(MARK) * ECHOES, address
        for slug in slugs:
            assert slug not in page, address
    assert "100 claims" in client.get("/claims/").content.decode()


def test_it_answers_404_for_what_was_never_public(client: Client) -> None:
    for slug in hidden_claims()[:3]:
        for address in (f"/claims/{slug}/", f"/claims/{slug}/v/1/", f"/claims/{slug}/history/"):
            answer = client.get(address)
            assert answer.status_code == 404, address
            assert MARK not in answer.content.decode()
    assert client.get("/claims/nickel-vapour-detected/v/2/").status_code == 404


def test_it_leaves_a_stone_with_the_reason_for_a_withdrawn_claim(client: Client) -> None:
    hidden_claims()
    for address in (
        "/claims/hidden-withdrawn/",
        "/claims/hidden-withdrawn/v/1/",
        "/claims/hidden-withdrawn/history/",
    ):
        answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code == 410, address
        assert "It was two claims." in page
        assert MARK not in page
        assert "ClaimReview" not in page
