"""From a row of the catalogue to the columns of its table: absent becomes None or the empty text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from claims.catalogue.fields import DESIGNATION, as_moment
from claims.catalogue.orbits import ELEMENTS, VECTORS, body_of
from claims.catalogue.problems import Row
from claims.models import Measurement, Source
from ephemeris.digests import content_digest
from ephemeris.models import Campaign, Observer, OrbitSolution, SmallBody

Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fact that `data/` owns.

    ``lookups`` say how a column that refers to another row is read by that row's key.  ``fixed`` columns
    carry what was published: they never change, ``remedy`` says what to do instead.
    """

    name: str
    model: type[models.Model]
    key: str
    columns: Callable[[Row], Columns]
    lookups: Mapping[str, str]
    fixed: frozenset[str] = frozenset()
    remedy: str = ""


def _texts(row: Row, *names: str) -> Columns:
    return {name: row.values.get(name, "") for name in names}


def _numbers(row: Row, *names: str) -> Columns:
    """Numbers as floats, so that 3 and 3.0 are the same to database and digest."""
    return {name: None if (value := row.values.get(name)) is None else float(value) for name in names}


def object_columns(row: Row) -> Columns:
    return {
        "designation": row.key,
        "full_designation": row.values["designation"],
        "other_designations": row.values.get("other_designations", []),
        "discovery_source_key": row.values["discovery_source"],
        "live": row.values["live"],
        **_texts(row, "name", "kind", "discovery_date", "discovery_precision", "discovery_site", "note"),
    }


def source_columns(row: Row) -> Columns:
    columns = {
        "key": row.key,
        "year": row.values.get("year"),
        "tier": row.values["tier"],
        **_texts(
            row, "title", "authors_short", "journal", "doi", "arxiv", "bibcode", "url", "kind", "read_at",
            "reading", "verification",
        ),
    }  # fmt: skip
    return columns | {"digest": content_digest(columns)}


# what a measurement states: published once, superseded and never edited
MEASURED = frozenset(
    ("body", "quantity", "unit", "subject", "value", "plus", "minus", "limit", "error_kind", "as_printed",
     "value_time", "time_scale", "time_precision", "presence", "observed_from", "observed_to", "r_h_au", "leg",
     "instrument", "observatory", "source", "statement")
)  # fmt: skip


def measurement_columns(row: Row) -> Columns:
    columns = {
        "key": row.key,
        "body": row.values["object"],
        "small_body": row.values["object"] if DESIGNATION.match(row.values["object"]) else None,
        "limit": row.values.get("limit", "value"),
        "disputed": row.values["disputed"],
        "source": row.values["source"],
        "also_in": sorted(row.values.get("also_in", [])),
        "superseded_by": row.values.get("superseded_by"),
        **{
            name: None if (value := row.values.get(name)) is None else as_moment(value)
            for name in ("observed_from", "observed_to")
        },
        **_numbers(row, "value", "plus", "minus", "r_h_au"),
        **_texts(
            row, "quantity", "unit", "subject", "error_kind", "as_printed", "value_time", "time_scale",
            "time_precision", "presence", "time_note", "leg", "instrument", "observatory", "locator",
            "verification", "dispute_note", "series", "statement", "note",
        ),
    }  # fmt: skip
    return columns | {"digest": content_digest({name: columns[name] for name in MEASURED})}


def campaign_columns(row: Row) -> Columns:
    days: dict[str, date | None] = {
        name: row.values.get(name)
        for name in (
            "observed_from",
            "observed_to",
            "first_public_date",
            "archive_release_date",
            "next_review",
        )
    }
    columns = {
        "key": row.key,
        "body": row.values["object"],
        "program_id_confirmed": row.values.get("program_id_confirmed", False),
        "first_public_source_key": row.values.get("first_public_source", ""),
        "source_keys": row.values["sources"],
        **days,
        **_texts(
            row, "facility", "instrument", "time_note", "archive", "program_id", "program_note", "access_policy",
            "access_note", "first_public_kind", "first_public_note", "expected_release",
            "expected_release_basis", "archive_release_note", "summary", "verification",
        ),
    }  # fmt: skip
    return columns | {"digest": content_digest(columns)}


