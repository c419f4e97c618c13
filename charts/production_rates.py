"""Production rates against distance from the Sun, one colour for each species.

Rates in molecules per second and in kilograms per second stand on planes of their own; values whose
distance was not recorded stand on rows below.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

from charts.comparison import scale_kind
from charts.facts import recorded_row
from charts.figure import compose
from charts.labels import body_name, capitalised, month_of, row_label, row_note, telescope
from charts.numbers import NBSP, format_asserted, format_measurement
from charts.panels import Group, Line, PlanePanel, Point, RowPanel
from charts.registry import Chart
from charts.style import SERIES, SHAPES
from charts.traces import with_unit
from charts.units import format_unit, subscript_formula
from charts.wording import (
    COLUMNS,
    asserted_line,
    measured_line,
    sentence,
    sources_sentence,
    spoken_asserted,
    spoken_list,
    spoken_value,
)
from science.records import AssertedRecord, ChartSubject, Drawing, MeasurementRecord
from science.vocabulary import QUANTITIES

_RATE, _MASS_RATE = "production_rate_", "mass_rate_"


def draws(subject: ChartSubject) -> Drawing | None:
    """Return a claim's production rates, None if the record has none."""
    rows = _rates(subject)
    if not rows:
        return None
    claims = [claim for claim in subject.asserted if _is_rate(claim.quantity)]
    panels: list[PlanePanel | RowPanel] = []
    for unit in dict.fromkeys(row.unit for row in rows):
        of_unit = [row for row in rows if row.unit == unit]
        placed = [row for row in of_unit if row.r_h_au is not None]
        if len(placed) < 2:
            placed = []
        else:
            of_claim = [claim for claim in claims if claim.unit == unit]
            panels.append(_plane(placed, _species(rows), of_claim, subject))
        rest = [row for row in of_unit if row not in placed]
        if rest:
            panels.append(_rows(rest, subject, placed=bool(placed)))
    lines = [asserted_line(claim) for claim in subject.asserted if format_asserted(claim)]
    lines += [measured_line(row, subject.body, cited=row.key in subject.cited_keys) for row in rows]
    return Drawing(
        name="production_rates",
        title="Production rates by distance from the Sun",
        figure=compose(panels),
        columns=COLUMNS,
        rows=tuple(lines),
        finding=_finding(claims, rows, subject),
        caption=_caption(claims, rows),
    )


def _is_rate(quantity: str) -> bool:
    return quantity.startswith((_RATE, _MASS_RATE)) and QUANTITIES[quantity].unit != ""


def _rates(subject: ChartSubject) -> list[MeasurementRecord]:
    """Rates of the species at stake, cited ones first; rates in kg/s only of species that are cited so."""
    candidates = [
        row
        for row in subject.measurements
        if _is_rate(row.quantity)
        and row.value is not None
        and (row.key in subject.cited_keys or row.superseded_by is None)
    ]
    candidates.sort(key=lambda row: row.key not in subject.cited_keys)
    cited = [row.quantity for row in candidates if row.key in subject.cited_keys]
    asserted = [claim.quantity for claim in subject.asserted if _is_rate(claim.quantity)]
    in_molecules = [row.quantity for row in candidates if row.quantity.startswith(_RATE)]
    species = list(dict.fromkeys([*cited, *asserted, *in_molecules]))[: len(SERIES)]
    return [row for row in candidates if row.quantity in species]


def species_name(quantity: str) -> str:
    """Return the species of a rate as printed: ``H₂O``, ``Ni``, ``dust``."""
    name = quantity.removeprefix(_RATE).removeprefix(_MASS_RATE)
    if name == "dust":
        return name
    return subscript_formula("".join({"ni": "Ni", "fe": "Fe"}.get(name, name.upper())))


def _species(rows: Sequence[MeasurementRecord]) -> list[str]:
    return list(dict.fromkeys(species_name(row.quantity) for row in rows))


