"""What a source and an object of the catalogue must be."""

from __future__ import annotations

from typing import Any

from claims.catalogue.fields import (
    ARXIV,
    BIBCODE,
    DOI,
    KEBAB,
    checked,
    flag,
    one_of,
    partial_date,
    text,
    texts,
    web,
    whole,
)
from claims.catalogue.problems import Problem, Row
from claims.scales import READINGS, SOURCE_KINDS

LATEST_YEAR = (
    2100  # a plausible year, not "now": a catalogue does not become wrong on a machine whose clock is
)

SOURCE = {
    "id": text(required=True),
    "title": text(required=True),
    "authors_short": text(required=True, most=255),
    "year": whole(1900, LATEST_YEAR),
    "journal": text(most=255),
    "doi": text(form=DOI, called="a DOI", most=128),
    "arxiv": text(form=ARXIV, called="an arXiv number"),
    "bibcode": text(form=BIBCODE, called="a bibcode of 19 characters"),
    "url": web(),
    "kind": one_of(SOURCE_KINDS, required=True),
    "tier": whole(1, 7, required=True),
    "read_at": web(),
    "reading": one_of(READINGS, required=True),
    "verification": text(required=True),
}

OBJECT = {
    "designation": text(required=True, most=64),
    "other_designations": texts(),
    "name": text(required=True, most=64),
    "kind": text(required=True, most=64),
    "discovery_date": partial_date(required=True),
    "discovery_precision": one_of(("year", "month", "day"), required=True),
    "discovery_site": text(most=128),
    "discovery_source": text(required=True),
    "live": flag(required=True),
    "note": text(),
}
_LENGTH_OF_DATE = {"year": 4, "month": 7, "day": 10}


def check_source(row: Row, problems: list[Problem]) -> dict[str, Any]:
    good = checked(row, SOURCE, problems)
    identifier = good.get("id", "")
    if identifier and not KEBAB.match(identifier) and not BIBCODE.match(identifier):
        problems.append(row.problem(f"id {identifier!r} is neither a bibcode nor kebab-case", "id"))
    if BIBCODE.match(identifier) and row.values.get("bibcode") != identifier:
        problems.append(row.problem("id is a bibcode and differs from the field bibcode", "id"))
    return good


def check_object(row: Row, sources: dict[str, Row], problems: list[Problem]) -> dict[str, Any]:
    good = checked(row, OBJECT, problems)
    source = good.get("discovery_source")
    if source is not None and source not in sources:
        problems.append(row.problem(f"discovery_source {source!r} does not exist", "discovery_source"))
    date, precision = good.get("discovery_date"), good.get("discovery_precision")
    if date and precision and len(date) != _LENGTH_OF_DATE[precision]:
        problems.append(
            row.problem(f"discovery_date {date!r} is not cut to the {precision}", "discovery_date")
        )
    return good
