"""The queues of the desk: who finds what in them, in which order, and at what cost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims import editing
from claims.desk.listing import PAGE
from claims.desk.registry import queues
from claims.models import (
    EditorialLog,
    ReaderReport,
    SourceChange,
    SourceCheck,
    SuspectedAppearance,
    VerdictVersion,
)
from tests.claims import publishing
from tests.claims.desk.people import at_the_desk, colleague

pytestmark = pytest.mark.django_db
START = publishing.START


def in_review(slug: str, at: Any = START) -> VerdictVersion:
    version = publishing.draft(publishing.claim(slug), at=at)
    editing.submit_for_review(version, actor=publishing.person("author"), at=at)
    return version


def listed(client: Client, queue: str, **asked: str) -> list[str]:
    """The titles in one page of a queue, in their order."""
    answer = client.get(f"/admin/desk/queues/{queue}/", asked)
    assert answer.status_code == 200
    return [
        title.strip() for title in re.findall(r"<h2><a data-open[^>]*>([^<]*)</a>", answer.content.decode())
    ]


def counts(client: Client) -> dict[str, int]:
    """How much the desk's first page says of each queue."""
    page = client.get("/admin/desk/").content.decode()
    found = re.findall(r'class="count">(\d+)</span>.*?/queues/(\w+)/', page, re.S)
    return {name: int(number) for number, name in found}


def one_in_each_queue() -> None:
    """Something for the reviewer called "second" in every queue."""
    in_review("waiting-review")
    done = in_review("approved-already")
    editing.approve(
        VerdictVersion.objects.select_related("claim").get(pk=done.pk), approver=publishing.person("reviewer"),
        at=START, checklist=publishing.CHECKLIST,
    )  # fmt: skip
    mine = publishing.claim("my-own-draft")
    editing.draft_version(mine, publishing.text(), [], author=colleague("second"), at=START)
    stale = publishing.published(publishing.claim("moved-since"))
    editing.mark_stale(stale, "orbit_changed", "The orbit solution is another.", at=START)
    gone = publishing.published(publishing.claim("archive-moved"))
    editing.mark_stale(gone, "archive_transition", "MAST released it.", subject_key="x", at=START)
    ReaderReport.objects.create(
        path="/claims/moved-since/", text="The number is wrong.", received_at=START, claim=stale.claim
    )
    source = publishing.source("moved-page")
    look = SourceCheck.objects.create(
        source=source, watch="page", asked_at=START, finished_at=START, outcome="looked", state="gone", sentence="Gone.",
        query="GET", idempotency_key="one",
    )  # fmt: skip
    SourceChange.objects.create(
        source=source, watch="page", at=START, before="there", after="gone", detail="Gone.", seen_in=look
    )
    SuspectedAppearance.objects.create(
        url="https://site.example/", claim=stale.claim, phrase="as wide as a city", stance="asserts", score=0.9, found_at=START
    )  # fmt: skip


def test_every_file_is_a_queue_in_a_fixed_order() -> None:
    assert list(queues()) == sorted(queues(), key=lambda name: (queues()[name].place, name))
    assert {"review", "stale", "signatures", "overdue", "archives", "reports", "drafts", "to_publish"} <= set(
        queues()
    )
    for queue in queues().values():
        assert queue.about.endswith(".")
        assert queue.empty.endswith(".")


def test_it_asks_for_the_sign_in_first() -> None:
    for address in ("/admin/desk/", "/admin/desk/queues/review/"):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert "/login/" in answer["Location"]


def test_it_counts_and_lists_what_waits(empty_record: None) -> None:
    one_in_each_queue()
    client = at_the_desk("second")
    seen = counts(client)
    assert seen | {"overdue": 0} == seen
    assert {name: seen[name] for name in ("review", "to_publish", "drafts", "stale", "archives", "reports", "sources", "suspected")} == {
        "review": 1, "to_publish": 1, "drafts": 1, "stale": 2, "archives": 1, "reports": 1, "sources": 1, "suspected": 1,
    }  # fmt: skip
    assert listed(client, "review") == ["Waiting review"]
    assert listed(client, "drafts") == ["My own draft"]
    assert listed(client, "stale") == ["Moved since", "Archive moved"]
    assert listed(client, "archives") == ["Archive moved"]
    assert listed(client, "reports") == ["Report on /claims/moved-since/"]
    page = client.get("/admin/desk/queues/stale/").content.decode()
    assert "The orbit solution is another." in page
    assert "Look at the runs with the new orbit solution" in page


