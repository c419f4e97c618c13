"""The claims and appearances of the database as rows of a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet

from claims.exchange.shapes import Values
from claims.models import Appearance, Claim, Evidence, VerdictVersion

CHUNK = 200
_WORDING = ("title", "statement", "truth_condition", "kind", "topic", "aliases", "chart")
_VERDICT = (
    "verdict",
    "confidence",
    "confidence_basis",
    "one_line",
    "key_points",
    "rationale",
    "would_change",
)


def claim_rows(claims: QuerySet[Claim]) -> Iterator[Values]:
    """Each claim with its working wording and its newest version, open or published, by slug."""
    versions = VerdictVersion.objects.order_by("-number").defer("document", "chart_subject", "search_text")
    facts = Evidence.objects.select_related("measurement", "campaign", "source")
    loaded = claims.select_related("body").prefetch_related(
        "asserted", "checks", "relations__other",
        Prefetch("appearances", Appearance.objects.filter(state="confirmed").select_related("source")),
        Prefetch("versions", versions.prefetch_related(Prefetch("evidence", facts)), to_attr="all_versions"),
    )  # fmt: skip
    for row in loaded.order_by("slug").iterator(chunk_size=CHUNK):
        yield claim_values(row)


def claim_values(row: Any) -> Values:
    """One claim, as the catalogue would write it; what is empty is left out."""
    values = {"slug": row.slug, "object": row.body.designation} | {
        name: getattr(row, name) for name in _WORDING
    }
    values["asserted"] = [
        _filled(
            quantity=one.quantity, value=one.value_time or one.value, relation=one.relation, note=one.note
        )
        | {"unit": one.unit}
        for one in row.asserted.all()
    ]
    values["appearances"] = [appearance_values(one) for one in row.appearances.all()]
    values["related"] = [{"slug": one.other.slug, "relation": one.relation} for one in row.relations.all()]
    values["checks"] = [_filled(name=one.name, params=one.params) for one in row.checks.all()]
    if row.all_versions:
        values["review"] = _review(row.all_versions[0])
    return _filled(**values)


def _review(version: VerdictVersion) -> Values:
    return {name: getattr(version, name) for name in _VERDICT} | {
        "rationale": version.rationale.strip(),
        "evidence_cutoff": version.evidence_cutoff.isoformat(),
        "next_review": version.next_review.isoformat(),
        "evidence": [_fact(item) for item in version.evidence.all()],
    }


def _fact(item: Evidence) -> Values:
    named = {
        "measurement": item.measurement and item.measurement.key,
        "campaign": item.campaign and item.campaign.key,
        "source": item.source and item.source.key,
        "check_run": item.check_run_id and str(item.check_run_id),
    }
    return _filled(**named, stance=item.stance, note=item.note)


def appearance_values(row: Appearance) -> Values:
    """An appearance within its claim."""
    return _filled(
        source=row.source.key, locator=row.locator, phrase=row.phrase, stance=row.stance,
        first_seen=row.first_seen.isoformat() if row.first_seen else "",
    )  # fmt: skip


def appearance_rows(claims: QuerySet[Claim]) -> Iterator[Values]:
    """Every confirmed appearance of the claims, by slug."""
    rows = Appearance.objects.filter(claim__in=claims, state="confirmed").select_related("claim", "source")
    for row in rows.order_by("claim__slug", "position", "pk").iterator(chunk_size=CHUNK):
        yield {"claim": row.claim.slug} | appearance_values(row)


def _filled(**values: Any) -> Values:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
