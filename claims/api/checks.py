"""Checks: what each asks, what they said of a claim, and a run on anybody's own numbers."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from claims.api.claims import GONE, public_claim
from claims.api.paging import answer, not_found
from claims.api.records import ERRORS, Problem
from claims.check_answers import check_entries, claim_check_entries, own_numbers_answer
from claims.problems import problem
from science.checks.contract import ParameterRefused
from science.checks.registry import checks as registered

router = Router(tags=["checks"])
of_claims = Router(tags=["checks"])
LARGEST_BODY = 64 * 1024


class Input(Schema):
    """A parameter of a check, or an input of a run."""

    name: str
    kind: str
    meaning: str
    unit: str | None
    required: bool
    minimum: float | None
    maximum: float | None
    choices: list[str] | None


class CheckLine(Schema):
    """A registered check with its input schema."""

    name: str = Field(examples=["density_from_mass_and_size"])
    question: str
    quantity: str
    references: list[str]
    tolerance: float
    inputs: list[Input]
    run_url: str


class CheckList(Schema):
    """Every registered check."""

    items: list[CheckLine]
    next: None = None


class InputEntry(Schema):
    """What a result was computed from."""

    kind: str
    id: str
    url: str | None


class RunLine(Schema):
    """A check of a claim with its newest run; outcome null before the first."""

    name: str
    question: str | None
    parameters: dict[str, Any]
    run_url: str
    outcome: str | None
    sentence: str | None
    asserted: dict[str, Any] | None
    computed: dict[str, Any] | None
    inputs: list[InputEntry]
    as_of: str | None
    seed: int | None
    solution: str | None
    details: dict[str, Any]


class RunList(Schema):
    """The checks of a claim."""

    items: list[RunLine]
    next: None = None


class OwnRun(Schema):
    """A run on one's own numbers; nothing of it is kept."""

    name: str
    question: str
    outcome: str
    sentence: str
    asserted: dict[str, Any] | None
    computed: dict[str, Any] | None
    inputs: list[InputEntry]
    as_of: str
    seed: int | None
    solution: str | None
    details: dict[str, Any]
    references: list[str]


BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "description": "Parameters of the check by name: numbers in the unit that /checks/ gives, or "
                    '{"value": number, "unit": text}. Optionally "asserted" (quantity, value, unit, relation) and "object".',
                },
                "example": {"mass_kg": {"value": 1e10, "unit": "t"}, "radius_km": 1.3},
            }
        },
    }
}


@router.get("/", response={200: CheckList, **ERRORS}, summary="Every registered check")
def all_checks(request: HttpRequest) -> HttpResponse:
    """The question, references and parameters of every check."""
    return answer({"items": check_entries(), "next": None})


@of_claims.get("/{slug:slug}/checks/", response={200: RunList, **GONE}, summary="A claim's checks")
def claim_checks(request: HttpRequest, slug: str) -> HttpResponse:
    """What each check of the published claim said last, with its inputs."""
    row = public_claim(slug)
    if isinstance(row, HttpResponse):
        return row
    return answer({"items": claim_check_entries(row), "next": None})


@router.post(
    "/{name}",
    response={200: OwnRun, **ERRORS, 413: Problem},
    summary="Run a check on your own numbers",
    openapi_extra=BODY,
)
def run_own(request: HttpRequest, name: str) -> HttpResponse:
    """Run a check on the numbers of the body and the facts on record; nothing is stored."""
    check = registered().get(name)
    if check is None:
        return not_found(f"there is no check of this name; allowed: {', '.join(registered())}")
    try:
        announced = int(request.headers.get("Content-Length") or 0)
    except ValueError:
        announced = LARGEST_BODY + 1
    if announced > LARGEST_BODY:
        return problem(413, f"the body is larger than {LARGEST_BODY} bytes", allowed=LARGEST_BODY)
    try:
        body = orjson.loads(request.body)
    except orjson.JSONDecodeError:
        return problem(400, "the body is not JSON (NaN and Infinity are not JSON)", parameter="body")
    if not isinstance(body, dict):
        return problem(422, "the body is not an object of names and values", parameter="body")
    try:
        result = own_numbers_answer(check, body, timezone.now())
    except ParameterRefused as refused:
        return problem(422, str(refused), parameter=refused.name)
    response = HttpResponse(orjson.dumps(result), content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response
