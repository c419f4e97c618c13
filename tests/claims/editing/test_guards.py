"""The database holds the editorial rules by itself: against the ORM, bulk operations and raw SQL alike."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from claims import editing
from claims.database import install, missing_guards, trigger_names
from claims.document import claim_document, document_sha256
from claims.guards import CARRIED_TABLES, GUARDS, VOIDINGS
from claims.models import (
    Appearance,
    Approval,
    AssertedQuantity,
    Claim,
    ClaimantContact,
    ClaimCheck,
    ClaimRelation,
    EditorialLog,
    Evidence,
    ReviewComment,
    VerdictVersion,
    VersionEdit,
    VersionRelation,
)
from claims.queries import published_claims
from tests.claims import publishing
from tests.claims.editing.people import LATER, START, approved, author, in_review, published, reviewer

pytestmark = pytest.mark.django_db


def run(sql: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def refused(action: Callable[[], object], words: str) -> None:
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        action()


def _save(version: VerdictVersion) -> None:
    version.one_line = "Silently otherwise."
    version.save()


CHANGES: dict[str, Callable[[VerdictVersion], object]] = {
    "save": _save,
    "queryset update": lambda version: VerdictVersion.objects.filter(pk=version.pk).update(one_line="Otherwise."),
    "update of every row": lambda version: VerdictVersion.objects.update(review_note="Otherwise."),
    "update by expression": lambda version: VerdictVersion.objects.filter(pk=version.pk).update(number=F("number") + 1),
    "bulk update": lambda version: VerdictVersion.objects.bulk_update(
        [_worded(version, "Otherwise.")], ["one_line"]
    ),
    "bulk create over it": lambda version: VerdictVersion.objects.bulk_create(
        [_worded(version, "Otherwise.")], update_conflicts=True, unique_fields=["id"], update_fields=["one_line"]
    ),
    "update or create": lambda version: VerdictVersion.objects.update_or_create(
        pk=version.pk, defaults={"one_line": "Otherwise."}
    ),
    "raw update": lambda version: run("UPDATE claims_verdictversion SET document = '{}' WHERE id = %s", version.pk),
    "raw update of its state": lambda version: run(
        "UPDATE claims_verdictversion SET state = 'draft', published_at = NULL, content_sha256 = '' WHERE id = %s", version.pk
    ),
}  # fmt: skip


def _worded(version: VerdictVersion, words: str) -> VerdictVersion:
    version.one_line = words
    return version


@pytest.mark.parametrize("way", CHANGES)
def test_a_published_version_cannot_be_changed(way: str) -> None:
    version = published()
    before = VerdictVersion.objects.filter(pk=version.pk).values().get()
    # an upsert meets the rule for new rows before the one for old rows
    refused(
        lambda: CHANGES[way](version), "a published version cannot be changed|a version starts as a draft"
    )
    assert VerdictVersion.objects.filter(pk=version.pk).values().get() == before


DELETIONS: dict[str, Callable[[VerdictVersion], object]] = {
    "queryset": lambda version: VerdictVersion.objects.filter(pk=version.pk)._raw_delete("default"),
    "raw": lambda version: run("DELETE FROM claims_verdictversion WHERE id = %s", version.pk),
}


@pytest.mark.parametrize("way", DELETIONS)
def test_a_published_version_cannot_be_deleted(way: str) -> None:
    version = published()
    refused(lambda: DELETIONS[way](version), "a published version cannot be deleted")


def test_the_orm_protects_a_published_version_with_its_log() -> None:
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        published().delete()


@pytest.mark.parametrize("state", ["published", "approved"])
def test_no_version_is_born_public(state: str) -> None:
    version = in_review()
    row = VerdictVersion.objects.filter(pk=version.pk).values().get()
    del row["id"]
    other = publishing.claim("another")
    values = row | {"claim_id": other.pk, "state": state}
    if state == "published":
        values |= {"published_at": START, "document": {}, "content_sha256": "0" * 64}
    refused(lambda: VerdictVersion.objects.create(**values), "a version starts as a draft")
    refused(
        lambda: VerdictVersion.objects.bulk_create([VerdictVersion(**values)]), "a version starts as a draft"
    )


def test_a_version_keeps_its_author_who_could_approve_it_otherwise() -> None:
    version, other = in_review(), publishing.claim("another")
    rows = VerdictVersion.objects.filter(pk=version.pk)
    for change in ({"author": publishing.person("somebody")}, {"claim": other}):
        refused(lambda change=change: rows.update(**change), "a version keeps its author and its claim")  # type: ignore[misc]


def test_nothing_is_published_without_approval() -> None:
    version = in_review()
    frozen = {"state": "published", "published_at": LATER, "document": {}, "content_sha256": "0" * 64}
    rows = VerdictVersion.objects.filter(pk=version.pk)
    refused(lambda: rows.update(**frozen), "approval by somebody|only an approved version can be published")
    refused(lambda: rows.update(state="approved"), "approval by somebody who is neither author nor editor")


def test_a_published_text_is_the_approved_text() -> None:
    version = approved()
    frozen = {"state": "published", "published_at": LATER, "document": {}, "content_sha256": "0" * 64}
    refused(
        lambda: VerdictVersion.objects.filter(pk=version.pk).update(verdict="supported", **frozen),
        "published with the text that was approved",
    )


def test_an_approved_version_is_not_published_with_other_words_or_past_the_log() -> None:
    version = approved()
    sound = claim_document(version, LATER)
    rows = VerdictVersion.objects.filter(pk=version.pk)

    def published_as(document: dict[str, object], sha256: str) -> Callable[[], object]:
        frozen = {"document": document, "chart_subject": {}, "content_sha256": sha256}
        return lambda: rows.update(state="published", published_at=LATER, **frozen)

    for forged in ({}, sound | {"verdict": "supported"}, sound | {"rationale": "Other words."}):
        sha256 = document_sha256(forged, {})
        editing.append_log(at=LATER, actor=None, action="publish", version=version, after={"sha256": sha256})
        refused(published_as(forged, sha256), "a document that says what was approved")
    refused(published_as(sound, document_sha256(sound, {})), "a publication stands on the editorial log")
    assert rows.get().state == "approved"


def test_a_claim_does_not_go_back_to_an_earlier_version() -> None:
    first = published()
    second = publishing.published(first.claim, "supported", at=LATER)
    claims = Claim.objects.filter(pk=first.claim_id)
    refused(lambda: claims.update(current_version=first), "a claim does not go back to an earlier version")
    assert claims.get().current_version == second


@pytest.mark.parametrize("who", ["author", "editor"])
def test_the_author_and_editors_cannot_be_written_down_as_approvers(who: str) -> None:
    version = in_review()
    person = author()
    if who == "editor":
        person = publishing.person("editor")
        VersionEdit.objects.create(version=version, editor=person, at=START)
    row = {"version": version, "approver": person, "at": LATER}
    words = "the author or an editor of a version cannot approve it"
    refused(lambda: Approval.objects.create(**row), words)
    refused(lambda: Approval.objects.bulk_create([Approval(**row)]), words)
    refused(
        lambda: run(
            "INSERT INTO claims_approval (version_id, approver_id, at, checklist, comment) VALUES (%s, %s, %s, '{}', '')",
            version.pk, person.pk, LATER,
        ),
        words,
    )  # fmt: skip


EDITS: dict[str, Callable[[VerdictVersion], object]] = {
    "queryset update of the text": lambda version: VerdictVersion.objects.filter(pk=version.pk).update(rationale="Else."),
    "raw update of the text": lambda version: run(
        "UPDATE claims_verdictversion SET verdict = 'supported' WHERE id = %s", version.pk
    ),
    "a note of an edit": lambda version: VersionEdit.objects.create(version=version, editor=author(), at=LATER),
    "evidence added": lambda version: Evidence.objects.create(
        version=version, source=publishing.source(), stance="supports"
    ),
    "evidence changed": lambda version: Evidence.objects.filter(version=version).update(stance="supports"),
    "evidence deleted": lambda version: Evidence.objects.filter(version=version).delete(),
    "truth condition": lambda version: Claim.objects.filter(pk=version.claim_id).update(truth_condition="Else."),
    "paraphrases": lambda version: Claim.objects.filter(pk=version.claim_id).update(aliases=["otherwise"]),
    "chart": lambda version: run("UPDATE claims_claim SET chart = '' WHERE id = %s", version.claim_id),
    "appearance added": lambda version: Appearance.objects.bulk_create(
        [Appearance(claim=version.claim, source=publishing.source(), stance="asserts")]
    ),
    "appearance changed": lambda version: run(
        "UPDATE claims_appearance SET phrase = 'other words' WHERE claim_id = %s", version.claim_id
    ),
    "appearance deleted": lambda version: Appearance.objects.filter(claim=version.claim).delete(),
    "appearance moved in": lambda version: Appearance.objects.filter(claim=published("other").claim).update(
        claim=version.claim, phrase="moved in"
    ),
    "claimed number changed": lambda version: AssertedQuantity.objects.filter(claim=version.claim).update(value=24.0),
    "claimed number deleted": lambda version: AssertedQuantity.objects.filter(claim=version.claim).delete(),
    "check added": lambda version: ClaimCheck.objects.create(claim=version.claim, name="size_from_magnitude"),
    "relation added": lambda version: ClaimRelation.objects.create(
        claim=version.claim, other=publishing.claim("other"), relation="narrows"
    ),
    "answer of the claimant": lambda version: ClaimantContact.objects.create(
        claim=version.claim, claimant="A claimant", contacted_on=START.date(), answered_on=LATER.date(),
        answer="It was meant otherwise.", recorded_by=author(), recorded_at=LATER,
    ),
    "comment that will be printed": lambda version: ReviewComment.objects.create(
        invitation=version.invitations.create(
            nonce="n", for_whom="an expert", made_by=author(), made_at=START, expires_at=LATER
        ),
        name="An expert", affiliation="An observatory", text="The epoch is missing.", may_be_named=True,
        text_of=START, at=START,
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", EDITS)
def test_any_edit_voids_the_approval_and_stops_the_publication(way: str) -> None:
    version = approved()
    assert Approval.objects.filter(version=version, voided_at=None).exists()
    EDITS[way](version)
    assert not Approval.objects.filter(version=version, voided_at=None).exists()
    frozen = {"state": "published", "published_at": LATER, "document": {}, "content_sha256": "0" * 64}
    refused(
        lambda: VerdictVersion.objects.filter(pk=version.pk).update(**frozen),
        "approval by somebody who is neither author nor editor of the version is missing",
    )


def test_what_is_not_printed_with_a_version_leaves_its_approval_alone() -> None:
    version = approved()
    Claim.objects.filter(pk=version.claim_id).update(assigned_to=reviewer())
    ReviewComment.objects.create(
        invitation=version.invitations.create(
            nonce="n", for_whom="an expert", made_by=author(), made_at=START, expires_at=LATER
        ),
        name="An expert", affiliation="An observatory", text="For editors.", may_be_named=False, text_of=START, at=START,
    )  # fmt: skip
    Appearance.objects.filter(claim=published("other").claim).delete()
    assert Approval.objects.filter(version=version, voided_at=None).exists()


def test_every_table_that_a_version_carries_out_is_watched_in_each_direction() -> None:
    watched = {(voiding.table, voiding.event) for voiding in VOIDINGS}
    assert {(table, event) for table in CARRIED_TABLES for event in ("INSERT", "UPDATE", "DELETE")} <= watched


def test_a_version_carries_the_relations_of_its_claim_and_keeps_them() -> None:
    version, other = approved(), publishing.claim("other")
    row = {"version": version, "other": other, "relation": "narrows"}
    refused(lambda: VersionRelation.objects.create(**row), "a version carries the relations of its claim")
    earlier = published("related")
    refused(
        lambda: VersionRelation.objects.create(**row | {"version": earlier}),
        "a version carries the relations of its claim",
    )
    ClaimRelation.objects.create(claim=version.claim, other=other, relation="narrows")
    VersionRelation.objects.create(**row)
    carried = VersionRelation.objects.filter(version=version)
    refused(lambda: carried.update(relation="contradicts"), "cannot be changed")
    version.refresh_from_db()
    editing.request_changes(version, actor=reviewer(), at=LATER, reason="There is a relation now.")
    editing.submit_for_review(version, actor=author(), at=LATER)
    editing.approve(version, approver=reviewer(), at=LATER, checklist=publishing.CHECKLIST)
    editing.publish(version, actor=reviewer(), at=LATER)
    assert list(carried.values_list("other__slug", "relation")) == [("other", "narrows")]
    refused(lambda: carried.delete(), "cannot be deleted")
    ClaimRelation.objects.all().delete()
    assert carried.exists()


def test_a_void_approval_stays_void_and_no_approval_is_deleted() -> None:
    version = approved()
    approvals = Approval.objects.filter(version=version)
    refused(lambda: approvals.update(comment="Read twice."), "an approval can only be voided")
    refused(lambda: run("DELETE FROM claims_approval WHERE version_id = %s", version.pk), "cannot be deleted")
    approvals.update(voided_at=LATER)
    refused(lambda: approvals.update(voided_at=None), "an approval can only be voided")


def test_the_approval_of_a_published_version_stands() -> None:
    version = published()
    refused(
        lambda: Approval.objects.filter(version=version).update(voided_at=LATER), "only before publication"
    )
    refused(
        lambda: VersionEdit.objects.create(version=version, editor=reviewer(), at=LATER),
        "a published version cannot be edited",
    )


EVIDENCE: dict[str, Callable[[VerdictVersion], object]] = {
    "added": lambda version: Evidence.objects.create(version=version, source=publishing.source("other"), stance="supports"),
    "added in bulk": lambda version: Evidence.objects.bulk_create(
        [Evidence(version=version, source=publishing.source("other"), stance="supports")]
    ),
    "changed": lambda version: Evidence.objects.filter(version=version).update(stance="supports"),
    "deleted": lambda version: Evidence.objects.filter(version=version).delete(),
    "moved away": lambda version: Evidence.objects.filter(version=version).update(version=in_review("other-claim")),
    "moved in": lambda version: Evidence.objects.filter(version=in_review("other-claim")).update(version=version),
}  # fmt: skip


@pytest.mark.parametrize("way", EVIDENCE)
def test_the_evidence_of_a_published_version_is_frozen(way: str) -> None:
    version = published()
    before = list(Evidence.objects.filter(version=version).order_by("pk").values())
    refused(lambda: EVIDENCE[way](version), "the evidence of a published version cannot be changed")
    assert list(Evidence.objects.filter(version=version).order_by("pk").values()) == before


def test_a_claim_shows_only_a_published_version_of_its_own() -> None:
    draft, other = in_review(), published("another")
    claims = Claim.objects.filter(pk=draft.claim_id)
    words = "a claim shows a published version of its own"
    refused(lambda: claims.update(current_version=draft, first_published_at=START), words)
    refused(lambda: claims.update(current_version=other, first_published_at=START), words)
    assert draft.claim not in published_claims()


@pytest.mark.parametrize(
    ("column", "other"), [("shown_topic", "composition"), ("shown_verdict", "unresolved")]
)
def test_a_claim_is_listed_under_what_its_version_says(column: str, other: str) -> None:
    claims = Claim.objects.filter(pk=published().claim_id)
    assert claims.values_list(column, flat=True)[0] not in ("", other)
    words = "a claim is listed under the topic and verdict of the version that it shows"
    refused(lambda: claims.update(**{column: other}), words)


def test_a_published_claim_is_withdrawn_and_not_made_to_vanish() -> None:
    version = published()
    claims = Claim.objects.filter(pk=version.claim_id)
    refused(lambda: claims.update(current_version=None), "a published claim is withdrawn, not unpublished")


def test_a_withdrawn_claim_stays_withdrawn_with_the_reason_that_was_printed() -> None:
    claim = published().claim
    editing.withdraw(claim, actor=reviewer(), at=LATER, reason="It was said twice.")
    rows = Claim.objects.filter(pk=claim.pk)
    for change in ({"withdrawn_at": None}, {"withdrawn_at": START}, {"withdrawal_note": "Otherwise."}):
        refused(lambda change=change: rows.update(**change), "a withdrawn claim stays withdrawn")  # type: ignore[misc]
    assert claim not in published_claims()


APPENDED = ["claims_checkrun", "claims_editoriallog", "claims_versionedit", "ephemeris_archivepoll",
            "ephemeris_archivestatuschange", "ephemeris_servicerefresh"]  # fmt: skip


def test_the_log_only_grows() -> None:
    row = EditorialLog.objects.order_by("-pk").first()
    assert row is not None
    row.reason = "rewritten"
    for action in (
        row.save,
        row.delete,
        lambda: EditorialLog.objects.update(reason="rewritten"),
        lambda: EditorialLog.objects.all().delete(),
        lambda: EditorialLog.objects.bulk_update([row], ["reason"]),
        lambda: run("UPDATE claims_editoriallog SET actor_name = 'somebody else'"),
        lambda: run("DELETE FROM claims_editoriallog"),
    ):
        refused(action, "claims_editoriallog is append-only")


@pytest.mark.parametrize("table", [*APPENDED, "claims_verdictversion", "claims_evidence", "claims_approval"])
def test_no_table_of_the_record_can_be_emptied_at_once(table: str) -> None:
    published()
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")  # TRUNCATE waits for no deferred foreign key
        refused(lambda: run(f"TRUNCATE {table} CASCADE"), "cannot be truncated")
    elif table in ("claims_verdictversion", "claims_evidence", "claims_approval", "claims_editoriallog"):
        refused(lambda: run(f"DELETE FROM {table}"), "cannot be|append-only")
    else:  # no rows to refuse: the trigger itself must stand
        assert f"{table}_delete" in trigger_names()
        assert missing_guards(connection) == []


def test_a_missing_guard_is_named_and_comes_back() -> None:
    name = "version_frozen"
    run(f"DROP TRIGGER {name}" + (" ON claims_verdictversion" if connection.vendor == "postgresql" else ""))
    assert missing_guards(connection) == [name]
    install(connection)
    assert missing_guards(connection) == []


def test_every_guard_has_its_own_name() -> None:
    names = trigger_names()
    assert len(names) == len(set(names)) == len(GUARDS) + len(VOIDINGS)
