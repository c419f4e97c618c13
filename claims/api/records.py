"""The shapes of the API's answers, as the OpenAPI document describes them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field


class Problem(Schema):
    """RFC 9457; more members may stand beside these, such as `parameter` and `allowed`."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Not found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["there is no published claim of this name"])


class StaleReason(Schema):
    reason: str = Field(examples=["orbit_changed"])
    detail: str
    subject: str | None
    since: datetime


class ClaimLine(Schema):
    """A claim in a list.  With `fields=` only the named ones stand."""

    slug: str | None = Field(None, examples=["manhattan-sized"])
    object: str | None = Field(None, examples=["3I"])
    title: str | None = None
    statement: str | None = None
    kind: str | None = None
    topic: str | None = Field(None, examples=["size-mass"])
    verdict: str | None = Field(None, examples=["contradicted"])
    verdict_label: str | None = None
    normalized: Literal["TRUE", "FALSE", "MIXTURE", "OTHER"] | None = None
    rating: int | None = Field(None, description="5 to 1; null for a verdict outside the scale of truth")
    confidence: str | None = None
    one_line: str | None = None
    version: int | None = None
    review_level: Literal["catalogue", "signed"] | None = None
    evidence_cutoff: date | None = None
    next_review: date | None = None
    first_published_at: datetime | None = None
    published_at: datetime | None = None
    stale: bool | None = None
    stale_reasons: list[StaleReason] | None = None
    content_sha256: str | None = None
    url: str | None = None
    json_url: str | None = None
    csv_url: str | None = None
    api_url: str | None = None
    pinned_url: str | None = None
    embed_url: str | None = None
    card_url: str | None = None


class ClaimList(Schema):
    items: list[ClaimLine]
    next: str | None = Field(description="the next page, or null at the end")


class WholeClaim(Schema):
    """The frozen record of the current version, and what moved since it was signed."""

    model_config = ConfigDict(extra="allow")

    slug: str
    version: int
    object: dict[str, str]
    title: str
    statement: str
    truth_condition: str
    verdict: str
    verdict_label: str
    normalized: Literal["TRUE", "FALSE", "MIXTURE", "OTHER"]
    rating: int | None
    confidence: str
    one_line: str
    key_points: list[str]
    rationale: str
    key_numbers: list[dict[str, Any]]
    evidence: list[dict[str, Any]]
    appearances: list[dict[str, Any]]
    checks: list[dict[str, Any]]
    stale: bool
    stale_reasons: list[StaleReason]
    related: list[dict[str, str]]
    versions: list[dict[str, Any]]
    content_sha256: str


class PinnedVersion(Schema):
    """A version as frozen: sha256 of canonical JSON of [document, chart_subject] is content_sha256."""

    document: dict[str, Any]
    chart_subject: dict[str, Any]
    content_sha256: str
    url: str
    claim_url: str


class Line(Schema):
    """An item whose fields the description of the list names; a missing value is null."""

    model_config = ConfigDict(extra="allow")


class List(Schema):
    items: list[Line]
    next: str | None = Field(description="the next page, or null at the end")


ERRORS = {400: Problem, 404: Problem, 422: Problem, 429: Problem}
