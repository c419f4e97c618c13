"""The readers of the record; `published_claims` is the one public door."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from claims.models import (
    CheckRun,
    Claim,
    EditorialLog,
    Evidence,
    IntegrityRun,
    Measurement,
    Source,
    StaleMark,
    VerdictVersion,
    VersionRelation,
)
from claims.models.claims import PUBLIC
from ephemeris.models import (
    ArchivePoll,
    ArchiveStatusChange,
    Campaign,
    OrbitSolution,
    ServiceRefresh,
)


def published_claims() -> QuerySet[Claim]:
    """The claims that the public may see: published and not withdrawn, with their current version."""
    return Claim.objects.filter(PUBLIC).select_related("current_version", "body")


def published_claim(slug: str) -> Claim | None:
    """The claim of a name, if the public may see it."""
    try:
        return published_claims().get(slug=slug)
    except Claim.DoesNotExist:
        return None


def withdrawn_claims() -> QuerySet[Claim]:
    """Claims whose address answers with a tombstone."""
    return Claim.objects.filter(current_version__isnull=False, withdrawn_at__isnull=False).select_related(
        "body"
    )


def latest_withdrawals(number: int) -> list[Claim]:
    """The claims that were withdrawn last, each with the published claims that took its place."""
    standing = Prefetch("successors__successor", listed(published_claims()), to_attr="standing")
    rows = withdrawn_claims().order_by("-withdrawn_at", "-pk")[:number]
    return list(rows.prefetch_related(standing))


def published_versions(claim: Claim) -> QuerySet[VerdictVersion]:
    """Every version of a claim that was ever public, newest first."""
    return claim.versions.filter(state="published").order_by("-number")


def standing_stale_marks(versions: QuerySet[VerdictVersion] | list[int]) -> QuerySet[StaleMark]:
    """Why versions may be out of date, as of now."""
    return StaleMark.objects.filter(version__in=versions, cleared_at__isnull=True)


def record_sizes() -> tuple[int, int]:
    """How many sources and how many campaigns the record holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM claims_source), (SELECT count(*) FROM ephemeris_campaign)"
        )
        sources, campaigns = cursor.fetchone()
    return sources, campaigns


def related_claims(claim: Claim) -> list[tuple[str, Claim]]:
    """Published claims that the current version of this one is related to, with the relation read from this one."""
    carried = VersionRelation.objects.filter(version=claim.current_version_id).values_list(
        "relation", "other"
    )
    return _to_published(list(carried))


def relations_of(versions: Iterable[VerdictVersion]) -> dict[int, list[tuple[str, Claim]]]:
    """What each version carries of relations to published claims, by the version's id."""
    rows = list(
        VersionRelation.objects.filter(version__in=list(versions)).values_list("version", "relation", "other")
    )
    others = {other.pk: other for _, other in _to_published([(relation, key) for _, relation, key in rows])}
    found: dict[int, list[tuple[str, Claim]]] = defaultdict(list)
    for version, relation, key in rows:
        if key in others:
            found[version].append((relation, others[key]))
    return found


def related_by_next_version(claim: Claim) -> list[tuple[str, Claim]]:
    """The same as the claim's next version would carry it."""
    return _to_published(list(claim.relations.values_list("relation", "other")))


def _to_published(relations: list[tuple[str, int]]) -> list[tuple[str, Claim]]:
    if not relations:
        return []
    rows = listed(published_claims()).filter(pk__in=[key for _, key in relations]).order_by()
    others = {row.pk: row for row in rows}
    return [(relation, others[key]) for relation, key in relations if key in others]


def latest_publication() -> datetime | None:
    """When the public record last changed: newest publication, withdrawal or stale mark."""
    # the last row of each action is the first entry of its part of an index
    last = [
        Subquery(EditorialLog.objects.filter(action=action).order_by("-pk").values("pk")[:1])
        for action in ("publish", "withdraw", "mark_stale")
    ]
    return EditorialLog.objects.filter(Q(pk__in=last)).order_by("-pk").values_list("at", flat=True).first()