def test_a_review_of_mine_is_not_in_my_queue() -> None:
    version = in_review("written-by-me")
    assert listed(at_the_desk("author"), "review") == []
    assert listed(at_the_desk("somebody"), "review") == ["Written by me"]
    editing.edit_version(
        VerdictVersion.objects.select_related("claim").get(pk=version.pk), {"one_line": "Edited."},
        editor=colleague("somebody"), at=START + timedelta(hours=1),
    )  # fmt: skip
    assert listed(at_the_desk("somebody"), "review") == []
    other = colleague("partial")
    editing.declare_conflict(version.claim, person=other, statement="A co-author.", actor=other, at=START)
    assert listed(at_the_desk("partial"), "review") == []
    assert listed(at_the_desk("fourth"), "review") == ["Written by me"]


def test_a_contributor_sees_the_queues_of_contributors_only() -> None:
    client = at_the_desk("newcomer", "contributor")
    assert set(counts(client)) == {"drafts", "stale", "overdue", "archives", "looks", "signatures"} & set(
        counts(client)
    )
    assert "review" not in counts(client)
    assert client.get("/admin/desk/queues/review/").status_code == 404
    assert client.get("/admin/desk/queues/no-such/").status_code == 404


def test_an_overdue_review_is_found_without_the_nightly_mark() -> None:
    row = publishing.claim("to-be-read-again")
    day = timezone.now().date()
    text = publishing.text(evidence_cutoff=day - timedelta(days=90), next_review=day)
    version = editing.draft_version(row, text, [], author=publishing.person("author"), at=START)
    editing.submit_for_review(version, actor=publishing.person("author"), at=START)
    editing.approve(version, approver=publishing.person("reviewer"), at=START, checklist=publishing.CHECKLIST)
    editing.publish(version, actor=publishing.person("reviewer"), at=START)
    assert listed(at_the_desk("second"), "overdue") == ["To be read again"]


def answered(row: Any, hours: int, words: str) -> None:
    """A claimant was asked, and answered, some hours after the start."""
    editor, at = colleague("second"), START + timedelta(hours=hours)
    contact = editing.record_contact(
        row, claimant="A claimant", contacted_on=at.date(), way="e-mail", actor=editor, at=at
    )
    editing.record_answer(contact, answer=words, answered_on=at.date(), actor=editor, at=at)


def test_an_answer_waits_until_a_version_prints_it(empty_record: None) -> None:
    version = publishing.published(publishing.claim("spoken-of"))
    early = publishing.claim("not-yet-public")
    publishing.draft(early)
    client = at_the_desk("second")
    assert listed(client, "replies") == []
    for row in (version.claim, early):
        answered(row, 1, "It was meant otherwise.")
    assert listed(client, "replies") == ["Spoken of"]
    page = client.get("/admin/desk/queues/replies/").content.decode()
    assert "A claimant answered on 2026-12-01: It was meant otherwise." in page
    assert "print it with the next version" in page
    open_one = publishing.draft(version.claim, reason_code="claimant_reply", severity="clarification")
    assert "Version 2, draft, will print it." in client.get("/admin/desk/queues/replies/").content.decode()
    at = START + timedelta(hours=2)
    editing.submit_for_review(open_one, actor=publishing.person("author"), at=at)
    editing.approve(open_one, approver=publishing.person("reviewer"), at=at, checklist=publishing.CHECKLIST)
    editing.publish(open_one, actor=publishing.person("reviewer"), at=at)
    assert listed(client, "replies") == []
    answered(version.claim, 3, "And this too.")
    page = client.get("/admin/desk/queues/replies/").content.decode()
    assert "And this too." in page
    assert "It was meant otherwise." not in page


def test_a_look_at_an_archive_waits_from_its_day_on(empty_record: None) -> None:
    today = timezone.now().date()
    publishing.campaign("due", next_review=today, facility="TGO", instrument="CaSSIS")
    publishing.campaign("to-come", next_review=today + timedelta(days=1))
    publishing.campaign("asked-by-a-machine")
    client = at_the_desk("second")
    assert listed(client, "looks") == ["3I/ATLAS: TGO CaSSIS"]
    page = client.get("/admin/desk/queues/looks/").content.decode()
    assert 'href="/archives/due/"' in page
    assert "data/campaigns/" in page


