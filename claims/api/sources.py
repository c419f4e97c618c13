"""Sources, with how far each was read and where."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from claims.addresses import absolute
from claims.api.paging import PageQuery, Word, answer, by_key, chosen_fields, list_answer, not_found
from claims.api.records import ERRORS, Line, List
from claims.models import Source
from claims.queries import latest_load

router = Router(tags=["sources"])
COLUMNS = (
    "key", "title", "authors_short", "year", "journal", "doi", "arxiv", "bibcode", "kind", "tier", "read_at", "reading",
    "verification", "licence",
)  # fmt: skip
NAMES = (*COLUMNS, "url", "page_url")


class SourceQuery(PageQuery):
    """Filters of the list of sources."""

    fields: str = chosen_fields(NAMES)
    kind: Word = Field("", examples=["peer_reviewed"])
    tier: int | None = Field(None, ge=1, le=7, description="1 archive data … 7 blog or social post")


@router.get("/", response={200: List, **ERRORS}, summary="Sources")
def sources(request: HttpRequest, asked: Annotated[SourceQuery, Query()]) -> HttpResponse:
    """Papers, agency pages, data services and posts that the record rests on or reviews."""
    rows = Source.objects.all()
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.tier is not None:
        rows = rows.filter(tier=asked.tier)
    found, following = by_key(rows, asked)
    lines = [source_line(row) for row in found]
    return list_answer(request, lines, following, asked, NAMES, latest_load())


@router.get("/{key}/", response={200: Line, **ERRORS}, summary="One source")
def source(request: HttpRequest, key: str) -> HttpResponse:
    row = Source.objects.filter(key=key[:200]).first()
    return answer(source_line(row), latest_load()) if row else not_found("no such source in this record")


def source_line(row: Source) -> dict[str, Any]:
    """A source; what is empty in the record is null here."""
    return {
        **{name: None if (value := getattr(row, name)) == "" else value for name in COLUMNS},
        "url": row.url or None,
        "page_url": absolute(f"/sources/{row.key}/"),
    }