def latest_load() -> datetime | None:
    """When the catalogue of sources, measurements and campaigns last changed."""
    return (
        EditorialLog.objects.filter(action="load_catalogue")
        .order_by("-pk")
        .values_list("at", flat=True)
        .first()
    )


def latest_check_run() -> datetime | None:
    """When a check was last run."""
    return CheckRun.objects.order_by("-pk").values_list("ran_at", flat=True).first()


def latest_archive_change() -> datetime | None:
    """When an archive last opened or closed a campaign."""
    return ArchiveStatusChange.objects.order_by("-at", "-pk").values_list("at", flat=True).first()


def latest_poll() -> datetime | None:
    """When an archive was last asked."""
    return ArchivePoll.objects.order_by("-pk").values_list("asked_at", flat=True).first()


def latest(*moments: datetime | None) -> datetime | None:
    """The last of the moments that are known."""
    return max((moment for moment in moments if moment is not None), default=None)


def listed(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Claims as a list shows them: without the frozen documents, which only a claim's own page reads."""
    return claims.defer(
        "current_version__document",
        "current_version__chart_subject",
        "current_version__search_text",
        "current_version__rationale",
    )


def latest_reviews(number: int) -> list[Claim]:
    """The claims whose current version was published last."""
    # from the versions, which have an index in the order of their publication: from the claims all would be sorted
    versions = (
        VerdictVersion.objects.filter(Exists(published_claims().filter(current_version=OuterRef("pk"))))
        .select_related("claim", "claim__body")
        .defer("document", "chart_subject", "search_text", "rationale")
        .order_by("-published_at", "-pk")
    )
    claims = []
    for version in versions[:number]:
        version.claim.current_version = version
        claims.append(version.claim)
    return claims


def corrected_versions() -> QuerySet[VerdictVersion]:
    """Published versions that replaced an earlier one, of claims that are still public, newest first."""
    return (
        VerdictVersion.objects.filter(state="published", number__gt=1)
        .filter(Exists(published_claims().filter(pk=OuterRef("claim"))))
        .select_related("claim", "claim__body")
        .defer("document", "chart_subject", "search_text")
        .order_by("-published_at", "-pk")
    )


def stale_claim_count() -> int:
    """How many published claims wait for a person because something they rest on has moved."""
    marked = StaleMark.objects.filter(cleared_at__isnull=True).values("version")
    return published_claims().filter(current_version__in=marked).count()


def citing(**fact: Measurement | Source | Campaign) -> QuerySet[Claim]:
    """Published claims whose current version has the given measurement, source or campaign as evidence."""
    versions = Evidence.objects.filter(**fact).values("version")
    return listed(published_claims()).filter(current_version__in=versions).order_by("slug")


def sources_with_counts() -> QuerySet[Source]:
    """Sources with the number of measurements that were transcribed from each."""
    return Source.objects.annotate(measured=Count("measurements")).order_by("tier", "key")


def tier_counts() -> dict[int, int]:
    """How many sources stand on each tier."""
    rows = Source.objects.values("tier").annotate(number=Count("pk")).order_by("tier")
    return {row["tier"]: row["number"] for row in rows}


def measured_counts(column: str, **chosen: str) -> dict[str, int]:
    """How many standing measurements each value of ``column`` (body or quantity) has."""
    rows = (
        Measurement.objects.filter(superseded_by__isnull=True, **chosen)
        .values(column)
        .annotate(number=Count("pk"))
        .order_by(column)
    )
    return {row[column]: row["number"] for row in rows}


def default_solutions() -> dict[str, OrbitSolution]:
    """The orbit solution in use for each object, by designation."""
    rows = OrbitSolution.objects.filter(is_default=True).select_related("body")
    return {row.body.designation: row for row in rows}


def latest_integrity_run() -> IntegrityRun | None:
    """The last nightly look at whether the record still holds together; None before the first."""
    return IntegrityRun.objects.first()


def last_refreshes() -> list[ServiceRefresh]:
    """The latest attempt at each orbit or ephemeris service."""
    newest = ServiceRefresh.objects.order_by().values("service").annotate(newest=Max("pk")).values("newest")
    return list(ServiceRefresh.objects.filter(pk__in=newest).order_by("service"))
