"""Interstellar objects of the record."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from claims.addresses import absolute
from claims.api.paging import PageQuery, answer, by_key, chosen_fields, list_answer, not_found
from claims.api.records import ERRORS, Line, List
from claims.counts import claim_counts
from claims.generation import generation_of
from claims.scales import VERDICTS
from ephemeris.models import OrbitSolution, SmallBody

router = Router(tags=["objects"])
NAMES = (
    "designation", "full_designation", "other_designations", "name", "kind", "discovery_date", "discovery_precision",
    "discovery_site", "live", "claims", "orbit_solution", "url", "api_url", "feed_url",
)  # fmt: skip


class ObjectQuery(PageQuery):
    """The page of the list of objects."""

    fields: str = chosen_fields(NAMES)


@router.get("/", response={200: List, **ERRORS}, summary="Objects")
def objects(request: HttpRequest, page: Annotated[ObjectQuery, Query()]) -> HttpResponse:
    """Every object with the tally of verdicts on its claims and the orbit solution in use."""
    rows, following = by_key(SmallBody.objects.all(), page, "designation")
    return list_answer(request, _lines(rows, generation_of(request)), following, page, NAMES)


@router.get("/{designation}/", response={200: Line, **ERRORS}, summary="One object")
def one_object(request: HttpRequest, designation: str) -> HttpResponse:
    """An object by its short designation, such as 3I."""
    row = SmallBody.objects.filter(designation=designation[:32]).first()
    if row is None:
        return not_found("no such object in this record")
    return answer(_lines([row], generation_of(request))[0])


def _lines(rows: list[SmallBody], generation: str) -> list[dict[str, Any]]:
    tallies: dict[str, dict[str, int]] = {row.designation: dict.fromkeys(VERDICTS, 0) for row in rows}
    for (body, _, verdict), number in claim_counts(generation).items():
        if body in tallies:
            tallies[body][verdict] += number
    solutions = dict(
        OrbitSolution.objects.filter(body__in=rows, is_default=True).values_list("body", "solution_id")
    )
    return [
        {
            **{name: getattr(row, name) for name in NAMES[:9]},
            "claims": tallies[row.designation],
            "orbit_solution": solutions.get(row.pk),
            "url": absolute(f"/objects/{row.designation}/"),
            "api_url": absolute(f"/api/v1/objects/{row.designation}/"),
            "feed_url": absolute(f"/objects/{row.designation}/feed.json"),
        }
        for row in rows
    ]
