"""The working wording of claims: private until a version carries it out, and on the log from the start."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims.editing.log import append_log
from claims.editing.rules import EditingRefused, locked, read_again, require_right
from claims.models import Appearance, Claim

# what a version takes from its claim when it is published; the rest was taken when it was drafted
CARRIED = frozenset(
    ("slug", "body", "truth_condition", "aliases", "chart", "appearances", "asserted", "checks", "relations")
)


@transaction.atomic
def admit_claim(claim: Claim, *, actor: User, at: datetime, reason: str = "") -> None:
    """Put a claim that was just created on the log; it has no version yet and nobody sees it."""
    require_right(actor, "add_claim")
    append_log(
        at=at, actor=actor, action="add_claim", claim=claim, reason=reason,
        after={"title": claim.title, "statement": claim.statement},
    )  # fmt: skip


@transaction.atomic
def record_wording(
    claim: Claim, *, created: bool, touched: Iterable[str], before: dict[str, Any], after: dict[str, Any], actor: User,
    at: datetime,
) -> None:  # fmt: skip
    """Put an edit of a claim's working record on the log; where a version carries it out, it is an edit of that version."""
    require_right(actor, "add_claim" if created else "edit_claim")
    touched = sorted(touched)
    if not CARRIED.isdisjoint(touched):
        read_again(locked(claim), at=at, editor=actor)
    append_log(
        at=at, actor=actor, action="add_claim" if created else "edit_claim", claim=claim, before=before,
        after={"touched": touched} | after,
    )  # fmt: skip


@transaction.atomic
def add_appearances(
    claim: Claim, appearances: Iterable[Appearance], *, actor: User, at: datetime, reason: str = ""
) -> list[Appearance]:
    """Add places where a claim was made; they are public from the next version on, and void its approvals."""
    require_right(actor, "edit_claim")
    claim = locked(claim)
    if claim.withdrawn_at:
        raise EditingRefused(f"{claim.slug} was withdrawn on {claim.withdrawn_at:%Y-%m-%d}")
    first = claim.appearances.count()
    added = list(appearances)
    for place, row in enumerate(added):
        row.claim, row.position = claim, first + place
    Appearance.objects.bulk_create(added)
    read_again(claim, at=at, editor=actor)
    append_log(
        at=at, actor=actor, action="edit_claim", claim=claim, reason=reason,
        after={"touched": ["appearances"], "added": [f"{row.source.key}: {row.phrase}" for row in added]},
    )  # fmt: skip
    return added
