"""A plan without faults becomes drafts: one transaction, through `claims.editing`, nothing public."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims import editing
from claims.catalogue.problems import CatalogueRefused, Row
from claims.catalogue.publication import create_claims, evidence_of, verdict_text
from claims.exchange.plan import Plan
from claims.models import Appearance, Claim, Measurement, Source
from ephemeris.models import Campaign


@transaction.atomic
def take_in(made: Plan, *, actor: User, at: datetime) -> None:
    """Write what was planned, or raise `CatalogueRefused` or `EditingRefused` and write nothing."""
    if made.problems:
        raise CatalogueRefused(made.problems)
    facts: dict[str, dict[str, Any]] = {
        "measurement": dict(Measurement.objects.values_list("key", "pk")),
        "campaign": dict(Campaign.objects.values_list("key", "pk")),
        "source": dict(Source.objects.values_list("key", "pk")),
    }
    claims = create_claims(made.claims, at) if made.claims else {}
    for row in made.claims:
        editing.admit_claim(claims[row.key], actor=actor, at=at, reason=f"imported from {row.file}")
        _draft(claims[row.key], row, {}, facts, actor, at)
    for row, change in made.versions:
        _draft(Claim.objects.get(slug=row.key), row, change, facts, actor, at)
    by_claim: dict[str, list[Row]] = defaultdict(list)
    for row in made.appearances:
        by_claim[row.values["claim"]].append(row)
    for slug, rows in by_claim.items():
        seen = [
            Appearance(
                source_id=facts["source"][row.values["source"]],
                stance=row.values["stance"],
                first_seen=row.values.get("first_seen"),
                locator=row.values.get("locator", ""),
                phrase=row.values.get("phrase", ""),
            )
            for row in rows
        ]
        editing.add_appearances(Claim.objects.get(slug=slug), seen, actor=actor, at=at, reason=f"imported from {rows[0].file}")  # fmt: skip


def _draft(
    claim: Claim,
    row: Row,
    change: dict[str, Any],
    facts: dict[str, dict[str, Any]],
    actor: User,
    at: datetime,
) -> None:
    review = row.values["review"]
    pieces = [evidence_of(piece, facts) for piece in review["evidence"]]
    editing.draft_version(claim, verdict_text(review), pieces, author=actor, at=at, **change)
