"""The angle between the object and the Sun, and when a telescope may look that way."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from charts.figure import compose
from charts.labels import body_name, row_label
from charts.numbers import format_measurement
from charts.panels import Band, Group, Line, PlanePanel, Point
from charts.registry import Chart
from charts.scales import day_number
from charts.sky import calendar, checks_named, day, iso, minute, moment, orbit_sentence, rounded, states
from charts.traces import iso_instant
from charts.wording import measured_line, sources_sentence
from science.checks.field_of_regard import LIMITS_DEG
from science.encounters import elongation_windows
from science.ephemerides import ephemeris
from science.records import ChartSubject, Drawing, TableRow

_AROUND_D = 75
_COLUMNS = ("What", "Value", "Where and when", "Source")


def draws(subject: ChartSubject) -> Drawing | None:
    """Return the elongation about the claimed dates, None without an orbit or a claimed window."""
    windows = [
        (moment(params["window_from"]), moment(params["window_to"]) + timedelta(days=1))
        for params in checks_named(subject, "field_of_regard")
    ]
    if subject.solution is None or not windows:
        return None
    low, high = LIMITS_DEG["JWST"]
    first = min(start for start, _ in windows) - timedelta(days=_AROUND_D)
    last = max(stop for _, stop in windows) + timedelta(days=_AROUND_D)
    table = states(subject.solution, first, last)
    instants = calendar(first, last, 121)
    angles = ephemeris(table, "jwst", instants).elongation_deg
    if angles is None:
        return None
    allowed = elongation_windows(table, "jwst", low, high, first, last)
    measured = [
        row
        for row in subject.measurements
        if row.quantity == "solar_elongation" and row.value is not None and row.observed_from is not None
        and first <= row.observed_from <= last
    ]  # fmt: skip
    points = tuple(
        Point(
            iso_instant(day_number(row.observed_from)),
            row.value or 0.0,
            hover=f"{row_label(row, subject.body)}: {format_measurement(row)}",
            hollow=row.key not in subject.cited_keys,
        )
        for row in measured
        if row.observed_from is not None
    )
    bands = [Band(low, high, "Webb may point", "y")]
    bands += [
        Band(f"{start:%Y-%m-%d}", f"{stop:%Y-%m-%d}", "claimed" if number == 0 else "")
        for number, (start, stop) in enumerate(windows)
    ]
    panel = PlanePanel(
        "Date (UTC)",
        "Angle from the Sun, degrees",
        "date",
        "linear",
        (Group("on record", "measured", points),) if points else (),
        (Line(iso(instants), rounded(angles, 2), "measured", "seen from Webb"),),
        tuple(bands),
        x_range=(day_number(first), day_number(last)),
        y_range=(0.0, 180.0),
        legend=False,
    )
    rows = [
        TableRow(
            (
                "Webb may point",
                f"{low:.0f} to {high:.0f} degrees from the Sun",
                "always",
                "Webb's field of regard",
            )
        )
    ]
    parts = []
    for start, stop in windows:
        there = calendar(start, stop, 97)
        reached = ephemeris(table, "jwst", there).elongation_deg
        if reached is None:
            continue
        span = f"{day(start)} to {day(stop - timedelta(days=1))}"
        angle = f"{float(np.min(reached)):.1f} to {float(np.max(reached)):.1f} degrees"
        rows.append(TableRow(("Claimed dates: angle from the Sun", angle, span, "computed here")))
        parts.append(f"from {span} it stood {angle} from the Sun")
    rows += [
        TableRow(("Webb may look at it", f"{(found.stop_utc - found.start_utc).total_seconds() / 86400:.1f} d",
                  f"{'before ' if found.cut_at_start else ''}{minute(found.start_utc)} to "
                  f"{'after ' if found.cut_at_stop else ''}{minute(found.stop_utc)}", "computed here"))
        for found in allowed
    ]  # fmt: skip
    rows += [measured_line(row, subject.body, cited=row.key in subject.cited_keys) for row in measured]
    return Drawing(
        name="elongation_timeline",
        title=f"{body_name(subject.body)} and the Sun in Webb's sky",
        figure=compose([panel]),
        columns=_COLUMNS,
        rows=tuple(rows),
        finding=f"Webb may point between {low:.0f} and {high:.0f} degrees from the Sun; {' and '.join(parts)}.",
        caption=f"Line: computed, for Webb at the Lagrange point L2 (angles good to half a degree). {orbit_sentence(subject.solution)} "
        f"{sources_sentence(measured)}".strip(),
    )


CHART = Chart("elongation_timeline", "When could the telescope point at it?", draws)
