"""Ephemerides, vectors, orbit solutions, close approaches and windows of an object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from claims.addresses import absolute
from claims.api.paging import answer, not_found
from claims.api.records import ERRORS
from claims.delivery import DATA, keep
from claims.problems import problem
from ephemeris.almanac.answers import (
    Answer,
    ephemeris_answer,
    solution_entry,
    vectors_answer,
)
from ephemeris.almanac.occasions import (
    asymptotes_answer,
    close_approaches_answer,
    separation_answer,
    windows_answer,
)
from ephemeris.almanac.questions import QuestionRefused, ephemeris_question, vectors_question
from ephemeris.almanac.writers import WRITERS
from ephemeris.models import OrbitSolution, SmallBody
from ephemeris.queries import solution_record

router = Router(tags=["ephemeris"])
FORMATS = {"type": "string", "enum": ["json", "csv", "ecsv", "votable"], "default": "json"}
TABLE = {
    "responses": {
        200: {
            "description": "The rows, in the format that was asked for",
            "content": {
                "application/json": {"schema": {"type": "object"}},
                "text/csv": {"schema": {"type": "string"}},
                "application/x-votable+xml": {"schema": {"type": "string"}},
            },
        }
    }
}


def _parameter(name: str, meaning: str, example: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "name": name, "in": "query", "required": False, "description": meaning, "example": example,
        "schema": schema or {"type": "string"},
    }  # fmt: skip


SOLUTION = _parameter("solution", "id of a stored orbit solution; the default one otherwise", "JPL44")
SPAN = [
    _parameter("start", "first instant", "2025-10-01T00:00Z"),
    _parameter("stop", "last instant", "2025-10-05T00:00Z"),
    _parameter("step", "such as 30m, 6h or 1d; at most 10,000 rows", "6h"),
]
BODY = _parameter("body", "a planet, the Moon or the Sun", "mars")
INTERVAL = [
    _parameter("start", "first instant; 400 days before the orbit's epoch otherwise", "2025-07-01T00:00Z"),
    _parameter("stop", "last instant; 900 days after the orbit's epoch otherwise", "2026-12-31T00:00Z"),
]
EPHEMERIS = TABLE | {
    "parameters": [
        _parameter("observer", "500 (geocentre), 500@10 (Sun), 500@499 (Mars), perseverance, curiosity, jwst, an MPC code", "500"),
        *SPAN,
        _parameter("times", "instead of start, stop, step: up to 200 UTC instants by commas", "2025-10-03T04:37Z"),
        SOLUTION,
        _parameter("format", "json, csv, ecsv or votable", "json", FORMATS),
    ]
}  # fmt: skip
VECTORS = TABLE | {
    "parameters": [
        _parameter("center", "an observer code; the Sun otherwise", "500@10"),
        _parameter("frame", "ecliptic (of J2000.0) or icrf", "ecliptic", {"type": "string", "enum": ["ecliptic", "icrf"]}),
        *SPAN,
        _parameter("times", "up to 200 TDB Julian dates by commas", "2460951.5"),
        SOLUTION,
        _parameter("format", "json, csv, ecsv or votable", "json", FORMATS),
    ]
}  # fmt: skip


def refused(error: QuestionRefused) -> HttpResponse:
    """The problem document of a question that cannot be answered."""
    status = 404 if error.parameter == "object" else 422
    allowed = {"allowed": error.allowed} if error.allowed else {}
    return problem(status, str(error), parameter=error.parameter, **allowed)


def _table(
    request: HttpRequest, designation: str, asks: Callable[[Any], Any], answers: Callable[[str, Any], Answer]
) -> HttpResponse:
    if not SmallBody.objects.filter(designation=designation[:32]).exists():
        return not_found("no such object in this record")
    try:
        question = asks(request.GET.dict())
        found = answers(designation, question)
    except QuestionRefused as error:
        return refused(error)
    media_type, writes = WRITERS[question.format]
    body = writes(found, timezone.now(), absolute(request.get_full_path()))
    response = HttpResponse(body, content_type=media_type)
    response["Cache-Control"] = DATA
    return keep(response)


@router.get(
    "/{designation}/ephemeris/", response=ERRORS, summary="Ephemeris of an object", openapi_extra=EPHEMERIS
)
def object_ephemeris(request: HttpRequest, designation: str) -> HttpResponse:
    """Astrometric positions, rates, distances and angles for an observer, with the solution and engine used."""
    return _table(request, designation, ephemeris_question, ephemeris_answer)


@router.get(
    "/{designation}/vectors/", response=ERRORS, summary="Geometric state vectors", openapi_extra=VECTORS
)
def object_vectors(request: HttpRequest, designation: str) -> HttpResponse:
    """Positions and velocities at TDB Julian dates, for comparison with Horizons VECTORS."""
    return _table(request, designation, vectors_question, vectors_answer)


@router.get("/{designation}/solutions/", response={200: dict, **ERRORS}, summary="Stored orbit solutions")
def object_solutions(request: HttpRequest, designation: str) -> HttpResponse:
    """Every stored solution with elements, force model, arc, provenance, and what it replaced."""
    rows = list(
        OrbitSolution.objects.filter(body__designation=designation[:32])
        .select_related("body", "replaces")
        .order_by("pk")
    )
    if not rows:
        return not_found("no such object in this record")
    items = [
        solution_entry(solution_record(row), row.replaces.solution_id if row.replaces else None)
        for row in rows
    ]
    return answer({"items": items, "next": None})


def _occasions(
    request: HttpRequest, designation: str, answers: Callable[[str, dict[str, str]], dict[str, Any]]
) -> HttpResponse:
    if not SmallBody.objects.filter(designation=designation[:32]).exists():
        return not_found("no such object in this record")
    try:
        return answer(answers(designation, request.GET.dict()))
    except QuestionRefused as error:
        return refused(error)


@router.get(
    "/{designation}/close-approaches/",
    response={200: dict, **ERRORS},
    summary="Closest approaches to a planet",
    openapi_extra={"parameters": [BODY, SOLUTION]},
)
def object_close_approaches(request: HttpRequest, designation: str) -> HttpResponse:
    """Time, distance and relative speed of every closest approach within the years about the passage."""
    return _occasions(request, designation, close_approaches_answer)


@router.get(
    "/{designation}/windows/",
    response={200: dict, **ERRORS},
    summary="When the solar elongation lies between two angles",
    openapi_extra={
        "parameters": [
            _parameter("observer", "an observer code; Webb otherwise", "jwst"),
            _parameter("min", "least angle from the Sun, degrees", "85"),
            _parameter("max", "largest angle from the Sun, degrees", "135"),
            *INTERVAL,
            SOLUTION,
        ]
    },
)
def object_windows(request: HttpRequest, designation: str) -> HttpResponse:
    """Windows of a telescope's field of regard, by default Webb's 85 to 135 degrees from the Sun."""
    return _occasions(request, designation, windows_answer)


@router.get(
    "/{designation}/separation/",
    response={200: dict, **ERRORS},
    summary="Nearest to a planet on the sky",
    openapi_extra={
        "parameters": [BODY, _parameter("observer", "an observer code", "500"), *INTERVAL, SOLUTION]
    },
)
def object_separation(request: HttpRequest, designation: str) -> HttpResponse:
    """When and how near the object passes a planet, the Moon or the Sun on an observer's sky."""
    return _occasions(request, designation, separation_answer)


@router.get(
    "/{designation}/asymptotes/",
    response={200: dict, **ERRORS},
    summary="Speed and direction far from the Sun",
    openapi_extra={"parameters": [SOLUTION]},
)
def object_asymptotes(request: HttpRequest, designation: str) -> HttpResponse:
    """Hyperbolic excess speed and direction, relative to the barycentre, on the way in and out."""
    return _occasions(request, designation, asymptotes_answer)
