"""The feed of changes: one new id for each event, nothing that is not public."""

import json
from datetime import timedelta

import feedparser
import pytest
from django.conf import settings
from django.test import Client

from claims import editing
from ephemeris.models import ArchiveStatusChange
from tests.claims.feeds.json_feed_validator import faults
from tests.claims.publishing import CHECKLIST, START, campaign, claim, draft, person, published

pytestmark = pytest.mark.django_db


def events(client: Client, address: str = "/changes.json") -> list[dict]:
    """Every event since the catalogue was loaded, which put a hundred publications on the log."""
    items: list[dict] = []
    while address:
        page = json.loads(client.get(address.removeprefix(settings.SITE_URL)).content)
        assert faults(page) == []
        items += page["items"]
        address = page.get("next_url", "")
    return [item for item in items if item["date_published"] >= START.isoformat()]


def test_it_tells_publication_correction_staleness_and_withdrawal() -> None:
    client, row = Client(), claim()
    first = published(row, at=START)
    editing.mark_stale(first, "source_changed", "The page was edited.", at=START + timedelta(days=1))
    published(
        row, "supported", at=START + timedelta(days=2), reason_code="error_ours", severity="verdict_change",
        change_note="We had mixed up radius and diameter.",
    )  # fmt: skip
    told = [item["_hyperbole"] for item in events(client)]
    assert [event["event"] for event in told] == ["verdict_corrected", "marked_stale", "verdict_published"]
    corrected = told[0]
    assert corrected["severity"] == "verdict_change"
    assert corrected["reason_code"] == "error_ours"
    assert (corrected["previous_verdict"], corrected["verdict"]) == ("contradicted", "supported")
    assert corrected["version"] == 2
    assert "mixed up radius" in events(client)[0]["content_text"]
    assert told[1]["stale_reason"] == "source_changed"

    editing.withdraw(
        row, actor=person("reviewer"), at=START + timedelta(days=3), reason="It was a duplicate."
    )
    after = events(client)
    assert after[0]["_hyperbole"]["event"] == "verdict_withdrawn"
    assert "duplicate" in after[0]["summary"]
    # what was withdrawn is told of under its address, its wording is not
    assert len(after) == 4
    assert row.title not in json.dumps(after[1:])
    assert "46 km" not in json.dumps(after)
    assert len({item["id"] for item in after}) == 4


def test_ids_stay_when_new_events_come() -> None:
    client = Client()
    published(claim("one"))
    before = events(client)
    published(claim("two"), at=START + timedelta(days=1))
    after = events(client)
    assert [item["id"] for item in after][1:] == [item["id"] for item in before]


def test_it_tells_archive_transitions_with_their_cause() -> None:
    row = campaign()
    ArchiveStatusChange.objects.create(
        campaign=row, at=START, before="proprietary", after="public", cause="clock", note="The period ended."
    )
    [item] = events(Client())
    assert item["url"] == f"{settings.SITE_URL}/archives/{row.key}/"
    assert item["_hyperbole"] == {
        "event": "archive_status_changed", "campaign": row.key, "object": "3I", "archive": "mast",
        "before": "proprietary", "after": "public", "cause": "clock",
    }  # fmt: skip


def test_events_of_two_tables_at_one_moment_come_once_each_across_pages() -> None:
    row = campaign()
    for place in range(60):
        ArchiveStatusChange.objects.create(
            campaign=row, at=START, before="proprietary" if place % 2 else "public",
            after="public" if place % 2 else "proprietary", cause="archive",
        )  # fmt: skip
    for place in range(60):
        published(claim(f"claim-{place}"), at=START)
    items = events(Client())
    assert len(items) == len({item["id"] for item in items}) == 120


def test_drafting_and_reviewing_are_nobodys_news() -> None:
    version = draft(claim())
    editing.submit_for_review(version, actor=person("author"), at=START)
    editing.approve(version, approver=person("reviewer"), at=START, checklist=CHECKLIST)
    assert events(Client()) == []


def test_an_atom_reader_finds_the_same_events() -> None:
    published(claim())
    parsed = feedparser.parse(Client().get("/changes.atom").content)
    assert not parsed.bozo
    page = json.loads(Client().get("/changes.json").content)
    assert [entry.id for entry in parsed.entries] == [item["id"] for item in page["items"]]
    assert len(parsed.entries) == 1
