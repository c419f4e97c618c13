"""Measurements: values as printed and as numbers, with errors, limits, epochs and sources."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from claims.addresses import absolute
from claims.api.paging import PageQuery, Word, answer, by_key, chosen_fields, list_answer, not_found
from claims.api.records import ERRORS, Line, List
from claims.models import Measurement
from claims.queries import latest_load

router = Router(tags=["measurements"])
COLUMNS = (
    "body", "quantity", "unit", "subject", "value", "plus", "minus", "limit", "error_kind", "as_printed",
    "value_time", "time_scale", "time_precision", "presence", "observed_from", "observed_to", "r_h_au", "leg",
    "instrument", "observatory", "locator", "verification", "disputed", "dispute_note", "series", "statement", "note",
)  # fmt: skip
NAMES = ("id", *COLUMNS, "source", "also_in", "superseded_by", "url", "source_url")


class MeasurementQuery(PageQuery):
    """Filters of the list of measurements."""

    fields: str = chosen_fields(NAMES)
    object: Word = Field("", description="object, comet, instrument or group measured", examples=["3I"])
    quantity: Word = Field("", description="a quantity of the vocabulary", examples=["nucleus_radius"])
    series: Word = Field("", description="name of a series", examples=[""])
    source: Word = Field("", description="id of a source")
    standing: bool | None = Field(None, description="true: without those that were superseded")


@router.get("/", response={200: List, **ERRORS}, summary="Measurements")
def measurements(request: HttpRequest, asked: Annotated[MeasurementQuery, Query()]) -> HttpResponse:
    """Measured, computed and reported facts, each with its source.  A limit is never an absence."""
    named = {"object": "body", "quantity": "quantity", "series": "series", "source": "source__key"}
    chosen = {column: value for name, column in named.items() if (value := getattr(asked, name))}
    rows = Measurement.objects.filter(**chosen)
    if asked.standing is not None:
        rows = rows.filter(superseded_by__isnull=asked.standing)
    found, following = by_key(_whole(rows), asked)
    lines = [measurement_line(row) for row in found]
    return list_answer(request, lines, following, asked, NAMES, latest_load())


@router.get("/{key}/", response={200: Line, **ERRORS}, summary="One measurement")
def measurement(request: HttpRequest, key: str) -> HttpResponse:
    row = _whole(Measurement.objects.filter(key=key[:200])).first()
    return (
        answer(measurement_line(row), latest_load())
        if row
        else not_found("no such measurement in this record")
    )


def _whole(rows: Any) -> Any:
    return rows.select_related("source", "superseded_by").prefetch_related("also_in")


def measurement_line(row: Measurement) -> dict[str, Any]:
    """A measurement; what is empty in the record is null here."""
    return {
        "id": row.key,
        **{name: None if (value := getattr(row, name)) == "" else value for name in COLUMNS},
        "source": row.source.key,
        "also_in": [source.key for source in row.also_in.all()],
        "superseded_by": row.superseded_by.key if row.superseded_by else None,
        "url": absolute(f"/measurements/{row.key}/"),
        "source_url": row.source.url or None,
    }
