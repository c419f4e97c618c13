"""The whole public record of one claim: its frozen document, what moved since, and where else it stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max

from claims.addresses import absolute, api_claim_url, card_url, claim_url, pinned_url
from claims.live import check_entries, last_change, latest_check_runs, stale_reasons
from claims.models import Claim, VerdictVersion, VersionRelation
from claims.queries import latest, published_versions, related_claims


def whole_claim(claim: Claim) -> dict[str, Any]:
    """A published claim as `/claims/<slug>.json` and the API give it."""
    version = claim.current_version
    if version is None or version.document is None or version.published_at is None:
        raise ValueError(f"{claim.slug} has no published version")
    stale = stale_reasons([version.pk]).get(version.pk, [])
    runs = latest_check_runs([claim.pk]).get(claim.pk, {})
    document: dict[str, Any] = version.document
    checks = check_entries(document["checks"], runs)
    return {
        **document,
        "checks": [entry | {"params": named["params"]} for entry, named in zip(checks, document["checks"], strict=True)],
        "stale": bool(stale),
        "stale_reasons": stale,
        "last_changed_at": last_change(version.published_at, stale),
        "related": [
            {
                "relation": relation,
                "slug": other.slug,
                "title": other.current_version.title,
                "verdict": other.current_version.verdict,
                "url": claim_url(other.slug),
            }
            for relation, other in related_claims(claim)
            if other.current_version
        ],
        "versions": [version_entry(row) for row in _light(claim)],
        "content_sha256": version.content_sha256,
        **claim_addresses(claim.slug, version.number),
    }  # fmt: skip


def last_modified(claim: Claim, record: dict[str, Any]) -> datetime | None:
    """When any byte of a claim's whole record last changed: its own, its checks', or those of what it links to."""
    carried = VersionRelation.objects.filter(version=claim.current_version_id)
    others = Claim.objects.filter(pk__in=carried.values("other")).aggregate(
        published=Max("current_version__published_at"), withdrawn=Max("withdrawn_at")
    )
    runs = [check["as_of"] for check in record["checks"]]
    return latest(record["last_changed_at"], others["published"], others["withdrawn"], *runs)


def _light(claim: Claim) -> list[VerdictVersion]:
    rows = published_versions(claim).defer("document", "chart_subject", "search_text", "rationale")
    return list(rows.select_related("claim"))


def version_entry(row: VerdictVersion) -> dict[str, Any]:
    """One line of a claim's history."""
    return {
        "version": row.number,
        "verdict": row.verdict,
        "published_at": row.published_at,
        "reason_code": row.reason_code,
        "severity": row.severity,
        "change_note": row.change_note,
        "review_level": row.review_level,
        "content_sha256": row.content_sha256,
        "url": pinned_url(row.claim.slug, row.number),
    }


def pinned_record(version: VerdictVersion) -> dict[str, Any]:
    """A version as it was frozen; ``content_sha256`` is the digest of document and chart subject together."""
    return {
        "document": version.document,
        "chart_subject": version.chart_subject,
        "content_sha256": version.content_sha256,
        "url": pinned_url(version.claim.slug, version.number),
        "claim_url": claim_url(version.claim.slug),
    }


def claim_addresses(slug: str, number: int) -> dict[str, str]:
    """Every address of a claim and of its current version."""
    return {
        "url": claim_url(slug),
        "json_url": absolute(f"/claims/{slug}.json"),
        "csv_url": absolute(f"/claims/{slug}.csv"),
        "api_url": api_claim_url(slug),
        "pinned_url": pinned_url(slug, number),
        "embed_url": absolute(f"/claims/{slug}/embed/"),
        "card_url": card_url(slug, number),
    }
