"""The only writer of versions, approvals, stale marks and log rows.

Every action is one transaction: it takes the claim's row, checks the transition, changes, and appends
to the editorial log.  The same rules stand as triggers in the database (claims/database.py); here they
are refused with a sentence a person can act on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from django.contrib.auth.models import AbstractBaseUser, User
from django.db import connection, transaction

from claims.document import claim_document, document_sha256, search_text, version_chart_subject
from claims.models import (
    Approval,
    Claim,
    EditorialLog,
    Evidence,
    StaleMark,
    VerdictVersion,
    VersionEdit,
)
from claims.records import to_json

GENESIS = "0" * 64
# what may follow what: (state, action) -> state
TRANSITIONS = {
    ("draft", "submit"): "in_review",
    ("in_review", "request_changes"): "draft",
    ("in_review", "approve"): "approved",
    ("approved", "request_changes"): "draft",
    ("approved", "publish"): "published",
}
# one lock for the whole log: appends follow one another, whatever claim they speak of
LOG_LOCK = 0x48595045  # "HYPE"


class EditingRefused(Exception):
    """An action that the rules do not allow; the message says which rule and what would be allowed."""


@dataclass(frozen=True, slots=True)
class VerdictText:
    """The words of a version, as an author hands them in."""

    verdict: str
    confidence: str
    confidence_basis: str
    one_line: str
    key_points: tuple[str, ...]
    rationale: str
    would_change: str
    evidence_cutoff: date
    next_review: date


def log_row_hash(row: EditorialLog) -> str:
    """The hash of a log row's content and of the row before it."""
    content = [
        row.previous_hash, row.at.isoformat(), row.actor_name, row.action, row.claim_id, row.version_id,
        row.before, row.after, row.reason,
    ]  # fmt: skip
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def append_log(
    *,
    at: datetime,
    actor: User | None,
    action: str,
    claim: Claim | None = None,
    version: VerdictVersion | None = None,
    before: Any = None,
    after: Any = None,
    reason: str = "",
) -> EditorialLog:
    """Append one row to the chain; must run inside the transaction of the action it records."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK])
    last = EditorialLog.objects.order_by("-pk").values_list("row_hash", flat=True).first()
    row = EditorialLog(
        at=at,
        actor=actor,
        actor_name=actor.get_username() if actor else "machine",
        action=action,
        claim=claim,
        version=version,
        before=before,
        after=after,
        reason=reason,
        previous_hash=last or GENESIS,
    )
    row.row_hash = log_row_hash(row)
    row.save(force_insert=True)
    return row


def first_broken_log_row() -> tuple[int, str] | None:
    """The number of the first log row that breaks the chain and why, or None if all hold."""
    previous = GENESIS
    for row in EditorialLog.objects.order_by("pk").iterator(chunk_size=500):
        if row.previous_hash != previous:
            return (
                row.pk,
                f"row {row.pk} follows {row.previous_hash[:12]}, but the row before it is {previous[:12]}",
            )
        if log_row_hash(row) != row.row_hash:
            return row.pk, f"row {row.pk} does not have the content that its hash was made of"
        previous = row.row_hash
    return None


def _locked(claim: Claim) -> Claim:
    # SQLite takes the write lock at BEGIN IMMEDIATE and ignores FOR UPDATE
    return Claim.objects.select_for_update().select_related("body").get(pk=claim.pk)


def _move(version: VerdictVersion, action: str) -> None:
    allowed = TRANSITIONS.get((version.state, action))
    if allowed is None:
        possible = sorted(name.replace("_", " ") for state, name in TRANSITIONS if state == version.state)
        raise EditingRefused(
            f"{version.claim.slug} v{version.number} is {version.get_state_display()}: cannot {action.replace('_', ' ')}, "
            f"possible: {', '.join(possible) or 'nothing; start a new version'}"
        )
    changed = VerdictVersion.objects.filter(pk=version.pk, state=version.state).update(state=allowed)
    if changed != 1:
        raise EditingRefused(
            f"{version.claim.slug} v{version.number}: somebody else was faster, load it again"
        )
    version.state = allowed


@transaction.atomic
def draft_version(
    claim: Claim,
    text: VerdictText,
    evidence: Iterable[Evidence],
    *,
    author: User,
    at: datetime,
    reason_code: str = "first_publication",
    severity: str = "none",
    change_note: str = "",
    review_level: str = "signed",
    review_note: str = "",
) -> VerdictVersion:
    """Start the next version of a claim's verdict as a draft, with its evidence (unsaved rows)."""
    claim = _locked(claim)
    open_version = claim.versions.exclude(state="published").first()
    if open_version:
        raise EditingRefused(
            f"{claim.slug} v{open_version.number} is still {open_version.get_state_display()}"
        )
    last = claim.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = VerdictVersion.objects.create(
        claim=claim,
        number=last + 1,
        title=claim.title,
        statement=claim.statement,
        kind=claim.kind,
        topic=claim.topic,
        verdict=text.verdict,
        confidence=text.confidence,
        confidence_basis=text.confidence_basis,
        one_line=text.one_line,
        key_points=list(text.key_points),
        rationale=text.rationale,
        would_change=text.would_change,
        evidence_cutoff=text.evidence_cutoff,
        next_review=text.next_review,
        reason_code=reason_code,
        severity=severity,
        change_note=change_note,
        review_level=review_level,
        review_note=review_note,
        author=author,
        created_at=at,
        edited_at=at,
    )
    for position, item in enumerate(evidence):
        item.version, item.position = version, position
        item.save()
    append_log(
        at=at, actor=author, action="draft", claim=claim, version=version, after={"verdict": version.verdict}
    )
    return version


