"""The working wording of claims: private until a version carries it out, and on the log from the start."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from claims.editing.log import append_log
from claims.editing.rules import EditingRefused, locked, require_right
from claims.models import Appearance, Claim


@transaction.atomic
def admit_claim(claim: Claim, *, actor: User, at: datetime, reason: str = "") -> None:
    """Put a claim that was just created on the log; it has no version yet and nobody sees it."""
    require_right(actor, "add_claim")
    append_log(
        at=at, actor=actor, action="add_claim", claim=claim, reason=reason,
        after={"title": claim.title, "statement": claim.statement},
    )  # fmt: skip


@transaction.atomic
def add_appearances(
    claim: Claim, appearances: Iterable[Appearance], *, actor: User, at: datetime, reason: str = ""
) -> list[Appearance]:
    """Add places where a claim was made; they are public from the next version on."""
    require_right(actor, "edit_claim")
    claim = locked(claim)
    if claim.withdrawn_at:
        raise EditingRefused(f"{claim.slug} was withdrawn on {claim.withdrawn_at:%Y-%m-%d}")
    first = claim.appearances.count()
    added = []
    for place, row in enumerate(appearances):
        row.claim, row.position = claim, first + place
        row.save(force_insert=True)
        added.append(row)
    append_log(
        at=at, actor=actor, action="edit_claim", claim=claim, reason=reason,
        after={"touched": ["appearances"], "added": [f"{row.source.key}: {row.phrase}" for row in added]},
    )  # fmt: skip
    return added
