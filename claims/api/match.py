"""The article checker through the API; the text is read in memory and gone with the answer."""

from __future__ import annotations

from typing import Any, Literal

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from ninja import Router, Schema
from pydantic import Field

from claims.api.records import ERRORS, Problem
from claims.articles.checking import MOST_CHARACTERS, CheckFailed, TooLong, check_text
from claims.articles.rate import seconds_to_wait
from claims.articles.wordings import NotReadYet
from claims.articles.words import told_in_english
from claims.problems import problem

router = Router(tags=["article checker"])
WAIT_FOR_THE_WORKER_S = 30


class QuantityLine(Schema):
    """A number of the sentence; null where the claim, or we, have none to set beside it."""

    text: str = Field(description="as it stands in the text sent")
    value: float | str | None
    unit: str
    agrees_with_claim: bool | None
    measured: dict[str, Any] | None


class MatchLine(Schema):
    """A sentence that repeats a published claim."""

    slug: str
    title: str
    verdict: str
    score: float
    band: Literal["strong", "likely", "possible"]
    span: list[int] = Field(description="start and stop in Unicode code points of the text as sent")
    sentence: str
    stance: Literal["asserts", "attributes", "refutes", "unclear"]
    quantities: list[QuantityLine]
    shared: list[str] = Field(description="words of the sentence that the claim has too")
    url: str


class RelatedLine(Schema):
    """A published claim that the text comes near."""

    slug: str
    title: str
    verdict: str
    score: float
    url: str


class MatchAnswer(Schema):
    """Which published claims a text repeats, best match first."""

    language: str
    sentences: int
    matches: list[MatchLine]
    related: list[RelatedLine]
    message: str


BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["text"],
                    "properties": {"text": {"type": "string", "maxLength": MOST_CHARACTERS}},
                },
                "example": {
                    "text": "Webb confirmed that 3I/ATLAS leaks an alloy that does not exist in nature."
                },
            }
        },
    }
}


@router.post(
    "/match",
    response={200: MatchAnswer, **ERRORS, 413: Problem, 503: Problem},
    summary="Which reviewed claims does a text repeat?",
    openapi_extra=BODY,
)
def match(request: HttpRequest) -> HttpResponse:
    """Hold a text against the published claims, sentence by sentence; nothing of it is stored or logged."""
    try:
        body = orjson.loads(request.body)
    except RequestDataTooBig:
        return problem(413, f"the body is too large; a text has at most {MOST_CHARACTERS} characters", allowed=MOST_CHARACTERS)  # fmt: skip
    except UnreadablePostError:
        return problem(400, "the body broke off", parameter="body")
    except orjson.JSONDecodeError:
        return problem(400, "the body is not JSON in UTF-8", parameter="body")
    text = body.get("text") if isinstance(body, dict) else None
    if not isinstance(text, str):
        return problem(422, 'the body is an object {"text": "..."} with the text to check', parameter="text")
    if wait := seconds_to_wait(request, min(len(text), MOST_CHARACTERS)):
        refused = problem(429, f"much text for one minute; try again in {wait} s", retry_after_s=wait)
        refused.headers["Retry-After"] = str(wait)
        return refused
    try:
        found = check_text(text)
    except TooLong as fault:
        return problem(413, str(fault), parameter="text", allowed=MOST_CHARACTERS)
    except NotReadYet:
        refused = problem(503, "the record is being read for the article checker; try again soon")
        refused.headers["Retry-After"] = str(WAIT_FOR_THE_WORKER_S)
        return refused
    except CheckFailed as fault:
        return problem(500, str(fault))
    response = HttpResponse(
        orjson.dumps(found.as_json(told_in_english(found))), content_type="application/json"
    )
    response["Cache-Control"] = "no-store"
    return response
