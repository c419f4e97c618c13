"""The catalogue as chart subjects, read straight from its TOML: no database, no web framework."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from charts.selection import campaign_keys, wanted
from science.records import (
    AssertedRecord,
    CampaignRecord,
    ChartSubject,
    Citation,
    MeasurementRecord,
)

DATA = Path(__file__).parents[2] / "data"


def _tables(folder: str, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for path in sorted((DATA / folder).glob("*.toml")):
        found += tomllib.loads(path.read_text())[name]
    return found


@cache
def citations() -> dict[str, Citation]:
    """Every source of the catalogue by key."""
    return {
        row["id"]: Citation(
            row["id"],
            row["title"],
            row["authors_short"],
            row.get("year"),
            row["kind"],
            row["tier"],
            row.get("url"),
            row.get("doi"),
            row.get("arxiv"),
            row.get("bibcode"),
        )
        for row in tomllib.loads((DATA / "sources.toml").read_text())["source"]
    }


@cache
def measurements() -> dict[str, MeasurementRecord]:
    """Every measurement of the catalogue by key."""
    same = [
        "quantity",
        "unit",
        "statement",
        "value",
        "plus",
        "minus",
        "error_kind",
        "as_printed",
        "value_time",
        "time_scale",
        "time_precision",
        "presence",
        "subject",
        "observed_from",
        "observed_to",
        "r_h_au",
        "leg",
        "instrument",
        "observatory",
        "series",
        "verification",
        "disputed",
        "superseded_by",
    ]
    rows = {}
    for row in _tables("measurements", "measurement"):
        fields = {name: row[name] for name in same if name in row}
        rows[row["id"]] = MeasurementRecord(
            key=row["id"],
            body=row["object"],
            citation=citations()[row["source"]],
            limit=row.get("limit", "value"),
            **fields,
        )
    return rows


def _day(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value


@cache
def campaigns() -> dict[str, CampaignRecord]:
    """Every observing campaign of the catalogue by key."""
    return {
        row["id"]: CampaignRecord(
            key=row["id"],
            body=row["object"],
            facility=row["facility"],
            instrument=row["instrument"],
            archive=row["archive"],
            observed_from=_day(row.get("observed_from")),
            observed_to=_day(row.get("observed_to")),
            first_public=_day(row.get("first_public_date")),
            first_public_kind=row.get("first_public_kind"),
            archive_release=_day(row.get("archive_release_date")),
            expected_release=row.get("expected_release"),
            summary=row["summary"],
            citation=citations()[row["sources"][0]] if row.get("sources") else None,
        )
        for row in _tables("campaigns", "campaign")
    }


def _asserted(row: dict[str, Any]) -> AssertedRecord:
    value = row.get("value")
    timed = isinstance(value, str | date)
    return AssertedRecord(
        row["quantity"],
        None if timed else value,
        row.get("unit", ""),
        row["relation"],
        row.get("note", ""),
        str(value) if timed else None,
    )


@cache
def subjects() -> tuple[tuple[ChartSubject, str | None], ...]:
    """Every claim of the catalogue as a chart subject, with the name of its chart."""
    found = []
    for path in sorted((DATA / "claims").glob("*.toml")):
        claim = tomllib.loads(path.read_text())
        evidence = claim["review"].get("evidence", [])
        cited = [measurements()[row["measurement"]] for row in evidence if "measurement" in row]
        asserted = tuple(_asserted(row) for row in claim.get("asserted", []))
        checks = tuple((row["name"], row["params"]) for row in claim.get("checks", []))
        wants = wanted(claim["object"], cited, asserted, checks)
        cited_keys = frozenset(row.key for row in cited)
        beside = [row for row in measurements().values() if row.key not in cited_keys and wants.takes(row)]
        of_claim = {row["campaign"] for row in evidence if "campaign" in row} | campaign_keys(checks)
        subject = ChartSubject(
            slug=claim["slug"],
            title=claim["title"],
            body=claim["object"],
            verdict_label=claim["review"]["verdict"],
            asserted=asserted,
            measurements=(*cited, *beside),
            cited_keys=cited_keys,
            campaigns=tuple(row for key, row in campaigns().items() if key in of_claim),
            check_params=checks,
        )
        found.append((subject, claim.get("chart")))
    return tuple(found)