@transaction.atomic
def edit_version(
    version: VerdictVersion,
    changes: dict[str, Any],
    *,
    editor: User,
    at: datetime,
    evidence: Iterable[Evidence] | None = None,
) -> VerdictVersion:
    """Change the text or evidence of an open version; any approval is void afterwards."""
    claim = _locked(version.claim)
    version = claim.versions.select_for_update().get(pk=version.pk)
    if version.state == "published":
        raise EditingRefused(
            f"{claim.slug} v{version.number} is published and cannot be changed; start a new version"
        )
    unknown = sorted(set(changes) - EDITABLE)
    if unknown:
        raise EditingRefused(f"cannot change {', '.join(unknown)}; allowed: {', '.join(sorted(EDITABLE))}")
    before = to_json({name: getattr(version, name) for name in changes})
    for name, value in changes.items():
        setattr(version, name, value)
    version.edited_at = at
    if version.state == "approved":
        version.state = "in_review"
    version.save()
    VersionEdit.objects.create(version=version, editor=editor, at=at)
    if evidence is not None:
        version.evidence.all().delete()
        for position, item in enumerate(evidence):
            item.version, item.position = version, position
            item.save()
    append_log(
        at=at,
        actor=editor,
        action="edit",
        claim=claim,
        version=version,
        before=before,
        after=to_json(changes),
    )
    return version


EDITABLE = frozenset(
    ("title", "statement", "kind", "topic", "verdict", "confidence", "confidence_basis", "one_line", "key_points",
     "rationale", "would_change", "evidence_cutoff", "next_review", "reason_code", "severity", "change_note")
)  # fmt: skip


@transaction.atomic
def submit_for_review(version: VerdictVersion, *, actor: User, at: datetime) -> None:
    _locked(version.claim)
    _move(version, "submit")
    append_log(at=at, actor=actor, action="submit", claim=version.claim, version=version)


@transaction.atomic
def request_changes(version: VerdictVersion, *, actor: User, at: datetime, reason: str) -> None:
    if not reason.strip():
        raise EditingRefused("say what should change")
    _locked(version.claim)
    _move(version, "request_changes")
    version.approvals.filter(voided_at__isnull=True).update(voided_at=at)
    append_log(
        at=at, actor=actor, action="request_changes", claim=version.claim, version=version, reason=reason
    )


@transaction.atomic
def approve(
    version: VerdictVersion, *, approver: User, at: datetime, checklist: dict[str, Any], comment: str = ""
) -> Approval:
    """The second pair of eyes: refused to the author and to whoever edited the version.

    What is approved is ``version`` as it was loaded: an edit since then refuses the approval.
    """
    claim = _locked(version.claim)
    if claim.versions.values_list("edited_at", flat=True).get(pk=version.pk) != version.edited_at:
        raise EditingRefused(f"{claim.slug} v{version.number} was edited while you read it, load it again")
    if version.author_id == approver.pk:
        raise EditingRefused(
            f"{approver.get_username()} is the author of v{version.number} and cannot approve it"
        )
    if version.edits.filter(editor=approver).exists():
        raise EditingRefused(f"{approver.get_username()} edited v{version.number} and cannot approve it")
    approval = Approval.objects.create(
        version=version, approver=approver, at=at, checklist=checklist, comment=comment
    )
    _move(version, "approve")
    append_log(
        at=at,
        actor=approver,
        action="approve",
        claim=version.claim,
        version=version,
        after={"checklist": checklist},
    )
    return approval


@transaction.atomic
def publish(version: VerdictVersion, *, actor: User, at: datetime) -> VerdictVersion:
    """Freeze an approved version's document and make it what the public sees."""
    claim = _locked(version.claim)
    version = claim.versions.select_for_update().get(pk=version.pk)
    version.claim = claim
    if (version.state, "publish") not in TRANSITIONS:
        _move(version, "publish")  # refuses, with the words for it
    document = claim_document(version, at)
    subject = to_json(version_chart_subject(version))
    before = claim.current_version.number if claim.current_version else None
    version.state = "published"
    version.published_at = at
    version.document = document
    version.chart_subject = subject
    version.content_sha256 = document_sha256(document, subject)
    version.search_text = search_text(document)
    version.save()
    if claim.current_version:
        claim.current_version.stale_marks.filter(cleared_at__isnull=True).update(cleared_at=at)
    claim.current_version = version
    claim.first_published_at = claim.first_published_at or at
    claim.save(update_fields=["current_version", "first_published_at"])
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
    return version


@transaction.atomic
def withdraw(claim: Claim, *, actor: User, at: datetime, reason: str) -> None:
    """Take a claim out of the public record; its address stays as a tombstone that says why."""
    claim = _locked(claim)
    if claim.current_version is None:
        raise EditingRefused(f"{claim.slug} was never published")
    if claim.withdrawn_at:
        raise EditingRefused(f"{claim.slug} was withdrawn on {claim.withdrawn_at:%Y-%m-%d}")
    if not reason.strip():
        raise EditingRefused("say why the claim is withdrawn; the reason is printed")
    claim.withdrawn_at, claim.withdrawal_note = at, reason
    claim.save(update_fields=["withdrawn_at", "withdrawal_note"])
    append_log(
        at=at, actor=actor, action="withdraw", claim=claim, version=claim.current_version, reason=reason
    )


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


def is_catalogue_account(user: AbstractBaseUser) -> bool:
    """Whether ``user`` stands for the initial catalogue rather than for a person."""
    return user.get_username() in CATALOGUE_ACCOUNTS.values()


CATALOGUE_ACCOUNTS = {"author": "initial-catalogue", "second_reader": "catalogue-second-reading"}
