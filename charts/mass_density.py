"""Mass against radius: what a claimed mass means for the density of a body of the measured size.

Slanted lines join bodies of equal mean density; shaded stretches are measured radii, horizontal
lines are masses, and their crossing gives the density.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from charts.figure import compose
from charts.labels import body_name, row_label, row_note
from charts.numbers import format_asserted, format_measurement, format_value
from charts.panels import Band, Group, Line, PlanePanel, Point
from charts.registry import Chart
from charts.traces import with_unit
from charts.wording import (
    COLUMNS,
    asserted_line,
    measured_line,
    sentence,
    sources_sentence,
    spoken_asserted,
    spoken_list,
    spoken_rows,
    spoken_value,
)
from science.records import AssertedRecord, ChartSubject, Drawing, MeasurementRecord
from science.vocabulary import QUANTITIES

#: Mass in kg of a sphere of radius 1 km and mean density 1 g/cm3.
_UNIT_MASS_KG = 4.0 / 3.0 * math.pi * 1.0e12
_DENSITIES = (0.1, 1.0, 10.0)
_TABLED = ("nucleus_mass", "mass_ratio", "nucleus_radius", "axis_length", "bulk_density")


def mean_density(mass_kg: float, radius_km: float) -> float:
    """Return the mean density in g/cm3 of a sphere of a mass in kg and a radius in km.

    >>> round(mean_density(1.0e13, 1.3), 2)
    1.09
    """
    return mass_kg / (_UNIT_MASS_KG * radius_km**3)


def draws(subject: ChartSubject) -> Drawing | None:
    """Return masses against radii, None unless a mass or density and a radius are known."""
    rows = [
        row
        for row in subject.measurements
        if row.quantity in _TABLED
        and row.value is not None
        and (row.key in subject.cited_keys or (row.superseded_by is None and row.body == subject.body))
    ]
    masses = [row for row in rows if row.quantity == "nucleus_mass"]
    radii = _radius_bands(rows, subject)
    claims = [claim for claim in subject.asserted if claim.value is not None]
    if not radii or not (masses or any(claim.quantity == "bulk_density" for claim in claims)):
        return None
    lines = [asserted_line(claim) for claim in claims]
    lines += [measured_line(row, subject.body, cited=row.key in subject.cited_keys) for row in rows]
    return Drawing(
        name="mass_density",
        title="Mass, radius and the density that follows",
        figure=compose([_plane(masses, radii, claims, subject)]),
        columns=COLUMNS,
        rows=tuple(lines),
        finding=_finding(claims, masses, rows, subject),
        caption=_caption(claims, rows),
    )


def _radius_bands(rows: Sequence[MeasurementRecord], subject: ChartSubject) -> list[Band]:
    """Cited radii: a stretch for a value with its error, a narrow one for a limit or a bare value."""
    bands = []
    for row in rows:
        if row.quantity != "nucleus_radius" or row.key not in subject.cited_keys or row.value is None:
            continue
        name = body_name(row.body) if row.body != subject.body else row_label(row, subject.body)
        bands.append(
            Band(
                row.value - (row.minus or row.value * 0.015),
                row.value + (row.plus or row.value * 0.015),
                f"{name}: {format_measurement(row)}",
            )
        )
    axes = [row for row in rows if row.quantity == "axis_length" and row.key in subject.cited_keys]
    for body in dict.fromkeys(row.body for row in axes):
        halves = [(row.value or 0.0) / 2000.0 for row in axes if row.body == body]
        if len(halves) > 1:
            bands.append(Band(min(halves), max(halves), f"{body_name(body)}: half axes"))
    return sorted(bands, key=lambda band: float(band.start))


def _plane(
    masses: Sequence[MeasurementRecord],
    radii: Sequence[Band],
    claims: Sequence[AssertedRecord],
    subject: ChartSubject,
) -> PlanePanel:
    claimed = [claim for claim in claims if claim.quantity == "nucleus_mass"]
    ends_km = [float(end) for band in radii for end in (band.start, band.end)]
    x_range = (min(0.2, min(ends_km) / 2), max(5.0, max(ends_km) * 2))
    kilograms = [end for row in masses for end in _ends(row) if end > 0]
    kilograms += [claim.value for claim in claimed if claim.value]
    kilograms += [_UNIT_MASS_KG * float(band.end) ** 3 for band in radii]
    y_range = (min(kilograms) / 5, max(kilograms) * 5)
    lines = [_density_line(density, x_range, y_range) for density in _DENSITIES]
    lines += [
        _density_line(claim.value, x_range, y_range, f"claimed {format_asserted(claim)}")
        for claim in claims
        if claim.quantity == "bulk_density" and claim.value
    ]
    lines += [
        Line(x_range, (claim.value, claim.value), "asserted", f"claimed {format_asserted(claim)}", "dash")
        for claim in claimed
        if claim.value
    ]
    groups = []
    for role, cited in (("measured", True), ("other", False)):
        here = [row for row in masses if (row.key in subject.cited_keys) is cited]
        lines += [Line(x_range, (row.value or 0.0,) * 2, role, "", "dot", 1.0) for row in here]
        place = x_range[0] * (x_range[1] / x_range[0]) ** 0.06
        points = tuple(
            Point(
                place,
                row.value or 0.0,
                row.plus,
                row.minus,
                row.limit,
                f"{row_label(row, subject.body)}: {format_measurement(row)} ({row_note(row)})",
                hollow=not cited,
                label=f"{format_measurement(row)}, {row_note(row, '')}",
            )
            for row in here
        )
        if points:
            groups.append(Group("cited" if cited else "also on record", role, points, "top right"))
    return PlanePanel(
        with_unit("Radius", "km"),
        with_unit("Mass", "kg"),
        "log",
        "log",
        tuple(groups),
        tuple(line for line in lines if line.xs),
        tuple(radii),
        x_range,
        y_range,
        legend=False,
    )


def _ends(row: MeasurementRecord) -> tuple[float, float]:
    value = row.value or 0.0
    return value - (row.minus or 0.0), value + (row.plus or 0.0)


def _density_line(
    density: float, x_range: tuple[float, float], y_range: tuple[float, float], label: str = ""
) -> Line:
    """A line of equal density inside the plane, named where it leaves at the top or right."""
    unit = _UNIT_MASS_KG * density
    start = max(x_range[0], (y_range[0] / unit) ** (1 / 3))
    end = min(x_range[1], (y_range[1] / unit) ** (1 / 3))
    if start >= end:
        return Line((), (), "muted")
    role, dash = ("asserted", "dash") if label else ("muted", "solid")
    text = label or format_value(density, unit="g / cm3")
    return Line((start, end), (unit * start**3, unit * end**3), role, text, dash, 1.5 if label else 1.0)


def _finding(
    claims: Sequence[AssertedRecord],
    masses: Sequence[MeasurementRecord],
    rows: Sequence[MeasurementRecord],
    subject: ChartSubject,
) -> str:
    shown = [claim for claim in claims if claim.quantity in _TABLED]
    parts = []
    for quantity in dict.fromkeys(claim.quantity for claim in shown):
        of_quantity = [claim for claim in shown if claim.quantity == quantity]
        notes = (
            "; ".join(claim.note for claim in of_quantity if claim.note) if quantity == "mass_ratio" else ""
        )
        said = f"the claim puts the {QUANTITIES[quantity].title} at {spoken_asserted(of_quantity)}"
        parts.append(f"{said} ({notes})" if notes else said)
    radius = next(
        (
            row
            for row in rows
            if row.quantity == "nucleus_radius"
            and row.body == subject.body
            and row.key in subject.cited_keys
            and row.plus is not None
            and row.limit == "value"
        ),
        None,
    )
    for claim in shown:
        if (
            claim.quantity == "nucleus_mass"
            and claim.value
            and radius is not None
            and radius.value is not None
        ):
            middle = mean_density(claim.value, radius.value)
            low = mean_density(claim.value, radius.value + (radius.plus or 0.0))
            high = mean_density(claim.value, radius.value - (radius.minus or 0.0))
            parts.append(
                f"in a body of radius {spoken_value(radius)} that is a mean density of "
                f"{format_value(float(f'{middle:.2g}'), unit='g / cm3')}, {low:.2g} to {high:.2g} within the "
                "error of the radius"
            )
    densities = [row for row in rows if row.quantity == "bulk_density" and row.key in subject.cited_keys]
    if densities and any(claim.quantity == "bulk_density" for claim in shown):
        spoken = [f"{spoken_value(row)} ({row_note(row)})" for row in densities]
        parts.append(f"densities on record: {spoken_list(spoken)}")
    cited = [row for row in masses if row.key in subject.cited_keys]
    if cited:
        parts.append(f"masses on record: {spoken_rows(cited, subject.body)}")
    elif radius is not None:
        parts.append(f"recorded radius: {spoken_rows([radius], subject.body)}")
    return sentence(parts, cited)


def _caption(claims: Sequence[AssertedRecord], rows: Sequence[MeasurementRecord]) -> str:
    parts = ["Slanted: equal mean density. Shaded: cited radii. Dotted: masses on record."]
    if any(claim.quantity in ("nucleus_mass", "bulk_density") for claim in claims):
        parts.append("Dashed: as claimed.")
    if any(row.limit != "value" for row in rows):
        parts.append("Bar with arrow: a limit, which is no measurement of absence.")
    return " ".join([*parts, sources_sentence(rows)])


CHART = Chart("mass_density", "Which density would the claimed mass need?", draws)
