"""What the public comes to see: publication, withdrawal, stale marks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from claims.document import claim_document, document_sha256, search_text, version_chart_subject
from claims.editing.log import append_log
from claims.editing.rules import (
    EditingRefused,
    approvals_needed,
    locked,
    locked_version,
    name,
    require_right,
    require_transition,
    require_unchanged,
)
from claims.models import Claim, ClaimSuccessor, StaleMark, VerdictVersion, VersionRelation
from claims.records import to_json


@transaction.atomic
def publish(version: VerdictVersion, *, actor: User, at: datetime) -> VerdictVersion:
    """Freeze an approved version's document and make it what the public sees."""
    claim = locked(version.claim)
    read, version = version, locked_version(version, claim)
    require_right(actor, "publish", review_level=version.review_level)
    require_transition(version, "publish")
    require_unchanged(read, version)
    if claim.withdrawn_at:
        raise EditingRefused(f"{claim.slug} was withdrawn on {claim.withdrawn_at:%Y-%m-%d}")
    standing = version.approvals.filter(voided_at__isnull=True).count()
    needed = approvals_needed(version.verdict)
    if standing < needed:
        raise EditingRefused(
            f"{name(version)} has {standing} standing approvals and needs {needed}: request changes, then submit it again"
        )
    document = claim_document(version, at)
    subject = to_json(version_chart_subject(version))
    before = claim.current_version.number if claim.current_version else None
    version.relations.all().delete()
    VersionRelation.objects.bulk_create(
        VersionRelation(version=version, other_id=other, relation=relation)
        for other, relation in claim.relations.values_list("other", "relation")
    )
    version.state = "published"
    version.published_at = at
    version.document = document
    version.chart_subject = subject
    version.content_sha256 = document_sha256(document, subject)
    version.search_text = search_text(document)
    # first on the log: the database lets nothing be published that does not stand there under its digest
    append_log(
        at=at,
        actor=actor,
        action="publish",
        claim=claim,
        version=version,
        before={"version": before},
        after={"version": version.number, "sha256": version.content_sha256},
        reason=version.change_note,
    )
    version.save()
    if claim.current_version:
        claim.current_version.stale_marks.filter(cleared_at__isnull=True).update(cleared_at=at)
    claim.current_version, claim.shown_topic, claim.shown_verdict = version, version.topic, version.verdict
    claim.first_published_at = claim.first_published_at or at
    claim.save(update_fields=["current_version", "shown_topic", "shown_verdict", "first_published_at"])
    return version


@transaction.atomic
def withdraw(
    claim: Claim, *, actor: User, at: datetime, reason: str, successors: Sequence[Claim] = ()
) -> None:
    """Take a claim out of the public record; its address stays as a tombstone that says why.

    One successor means that the claim was merged into it, several that it was split into them.
    """
    # all rows in one order: two claims that are merged into each other at once must not wait for each other
    keys = {claim.pk, *(other.pk for other in successors)}
    rows = {row.pk: row for row in Claim.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    claim, successors = rows[claim.pk], [rows[other.pk] for other in successors]
    require_right(actor, "withdraw")
    if claim.current_version is None:
        raise EditingRefused(f"{claim.slug} was never published")
    if claim.withdrawn_at:
        raise EditingRefused(f"{claim.slug} was withdrawn on {claim.withdrawn_at:%Y-%m-%d}")
    if not reason.strip():
        raise EditingRefused("say why the claim is withdrawn; the reason is printed")
    for other in successors:
        if other.pk == claim.pk or other.current_version_id is None or other.withdrawn_at:
            raise EditingRefused(
                f"{other.slug} cannot take the place of {claim.slug}: it is not another public claim"
            )
    claim.withdrawn_at, claim.withdrawal_note = at, reason
    claim.save(update_fields=["withdrawn_at", "withdrawal_note"])
    ClaimSuccessor.objects.bulk_create(ClaimSuccessor(claim=claim, successor=other) for other in successors)
    append_log(
        at=at, actor=actor, action="withdraw", claim=claim, version=claim.current_version, reason=reason,
        after={"successors": [other.slug for other in successors]} if successors else None,
    )  # fmt: skip


@transaction.atomic
def mark_stale(
    version: VerdictVersion, reason: str, detail: str, *, subject_key: str = "", at: datetime
) -> bool:
    """Note why a published version may be out of date; False when the same reason already stands.

    A machine calls this; it never touches the verdict.
    """
    _, created = StaleMark.objects.get_or_create(
        version=version,
        reason=reason,
        subject_key=subject_key,
        cleared_at=None,
        defaults={"detail": detail, "since": at},
    )
    if created:
        append_log(
            at=at,
            actor=None,
            action="mark_stale",
            claim=version.claim,
            version=version,
            after={"reason": reason, "subject": subject_key},
            reason=detail,
        )
    return created