_PUSH = {
    "a1_au_d2": "A1_au_d2", "a2_au_d2": "A2_au_d2", "a3_au_d2": "A3_au_d2", "aln": "ALN", "nk": "NK",
    "nm": "NM", "nn": "NN", "r0_au": "R0_au", "dt_d": "DT_d",
}  # fmt: skip
SOLVED = frozenset(
    (*ELEMENTS, *VECTORS, *_PUSH, "body", "solution_id", "producer", "kind", "epoch_tdb_jd", "m1", "k1", "sigma",
     "solution_date", "observations", "arc_from", "arc_to", "fit_rms_km", "fit_max_km", "source")
)  # fmt: skip


def solution_columns(row: Row) -> Columns:
    push = row.table("non_gravitational")
    return {
        "body": body_of(row),
        "solution_id": row.values["id"],
        "m1": _numbers(row, "M1")["M1"],
        "k1": _numbers(row, "k1")["k1"],
        "sigma": row.values.get("sigma", {}),
        "observations": row.values.get("observations"),
        "arc_from": row.values.get("arc_from"),
        "arc_to": row.values.get("arc_to"),
        **{name: row.values.get(name) for name in VECTORS},
        **{column: _numbers(push, field)[field] for column, field in _PUSH.items()},
        **_numbers(row, "epoch_tdb_jd", "fit_rms_km", "fit_max_km", *ELEMENTS),
        **_texts(row, "producer", "kind", "solution_date", "source", "note"),
    }


# the field of the catalogue that a column is written in, where the names differ
FIELDS = {
    "body": "object", "m1": "M1", "full_designation": "designation", "discovery_source_key": "discovery_source",
    "first_public_source_key": "first_public_source", "source_keys": "sources", "solution_id": "id", **_PUSH,
}  # fmt: skip

OBJECTS = Kind("object", SmallBody, "designation", object_columns, {})
SOURCES = Kind("source", Source, "key", source_columns, {})
MEASUREMENTS = Kind(
    "measurement",
    Measurement,
    "key",
    measurement_columns,
    {
        "small_body": "small_body__designation",
        "source": "source__key",
        "superseded_by": "superseded_by__key",
    },
    MEASURED,
    "add the better value as a new measurement and name it here in superseded_by",
)
CAMPAIGNS = Kind("campaign", Campaign, "key", campaign_columns, {"body": "body__designation"})
SOLUTIONS = Kind(
    "orbit solution",
    OrbitSolution,
    "solution_id",
    solution_columns,
    {"body": "body__designation"},
    SOLVED,
    "add the newer solution behind it under its own id",
)
OBSERVERS = Kind("observer", Observer, "code", lambda row: dict(row.values), {})

_OBSERVER_KINDS = {"body": "centre", "earth_site": "mpc", "mars_site": "site", "jwst": "spacecraft"}


def observer_rows() -> dict[str, Row]:
    """The named observers; their numbers stand in science/observers.py and nowhere else."""
    from science.observers import named_observers  # brings the readers of the planetary kernel along
    from science.planets import NAMES

    rows = {}
    for place in named_observers():
        on_ground = place.has_horizon
        values = {
            "code": place.code,
            "name": place.name,
            "kind": _OBSERVER_KINDS[place.kind],
            "body": "" if place.kind == "jwst" else NAMES[place.naif_id],
            "longitude_east_deg": place.longitude_east_deg if on_ground else None,
            "latitude_deg": place.latitude_deg if on_ground else None,
            "altitude_km": place.height_km if on_ground else None,
            "note": place.note,
        }
        rows[place.code] = Row("observer", place.code, values, "science/observers.py")
    return rows
