"""The readers of the record; `published_claims` is the one public door."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from claims.models import Claim, EditorialLog, StaleMark, VerdictVersion


def published_claims() -> QuerySet[Claim]:
    """The claims that the public may see: published and not withdrawn, with their current version."""
    return Claim.objects.filter(current_version__isnull=False, withdrawn_at__isnull=True).select_related(
        "current_version", "body"
    )


def withdrawn_claims() -> QuerySet[Claim]:
    """Claims whose address answers with a tombstone."""
    return Claim.objects.filter(current_version__isnull=False, withdrawn_at__isnull=False).select_related(
        "body"
    )


def published_versions(claim: Claim) -> QuerySet[VerdictVersion]:
    """Every version of a claim that was ever public, newest first."""
    return claim.versions.filter(state="published").order_by("-number")


def standing_stale_marks(versions: QuerySet[VerdictVersion] | list[int]) -> QuerySet[StaleMark]:
    """Why versions may be out of date, as of now."""
    return StaleMark.objects.filter(version__in=versions, cleared_at__isnull=True)


def verdict_tally() -> dict[str, int]:
    """How many published claims carry each verdict."""
    rows = published_claims().values("current_version__verdict").annotate(number=Count("pk")).order_by()
    return {row["current_version__verdict"]: row["number"] for row in rows}


def facet_counts(**chosen: str) -> dict[str, dict[str, int]]:
    """How many published claims each value of object, topic and verdict would leave, given the others."""
    columns = {
        "object": "body__designation",
        "topic": "current_version__topic",
        "verdict": "current_version__verdict",
    }
    counts = {}
    for facet, column in columns.items():
        others = Q(**{columns[name]: value for name, value in chosen.items() if name != facet and value})
        rows = published_claims().filter(others).values(column).annotate(number=Count("pk")).order_by()
        counts[facet] = {row[column]: row["number"] for row in rows}
    return counts


def related_claims(claim: Claim) -> list[tuple[str, Claim]]:
    """Published claims that this one is related to, with the relation read from this one."""
    rows = claim.relations.filter(other__in=published_claims()).select_related(
        "other__current_version", "other__body"
    )
    return [(row.relation, row.other) for row in rows]


def latest_publication() -> datetime | None:
    """When the public record last changed: newest publication, withdrawal or stale mark."""
    return (
        EditorialLog.objects.filter(action__in=["publish", "withdraw", "mark_stale"])
        .order_by("-pk")
        .values_list("at", flat=True)
        .first()
    )
