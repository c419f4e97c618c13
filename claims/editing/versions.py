"""Versions from the first draft to review: their words and the facts they rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims.editing.log import append_log
from claims.editing.rules import (
    EditingRefused,
    is_catalogue_account,
    locked,
    locked_version,
    move,
    name,
    require_right,
    require_unchanged,
)
from claims.models import Claim, Evidence, VerdictVersion, VersionEdit
from claims.records import to_json

EDITABLE = frozenset(
    ("title", "statement", "kind", "topic", "verdict", "confidence", "confidence_basis", "one_line", "key_points",
     "rationale", "would_change", "evidence_cutoff", "next_review", "reason_code", "severity", "change_note")
)  # fmt: skip
FACTS = ("measurement_id", "campaign_id", "source_id", "check_run_id", "stance", "note")


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
    require_right(author, "draft", review_level=review_level)
    if review_level == "catalogue" and not is_catalogue_account(author):
        raise EditingRefused("only the initial catalogue is published with two readings instead of two names")
    claim = locked(claim)
    if claim.withdrawn_at:
        raise EditingRefused(f"{claim.slug} was withdrawn on {claim.withdrawn_at:%Y-%m-%d}")
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
    _write_evidence(version, evidence)
    append_log(
        at=at, actor=author, action="draft", claim=claim, version=version, after={"verdict": version.verdict}
    )
    return version


@transaction.atomic
def draft_for_signature(claim: Claim, *, author: User, at: datetime) -> VerdictVersion:
    """The catalogue's verdict once more, unchanged, under a person's name and submitted to a second person."""
    current = locked(claim).current_version
    if current is None or current.review_level != "catalogue":
        raise EditingRefused(
            f"{claim.slug} has no verdict of the initial catalogue that waits for signatures"
        )
    claim = current.claim
    working = {field: getattr(claim, field) for field in ("title", "statement", "kind", "topic")}
    if any(value != getattr(current, field) for field, value in working.items()):
        raise EditingRefused(
            f"the working text of {claim.slug} differs from what is published: start a new version and say what changed"
        )
    version = draft_version(
        claim,
        VerdictText(
            verdict=current.verdict, confidence=current.confidence, confidence_basis=current.confidence_basis,
            one_line=current.one_line, key_points=tuple(current.key_points), rationale=current.rationale,
            would_change=current.would_change, evidence_cutoff=current.evidence_cutoff, next_review=current.next_review,
        ),
        [Evidence(**row) for row in current.evidence.values(*FACTS)],
        author=author, at=at, reason_code="signed", severity="none",
        change_note="The verdict of the initial catalogue was read again and signed by two named people.",
        review_note=current.review_note,
    )  # fmt: skip
    submit_for_review(version, actor=author, at=at)
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
    """Change the text or evidence of an open version; any approval is void afterwards.

    What is edited is ``version`` as it was loaded: another edit since then refuses this one.
    """
    claim = locked(version.claim)
    now = locked_version(version, claim)
    require_right(editor, "edit", review_level=now.review_level)
    if now.state == "published":
        raise EditingRefused(f"{name(now)} is published and cannot be changed; start a new version")
    unknown = sorted(set(changes) - EDITABLE)
    if unknown:
        raise EditingRefused(f"cannot change {', '.join(unknown)}; allowed: {', '.join(sorted(EDITABLE))}")
    require_unchanged(version, now)
    before = to_json({field: getattr(now, field) for field in changes})
    for field, value in changes.items():
        setattr(now, field, value)
    now.edited_at = at
    if now.state == "approved":
        now.state = "in_review"
    now.save()
    VersionEdit.objects.create(version=now, editor=editor, at=at)
    if evidence is not None:
        now.evidence.all().delete()
        _write_evidence(now, evidence)
    append_log(
        at=at,
        actor=editor,
        action="edit",
        claim=claim,
        version=now,
        before=before,
        after=to_json(changes) | ({"evidence": "rewritten"} if evidence is not None else {}),
    )
    return now


@transaction.atomic
def submit_for_review(version: VerdictVersion, *, actor: User, at: datetime) -> None:
    """Hand a draft to the reviewers."""
    now = locked_version(version, locked(version.claim))
    require_right(actor, "submit", review_level=now.review_level)
    require_unchanged(version, now)
    move(now, "submit")
    version.state = now.state
    append_log(at=at, actor=actor, action="submit", claim=now.claim, version=now)


def _write_evidence(version: VerdictVersion, evidence: Iterable[Evidence]) -> None:
    for position, fact in enumerate(evidence):
        fact.version, fact.position = version, position
        fact.save()
