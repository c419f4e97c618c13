"""Claims and their versions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from claims.api.paging import PageQuery, Word, answer, chosen_fields, list_answer, not_found
from claims.api.records import ERRORS, ClaimLine, ClaimList, PinnedVersion, Problem, WholeClaim
from claims.counts import FACETS, chosen_claims
from claims.delivery import IMMUTABLE
from claims.exports.whole import claim_addresses, last_modified, pinned_record, whole_claim
from claims.gone import gone_problem
from claims.keyset import BadCursorError, Cursor, below, read_cursor
from claims.live import stale_reasons
from claims.models import Claim
from claims.problems import problem
from claims.queries import (
    latest_publication,
    published_claim,
    published_claims,
    published_versions,
    withdrawn_claims,
)
from claims.scales import CLAIM_KINDS, CONFIDENCES, TOPICS, VERDICTS

router = Router(tags=["claims"])
GONE = {**ERRORS, 410: Problem}
NAMES = tuple(ClaimLine.model_fields)
VerdictName = Literal[*VERDICTS]  # type: ignore[valid-type]
TopicName = Literal[*TOPICS]  # type: ignore[valid-type]
KindName = Literal[*CLAIM_KINDS]  # type: ignore[valid-type]
ConfidenceName = Literal[*CONFIDENCES]  # type: ignore[valid-type]


class ClaimQuery(PageQuery):
    """Filters of the list of claims; all that are given must hold."""

    fields: str = chosen_fields(NAMES)
    after: str = Field(
        "",
        max_length=96,
        description="the cursor of a next link",
        json_schema_extra={"pattern": "^([0-9]{1,16}-[0-9]{1,18})?$"},
    )
    object: Word = Field("", description="designation of the object", examples=["3I"])
    verdict: VerdictName | Literal[""] = Field("", examples=["contradicted"])
    topic: TopicName | Literal[""] = Field("", examples=["size-mass"])
    kind: KindName | Literal[""] = ""
    confidence: ConfidenceName | Literal[""] = ""
    review_level: Literal["", "catalogue", "signed"] = ""
    stale: bool | None = Field(None, description="only those that may (or may not) be out of date")
    published_since: datetime | None = Field(
        None, description="current version published at or after this moment"
    )


COLUMNS = {
    "kind": "current_version__kind", "confidence": "current_version__confidence",
    "review_level": "current_version__review_level",
}  # fmt: skip


@router.get("/", response={200: ClaimList, **ERRORS}, summary="Published claims, newest first")
def claims(request: HttpRequest, asked: Annotated[ClaimQuery, Query()]) -> HttpResponse:
    """Every published claim with its verdict; filters, sparse fields and keyset pages."""
    try:
        cursor = read_cursor(asked.after)
    except BadCursorError as error:
        return problem(422, f"after: {error}", parameter="after")
    chosen = {column: value for name, column in COLUMNS.items() if (value := getattr(asked, name))}
    of_facets = {name: value for name in FACETS if (value := getattr(asked, name))}
    rows = chosen_claims(published_claims(), **of_facets).filter(
        below(cursor, "first_published_at"), **chosen
    )
    if asked.published_since is not None:
        if asked.published_since.tzinfo is None:
            return problem(
                422, "published_since: expected a moment with its time zone", parameter="published_since"
            )
        rows = rows.filter(current_version__published_at__gte=asked.published_since)
    if asked.stale is not None:
        marked = Claim.objects.filter(
            current_version__stale_marks__isnull=False, current_version__stale_marks__cleared_at__isnull=True
        ).values("pk")
        rows = rows.filter(pk__in=marked) if asked.stale else rows.exclude(pk__in=marked)
    rows = rows.order_by("-first_published_at", "-id").defer(
        "current_version__document", "current_version__chart_subject", "current_version__search_text"
    )
    found = list(rows[: asked.limit + 1])
    more, found = len(found) > asked.limit, found[: asked.limit]
    reasons = stale_reasons(row.current_version_id for row in found if row.current_version_id)
    items = [claim_line(row, reasons.get(row.current_version_id or 0, [])) for row in found]
    last = found[-1] if more else None
    following = str(Cursor(last.first_published_at, last.pk)) if last and last.first_published_at else None
    return list_answer(request, items, following, asked, NAMES, latest_publication())


def claim_line(claim: Claim, stale: list[dict[str, Any]]) -> dict[str, Any]:
    """A claim as a list shows it, from the columns of its published version."""
    version = claim.current_version
    if version is None:
        raise ValueError(f"{claim.slug} has no published version")
    scale = VERDICTS[version.verdict]
    return {
        "slug": claim.slug, "object": claim.body.designation,
        **{name: getattr(version, name) for name in ("title", "statement", "kind", "topic", "verdict")},
        "verdict_label": scale.label, "normalized": scale.normalized, "rating": scale.rating,
        **{name: getattr(version, name) for name in ("confidence", "one_line")},
        "version": version.number,
        **{name: getattr(version, name) for name in ("review_level", "evidence_cutoff", "next_review")},
        "first_published_at": claim.first_published_at, "published_at": version.published_at,
        "stale": bool(stale), "stale_reasons": stale, "content_sha256": version.content_sha256,
        **claim_addresses(claim.slug, version.number),
    }  # fmt: skip


def public_claim(slug: str) -> Claim | HttpResponse:
    """A published claim, or the problem that stands in its place."""
    claim = published_claim(slug)
    if claim is not None:
        return claim
    gone = withdrawn_claims().filter(slug=slug).first()
    if gone is not None:
        return gone_problem(gone)
    return not_found("there is no published claim of this name")


@router.get("/{slug:slug}/", response={200: WholeClaim, **GONE}, summary="One claim, whole")
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """The frozen record of the current version, its checks' latest outcomes, and what moved since."""
    row = public_claim(slug)
    if isinstance(row, HttpResponse):
        return row
    record = whole_claim(row)
    return answer(record, last_modified(row, record))


@router.get(
    "/{slug:slug}/versions/{int:number}/",
    response={200: PinnedVersion, **GONE},
    summary="One version, frozen",
)
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A published version as it was frozen; it never changes."""
    row = public_claim(slug)
    if isinstance(row, HttpResponse):
        return row
    found = None
    if number < 2**31:
        found = published_versions(row).filter(number=number).select_related("claim").first()
    if found is None:
        return not_found("this version was never published")
    return answer(pinned_record(found), found.published_at, IMMUTABLE)