def _plane(
    rows: Sequence[MeasurementRecord],
    species: Sequence[str],
    claims: Sequence[AssertedRecord],
    subject: ChartSubject,
) -> PlanePanel:
    """A plane of one unit: a group, with a shape of its own, for each species of each body."""
    kinds = list(dict.fromkeys((species_name(row.quantity), row.body) for row in rows))
    several_bodies = len({body for _, body in kinds}) > 1
    groups = []
    for shape, (name, body) in zip(cycle(SHAPES), kinds, strict=False):
        here = [row for row in rows if (species_name(row.quantity), row.body) == (name, body)]
        title = f"{name}, {body_name(body)}" if several_bodies else name
        colour = SERIES[species.index(name) % len(SERIES)]
        groups.append(Group(title, colour, tuple(_point(row, shape, subject) for row in here), "print"))
    distances = [row.r_h_au for row in rows if row.r_h_au is not None]
    ends = (min(distances) * 0.9, max(distances) * 1.12)
    lines = tuple(
        Line(
            ends,
            (claim.value, claim.value),
            "asserted",
            f"claimed {format_asserted(claim)}",
            "dash",
            1.5,
            "start",
        )
        for claim in claims
        if claim.value is not None and claim.value > 0
    )
    title = "Released per second" if rows[0].unit == "1 / s" else "Mass per second"
    return PlanePanel(
        with_unit("Distance from the Sun", "au"),
        with_unit(title, format_unit(rows[0].unit)),
        "log" if max(distances) / min(distances) > 3 else "linear",
        "log",
        tuple(groups),
        lines,
        x_range=ends,
    )


def _point(row: MeasurementRecord, shape: str, subject: ChartSubject) -> Point:
    cited = row.key in subject.cited_keys
    where = ", ".join(part for part in (telescope(row), month_of(row)) if part)
    return Point(
        row.r_h_au or 0.0,
        row.value or 0.0,
        row.plus,
        row.minus,
        row.limit,
        f"{_label(row, subject)}, {row.r_h_au}{NBSP}au {row.leg or ''}: {format_measurement(row)} ({row_note(row)})",
        hollow=not cited,
        symbol=shape,
        label=where if cited else "",
    )


def _label(row: MeasurementRecord, subject: ChartSubject) -> str:
    label = row_label(row, subject.body)
    name = species_name(row.quantity)
    return f"{name}, {label}" if label != capitalised(name) else label


def _rows(rows: Sequence[MeasurementRecord], subject: ChartSubject, *, placed: bool) -> RowPanel:
    kind = scale_kind((), rows)
    ordered = sorted(rows, key=lambda row: (row.key not in subject.cited_keys, -(row.value or 0.0)))
    title = "Released per second" if rows[0].unit == "1 / s" else "Mass per second"
    title = with_unit(title, format_unit(rows[0].unit))
    if placed:
        title += ", distance from the Sun not recorded"
    return RowPanel(
        title, kind, tuple(recorded_row(row, subject, kind, label=_label(row, subject)) for row in ordered)
    )


def _finding(
    claims: Sequence[AssertedRecord], rows: Sequence[MeasurementRecord], subject: ChartSubject
) -> str:
    cited = [row for row in rows if row.key in subject.cited_keys]
    shown = cited or list(rows)
    said = [f"{QUANTITIES[claim.quantity].title} at {spoken_asserted([claim])}" for claim in claims]
    start = f"the claim puts {spoken_list(said)}" if said else "the claim gives no rate"
    recorded = [
        f"{spoken_value(row)} of {species_name(row.quantity)} ({row_label(row, subject.body)})"
        for row in shown
    ]
    return sentence([start, f"{'recorded' if cited else 'on record'}: {spoken_list(recorded)}"], shown[:4])


def _caption(claims: Sequence[AssertedRecord], rows: Sequence[MeasurementRecord]) -> str:
    parts = ["Filled: cited as evidence. Hollow: also on record."]
    if any(row.limit != "value" for row in rows):
        parts.append("Bar with arrow: a limit, which is no measurement of absence.")
    if any(claim.value == 0 for claim in claims):
        parts.append("A claimed zero lies below any logarithmic axis.")
    if sum(row.quantity == "production_rate_h2o" for row in rows) > 1:
        parts.append("Water rates come from very different fields of view and form no single curve.")
    return " ".join([*parts, sources_sentence(rows)])


CHART = Chart("production_rates", "How much was released at which distance from the Sun?", draws)
