"""What a measurement of the catalogue must be: the shape, the kind of its quantity, its times and references."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from claims.catalogue.fields import (
    DESIGNATION,
    SERIES,
    as_moment,
    checked,
    flag,
    key,
    moment,
    number,
    one_of,
    partial_date,
    text,
    texts,
)
from claims.catalogue.problems import Problem, Row
from claims.catalogue.references import References
from claims.scales import ERROR_KINDS, VERIFICATIONS
from science.vocabulary import QUANTITIES

# 3I at perihelion, 2025 October 29 11:33:16 UTC (perihelion_time_tdb_jd of the fit in data/orbits/3I.toml)
PERIHELION_3I = datetime(2025, 10, 29, 11, 33, 16, tzinfo=UTC)
# series that show how a value changed keep their superseded rows: the history is the point
HISTORY_SERIES = frozenset(("nongravitational", "nucleus_mass", "nucleus_radius"))

MEASUREMENT = {
    "id": key(),
    "object": text(required=True, most=64),
    "quantity": one_of(QUANTITIES, required=True),
    "subject": text(most=255),
    "presence": one_of(("detected", "not_detected", "tentative")),
    "value_time": partial_date(),
    "time_scale": one_of(("utc", "tdb")),
    "time_precision": one_of(("year", "month", "day", "hour", "minute")),
    "value": number(),
    "plus": number(least=0),
    "minus": number(least=0),
    "limit": one_of(("value", "upper", "lower")),
    "error_kind": one_of(ERROR_KINDS),
    "unit": text(least=0),
    "as_printed": text(most=255),
    "observed_from": moment(),
    "observed_to": moment(),
    "time_note": text(),
    "r_h_au": number(least=0),
    "leg": one_of(("inbound", "outbound")),
    "instrument": text(most=160),
    "observatory": text(most=160),
    "source": text(required=True),
    "also_in": texts(),
    "locator": text(most=255),
    "verification": one_of(VERIFICATIONS, required=True),
    "disputed": flag(required=True),
    "dispute_note": text(),
    "superseded_by": text(),
    "series": text(form=SERIES, called="snake_case", most=32),
    "statement": text(required=True, least=15, most=300),
    "note": text(),
}


def check_measurement(row: Row, known: References, problems: list[Problem]) -> dict[str, Any]:
    good = checked(row, MEASUREMENT, problems)
    if "quantity" in good:
        _check_value(row, good, problems)
    check_interval(row, good, problems)
    _check_leg(row, good, problems)
    if DESIGNATION.match(good.get("object", "")):
        problems.extend(known.missing(row, "object", "objects", good["object"]))
    for name in ("source", "also_in"):
        problems.extend(known.missing(row, name, "sources", good.get(name, [])))
    if good.get("disputed") and "dispute_note" not in good:
        problems.append(row.problem("is disputed and has no dispute_note", "disputed"))
    if good.get("statement", "").count(". ") > 1:
        problems.append(row.problem("statement has more than two sentences", "statement"))
    _check_successor(row, good, known.measurements, problems)
    return good


def _check_value(row: Row, good: dict[str, Any], problems: list[Problem]) -> None:
    """What the kind of the quantity asks for, and what it does not allow."""
    quantity = QUANTITIES[good["quantity"]]
    if row.values.get("unit") != quantity.unit:
        problems.append(
            row.problem(f"unit {row.values.get('unit')!r}, the vocabulary has {quantity.unit!r}", "unit")
        )
    required = {
        "number": ("value", "limit"),
        "time": ("value_time", "time_scale", "time_precision"),
        "presence": ("presence", "subject"),
        "text": (),
    }
    problems += [
        row.problem(f"{name} is missing, {quantity.key} is a {quantity.kind}")
        for name in required[quantity.kind]
        if name not in row.values
    ]
    belong = {
        "number": ("value", "plus", "minus", "limit"),
        "time": ("value_time",),
        "presence": ("presence",),
    }
    problems += [
        row.problem(f"{name} does not belong to {quantity.key}, a {quantity.kind}", name)
        for kind, names in belong.items()
        for name in names
        if kind != quantity.kind and name in row.values
    ]
    if ("plus" in row.values) != ("minus" in row.values):
        problems.append(
            row.problem("plus and minus must come together", "plus" if "plus" in row.values else "minus")
        )
    unexplained = not {"as_printed", "note"} & set(row.values)
    if quantity.kind == "number" and row.values.get("verification") != "own_computation" and unexplained:
        problems.append(row.problem("as_printed is missing and no note says why"))


def check_interval(row: Row, good: dict[str, Any], problems: list[Problem]) -> None:
    start, end = good.get("observed_from"), good.get("observed_to")
    if start is not None and end is not None and as_moment(start) > as_moment(end):
        problems.append(row.problem(f"observed_from {start} lies after observed_to {end}", "observed_from"))


def _check_leg(row: Row, good: dict[str, Any], problems: list[Problem]) -> None:
    start, end, leg = good.get("observed_from"), good.get("observed_to"), good.get("leg")
    if good.get("object") != "3I" or not isinstance(start, datetime) or not isinstance(end, datetime):
        return
    if (leg == "outbound" and end < PERIHELION_3I) or (leg == "inbound" and start > PERIHELION_3I):
        problems.append(row.problem(f"leg {leg} contradicts the observing dates", "leg"))


def _check_successor(
    row: Row, good: dict[str, Any], measurements: Mapping[str, Row], problems: list[Problem]
) -> None:
    successor = good.get("superseded_by")
    if successor is None:
        return
    if successor not in measurements or successor == row.key:
        problems.append(row.problem(f"superseded_by {successor!r} does not exist", "superseded_by"))
        return
    seen = {row.key}
    while isinstance(successor, str) and successor in measurements:
        if successor in seen:
            problems.append(
                row.problem(f"superseded_by runs in a circle through {successor}", "superseded_by")
            )
            break
        seen.add(successor)
        successor = measurements[successor].values.get("superseded_by")
    if "series" in good and good["series"] not in HISTORY_SERIES:
        problems.append(
            row.problem(f"is superseded and must not stay in the plot series {good['series']}", "series")
        )