def test_it_pages_by_keyset_and_shows_each_row_once() -> None:
    for place in range(PAGE + 3):
        in_review(f"waiting-{place:02}", START + timedelta(minutes=place // 4))
    client = at_the_desk("second")
    first = client.get("/admin/desk/queues/review/").content.decode()
    after = re.search(r'rel="next"', first) and re.search(r'href="\?after=([^"]+)"', first)
    assert after
    seen = listed(client, "review") + listed(client, "review", after=after[1])
    assert seen == [f"Waiting {place:02}" for place in range(PAGE + 3)]


def test_an_overdue_queue_pages_by_day() -> None:
    day = timezone.now().date()
    for place in range(PAGE + 2):
        row = publishing.claim(f"due-{place:02}")
        due = day - timedelta(days=(PAGE + 2 - place) // 3)
        text = publishing.text(evidence_cutoff=due - timedelta(days=90), next_review=due)
        version = editing.draft_version(row, text, [], author=publishing.person("author"), at=START)
        editing.submit_for_review(version, actor=publishing.person("author"), at=START)
        editing.approve(
            version, approver=publishing.person("reviewer"), at=START, checklist=publishing.CHECKLIST
        )
        editing.publish(version, actor=publishing.person("reviewer"), at=START)
    client = at_the_desk("second")
    first = client.get("/admin/desk/queues/overdue/").content.decode()
    after = re.search(r'href="\?after=([^"]+)" rel="next"', first)
    assert after
    seen = listed(client, "overdue") + listed(client, "overdue", after=after[1])
    assert sorted(seen) == [f"Due {place:02}" for place in range(PAGE + 2)]


def test_it_narrows_by_object_topic_and_who() -> None:
    in_review("about-three")
    other = publishing.claim("about-two", "2I", topic="origin")
    editing.submit_for_review(publishing.draft(other), actor=publishing.person("author"), at=START)
    client = at_the_desk("second")
    assert listed(client, "review", object="2I") == ["About two"]
    assert listed(client, "review", topic="size-mass") == ["About three"]
    assert listed(client, "review", who="me") == []
    client.post("/admin/desk/claims/about-two/take/", {"next": "/admin/desk/queues/review/"})
    assert listed(client, "review", who="me") == ["About two"]
    assert listed(client, "review", who="nobody") == ["About three"]
    assert client.get("/admin/desk/queues/review/", {"object": "9I"}).status_code == 400
    assert client.get("/admin/desk/queues/review/", {"after": "x"}).status_code == 400


def test_taking_and_giving_back_stand_on_the_log() -> None:
    in_review("to-be-taken")
    client = at_the_desk("second")
    answer = client.post("/admin/desk/claims/to-be-taken/take/", {"next": "https://elsewhere.example/"})
    assert answer["Location"] == "/admin/desk/claims/to-be-taken/"
    assert "Taken by me" in client.get("/admin/desk/").content.decode()
    assert "To be taken" in client.get("/admin/desk/").content.decode()
    client.post("/admin/desk/claims/to-be-taken/take/")
    assert [row.after for row in EditorialLog.objects.filter(action="assign").order_by("pk")] == [
        {"person": "second"},
        {"person": None},
    ]
    assert client.get("/admin/desk/claims/to-be-taken/take/").status_code == 405


def test_a_queue_costs_the_same_for_few_rows_and_for_many() -> None:
    one_in_each_queue()
    answered(publishing.published(publishing.claim("answered")).claim, 1, "Otherwise.")
    publishing.campaign("due", next_review=START.date() - timedelta(days=60))
    client = at_the_desk("second")
    addresses = ["/admin/desk/", *(f"/admin/desk/queues/{name}/" for name in queues())]

    def queries() -> dict[str, int]:
        found = {}
        for address in addresses:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200, address
            found[address] = len(captured)
        return found

    queries()
    few = queries()
    for place in range(6):
        in_review(f"another-{place}")
        version = publishing.published(publishing.claim(f"published-{place}"))
        editing.mark_stale(version, "archive_transition", "Released.", subject_key="y", at=START)
        editing.mark_stale(version, "orbit_changed", "Another.", at=START)
        ReaderReport.objects.create(path="/", text="Wrong.", received_at=START, claim=version.claim)
        answered(version.claim, 1, "Otherwise.")
        publishing.campaign(f"due-{place}", next_review=START.date() - timedelta(days=60))
    assert queries() == few
    assert max(few.values()) <= 20


def test_its_pages_have_no_inline_script() -> None:
    one_in_each_queue()
    client = at_the_desk("second")
    for address in ("/admin/desk/", "/admin/desk/queues/stale/", "/admin/desk/claims/moved-since/"):
        page = client.get(address).content.decode()
        assert "<style" not in page
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)", page)
        assert not re.search(r"\son\w+=\"", page)
