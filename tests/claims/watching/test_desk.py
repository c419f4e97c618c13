"""What editors do about sources that moved and pages that seem to repeat a claim."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from claims import editing
from claims.models import (
    Appearance,
    Claim,
    EditorialLog,
    Source,
    SourceAnswer,
    SourceChange,
    StaleMark,
    SuspectedAppearance,
)
from tests.claims import publishing
from tests.claims.desk.people import at_the_desk, colleague
from tests.claims.watching.conftest import NOW, Look
from tests.claims.watching.test_pages import DAY, PHRASE, QUOTED
from tests.fakes.watched import FakeWeb

pytestmark = pytest.mark.django_db
KEY = "wright-2025-anomalies"


@pytest.fixture
def source(db: None) -> Source:
    found = Source.objects.get(key=KEY)
    Appearance.objects.filter(source=found).update(phrase=PHRASE)
    return found


@pytest.fixture
def changed(web: FakeWeb, look_at: Look, source: Source) -> SourceChange:
    """The page of the source lost the words that are quoted from it."""
    web.page(source.url, QUOTED)
    look_at(source, "page")
    web.page(source.url, QUOTED.replace("no raw images and no", "few raw images and no"))
    look_at(source, "page", NOW + 7 * DAY)
    return SourceChange.objects.filter(source=source).latest("pk")


def suspicion(slug: str = "acceleration-proves-engine", **given: object) -> SuspectedAppearance:
    return SuspectedAppearance.objects.create(
        **{
            "url": Source.objects.get(key=KEY).url, "claim": Claim.objects.get(slug=slug), "stance": "asserts", "score": 0.91,
            "phrase": "its acceleration proves that it has engines", "found_at": NOW, **given,
        }
    )  # fmt: skip


def test_a_source_that_moved_waits_until_an_editor_says_what_was_done(changed: SourceChange) -> None:
    desk = at_the_desk("second", "editor")
    queue = desk.get("/admin/desk/queues/sources/").content.decode()
    assert changed.source.title in queue.replace("&#x27;", "'")
    page = desk.get(f"/admin/desk/sources/{changed.pk}/").content.decode()
    assert "reworded: <q><del>no </del><ins>few </ins>raw images and no calibration files</q>" in page
    assert "trajectory-fine-tuned-to-planets" in page
    assert desk.post(f"/admin/desk/sources/{changed.pk}/", {"note": ""}).status_code == 200
    answered = desk.post(f"/admin/desk/sources/{changed.pk}/", {"note": "Read again; the sense is the same."})
    assert answered.status_code == 302
    assert "No change of a source waits" in desk.get("/admin/desk/queues/sources/").content.decode()
    assert EditorialLog.objects.latest("pk").action == "answer_source"
    assert StaleMark.objects.filter(subject_key=KEY, cleared_at=None).count() == 1, (
        "the mark stands until a version"
    )
    with pytest.raises(editing.EditingRefused, match="somebody else"):
        editing.answer_source(changed, note="Twice.", actor=colleague("third", "editor"), at=NOW)


def test_an_answer_and_a_look_cannot_be_changed(changed: SourceChange) -> None:
    editing.answer_source(changed, note="Done.", actor=colleague("second", "editor"), at=NOW)
    for statement in (
        "UPDATE claims_sourceanswer SET note = 'x'", "DELETE FROM claims_sourcecheck", "UPDATE claims_sourcecheck SET state = 'gone'",
        "DELETE FROM claims_sourcechange",
    ):  # fmt: skip
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert SourceAnswer.objects.get().note == "Done."


def test_an_accepted_suspicion_stands_with_the_claim_from_its_next_version_on(
    client: Client, db: None
) -> None:
    row = suspicion()
    desk = at_the_desk("second", "editor")
    assert row.phrase in desk.get("/admin/desk/queues/suspected/").content.decode()
    assert row.claim.statement in desk.get(f"/admin/desk/suspected/{row.pk}/").content.decode()
    given = {"step": "accept", "phrase": row.phrase, "stance": "asserts", "first_seen": "2025-11-09"}
    assert desk.post(f"/admin/desk/suspected/{row.pk}/", given).status_code == 302
    appearance = Appearance.objects.get(claim=row.claim, source__key=KEY)
    assert (appearance.phrase, appearance.first_seen) == (row.phrase, date(2025, 11, 9))
    assert EditorialLog.objects.latest("pk").action == "accept_appearance"
    assert row.phrase not in client.get(f"/claims/{row.claim.slug}/").content.decode()
    assert row.phrase not in client.get(f"/sources/{KEY}/").content.decode()
    assert "No page is suspected" in desk.get("/admin/desk/queues/suspected/").content.decode()
    with pytest.raises(editing.EditingRefused, match="somebody else"):
        editing.decline_suspicion(row, note="Late.", actor=colleague("third", "editor"), at=NOW)


def test_a_declined_suspicion_keeps_why_and_does_not_come_back(db: None) -> None:
    row = suspicion()
    desk = at_the_desk("second", "editor")
    assert (
        desk.post(
            f"/admin/desk/suspected/{row.pk}/", {"step": "decline", "note": "It quotes the claim."}
        ).status_code
        == 302
    )
    row.refresh_from_db()
    assert (row.state, row.note, row.decided_by.username) == ("declined", "It quotes the claim.", "second")
    assert not Appearance.objects.filter(claim=row.claim, source__key=KEY).exists()


def test_what_an_acceptance_needs_is_said(db: None) -> None:
    row, editor = suspicion(), colleague("second", "editor")
    good = {"stance": "asserts", "phrase": row.phrase, "first_seen": None, "actor": editor, "at": NOW}
    for given, why in (
        ({"phrase": "one two three four five six seven eight nine"}, "has 9 words"), ({"phrase": " "}, "has 0 words"),
        ({"stance": "hints"}, "need one of"), ({"first_seen": date(2027, 1, 1)}, "still to come"),
        ({"actor": colleague("newcomer", "contributor")}, "has no right"),
    ):  # fmt: skip
        with pytest.raises(editing.EditingRefused, match=why):
            editing.accept_suspicion(row, **{**good, **given})
    elsewhere = suspicion("aimed-at-jupiter-hill-radius", url="https://unknown.example/post")
    with pytest.raises(editing.EditingRefused, match=r"data/sources\.toml"):
        editing.accept_suspicion(elsewhere, **good)
    version = publishing.draft(row.claim)
    editing.submit_for_review(version, actor=publishing.person("author"), at=NOW)
    with pytest.raises(editing.EditingRefused, match="is in review"):
        editing.accept_suspicion(row, **good)
    row.refresh_from_db()
    assert row.state == "open"


def test_only_editors_decide_and_an_address_inside_a_network_is_refused_at_once(db: None) -> None:
    row = suspicion()
    newcomer = at_the_desk("newcomer", "contributor")
    for address in (f"suspected/{row.pk}/", "suspected/look/", "sources/1/"):
        assert newcomer.get(f"/admin/desk/{address}").status_code == 403
    desk = at_the_desk("second", "editor")
    page = desk.post("/admin/desk/suspected/look/", {"url": "http://user@127.0.0.1:22/"}).content.decode()
    assert "expected 80 for http" in page or "user name or password" in page
    assert desk.get("/admin/desk/suspected/look/").status_code == 200
