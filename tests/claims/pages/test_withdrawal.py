"""What readers and programs find where a claim was withdrawn, merged into another or split."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from claims import editing
from claims.models import Claim
from tests.claims import publishing

pytestmark = pytest.mark.django_db
LATER = publishing.START + timedelta(days=1)


def gone(slug: str, *successors: str) -> Claim:
    row = publishing.claim(slug)
    publishing.published(row)
    others = [publishing.claim(other) for other in successors]
    for other in others:
        publishing.published(other)
    editing.withdraw(
        row, actor=publishing.person("reviewer"), at=LATER, reason="It was said twice.", successors=others
    )
    return row


def test_a_merged_claim_leads_to_the_one_that_took_its_place(client: Client) -> None:
    gone("said-twice", "said-once")
    answer = client.get("/claims/said-twice/")
    assert (answer.status_code, answer["Location"]) == (301, "/claims/said-once/")
    for address in ("/claims/said-twice/v/1/", "/claims/said-twice/history/"):
        page = client.get(address)
        assert page.status_code == 410
        assert "/claims/said-once/" in page.content.decode()
    for address in ("/claims/said-twice.json", "/api/v1/claims/said-twice/"):
        answer = client.get(address)
        assert answer.status_code == 410
        (successor,) = answer.json()["successors"]
        assert successor.endswith("/claims/said-once/")


def test_corrections_tell_of_withdrawals_with_reason_and_successor_between_the_other_corrections(
    client: Client,
) -> None:
    corrected = publishing.claim("corrected")
    publishing.published(corrected)
    publishing.published(
        corrected, at=publishing.START, reason_code="error_ours", severity="correction", change_note="Before."
    )
    row = gone("said-twice", "said-once")
    publishing.published(
        corrected, at=LATER + timedelta(days=1), reason_code="wording", severity="typo", change_note="After."
    )
    page = client.get("/corrections/").content.decode()
    told = [
        "After.",
        'href="/claims/said-twice/"',
        "It was said twice.",
        'href="/claims/said-once/"',
        "Before.",
    ]
    places = [page.index(words) for words in told]
    assert places == sorted(places)
    assert "A claim on 3I/ATLAS was withdrawn" in page
    assert row.title not in page
    events = client.get("/changes.json").json()["items"]
    told_of = next(item for item in events if item["_hyperbole"]["event"] == "verdict_withdrawn")
    assert told_of["url"].endswith("/claims/said-twice/")
    assert "It was said twice." in told_of["content_text"]


def test_a_split_claim_names_its_parts_and_leads_nowhere(client: Client) -> None:
    gone("two-in-one", "first-half", "second-half")
    page = client.get("/claims/two-in-one/")
    assert page.status_code == 410
    text = page.content.decode()
    assert "It was said twice." in text
    assert "/claims/first-half/" in text
    assert "/claims/second-half/" in text


def test_a_successor_that_was_withdrawn_too_tells_its_own_story(client: Client) -> None:
    gone("said-twice", "said-once")
    editing.withdraw(
        Claim.objects.get(slug="said-once"), actor=publishing.person("reviewer"), at=LATER, reason="Nobody said it."
    )  # fmt: skip
    answer = client.get("/claims/said-twice/", follow=True)
    assert answer.status_code == 410
    assert "Nobody said it." in answer.content.decode()
    page = client.get("/claims/said-twice/history/").content.decode()
    assert "Said once" not in page
