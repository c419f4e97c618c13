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
from claims.queries import latest, latest_load
from claims.scales import SOURCE_STATES
from claims.watching.standing import Standing, latest_look, sources_in, standing_json, standings

router = Router(tags=["sources"])
COLUMNS = (
    "title", "authors_short", "year", "journal", "doi", "arxiv", "bibcode", "kind", "tier", "read_at", "reading",
    "verification", "licence",
)  # fmt: skip
NAMES = ("id", *COLUMNS, "url", "page_url", "watched")


class SourceQuery(PageQuery):
    """Filters of the list of sources."""

    fields: str = chosen_fields(NAMES)
    kind: Word = Field("", examples=["peer_reviewed"])
    state: str = Field(
        "",
        pattern=f"^({'|'.join(SOURCE_STATES)})?$",
        description="what was seen of it",
        examples=["retracted"],
    )
    tier: int | None = Field(None, ge=1, le=7, description="1 archive data … 7 blog or social post")


@router.get("/", response={200: List, **ERRORS}, summary="Sources")
def sources(request: HttpRequest, asked: Annotated[SourceQuery, Query()]) -> HttpResponse:
    """Papers, agency pages, data services and posts that the record rests on or reviews."""
    rows = Source.objects.all()
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.tier is not None:
        rows = rows.filter(tier=asked.tier)
    if asked.state:
        rows = rows.filter(pk__in=sources_in(asked.state))
    found, following = by_key(rows, asked)
    known = standings(row.key for row in found)
    lines = [source_line(row, known.get(row.key)) for row in found]
    return list_answer(request, lines, following, asked, NAMES, latest(latest_load(), latest_look()))


@router.get("/{key}/", response={200: Line, **ERRORS}, summary="One source")
def source(request: HttpRequest, key: str) -> HttpResponse:
    row = Source.objects.filter(key=key[:200]).first()
    if row is None:
        return not_found("no such source in this record")
    return answer(source_line(row, standings([row.key]).get(row.key)), latest(latest_load(), latest_look()))


def source_line(row: Source, standing: Standing | None) -> dict[str, Any]:
    """A source; what is empty in the record is null here."""
    return {
        "id": row.key,
        **{name: None if (value := getattr(row, name)) == "" else value for name in COLUMNS},
        "url": row.url or None,
        "page_url": absolute(f"/sources/{row.key}/"),
        "watched": standing_json(standing),
    }
