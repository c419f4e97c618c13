"""A ratio through time: each value with its error or limit, the claimed one, and other bodies.

One plane for each ratio of the claim's object, dated; below it, on rows, values of other bodies and
populations that have no place on that calendar.
"""

from __future__ import annotations

from dataclasses import dataclass

from charts.comparison import scale_kind
from charts.facts import claimed_guides, claimed_row, recorded_row
from charts.figure import compose
from charts.labels import body_name, capitalised, row_label, row_note
from charts.numbers import format_asserted, format_measurement
from charts.panels import Group, Line, PlanePanel, Point, Row, RowPanel
from charts.registry import Chart
from charts.scales import day_number
from charts.traces import iso_instant
from charts.wording import (
    COLUMNS,
    asserted_line,
    marks_sentence,
    measured_line,
    sentence,
    sources_sentence,
    spoken_asserted,
    spoken_rows,
)
from science.records import AssertedRecord, ChartSubject, Drawing, MeasurementRecord
from science.vocabulary import QUANTITIES

_MOST_RATIOS = 3


@dataclass(frozen=True, slots=True)
class _Series:
    """One ratio: what is claimed, the dated values of the object, and all other values."""

    quantity: str
    claims: tuple[AssertedRecord, ...]
    dated: tuple[MeasurementRecord, ...]
    others: tuple[MeasurementRecord, ...]

    @property
    def rows(self) -> tuple[MeasurementRecord, ...]:
        return self.dated + self.others


def draws(subject: ChartSubject) -> Drawing | None:
    """Return the ratios of a claim through time, None if it has none."""
    found = _series(subject)
    if not found:
        return None
    panels = [panel for series in found for panel in _panels(series, subject)]
    rows = [row for series in found for row in series.rows]
    lines = [asserted_line(claim) for claim in subject.asserted if format_asserted(claim)]
    lines += [measured_line(row, subject.body, cited=row.key in subject.cited_keys) for row in rows]
    cited = [row for row in rows if row.key in subject.cited_keys]
    others = [row for row in rows if row.key not in subject.cited_keys]
    claimed = any(series.claims for series in found)
    return Drawing(
        name="ratio_series",
        title=f"{capitalised(QUANTITIES[found[0].quantity].title)} through time",
        figure=compose(panels),
        columns=COLUMNS,
        rows=tuple(lines),
        finding=_finding(found, subject),
        caption=f"{marks_sentence(claimed, cited, others)} Ratios by number. {sources_sentence(cited + others)}",
    )


def _series(subject: ChartSubject) -> list[_Series]:
    """The ratios in the order: claimed, cited, named by a check; one lonely value is no series."""
    named = [claim.quantity for claim in subject.asserted]
    named += [row.quantity for row in subject.measurements if row.key in subject.cited_keys]
    named += [str(params["quantity"]) for _, params in subject.check_params if "quantity" in params]
    found = []
    for quantity in dict.fromkeys(name for name in named if name.startswith("ratio_")):
        rows = [
            row
            for row in subject.measurements
            if row.quantity == quantity
            and row.value is not None
            and (row.key in subject.cited_keys or row.superseded_by is None)
        ]
        claims = tuple(claim for claim in subject.asserted if claim.quantity == quantity)
        if len(rows) + len(claims) < 2 or not rows:
            continue
        of_body = [row for row in rows if row.body == subject.body]
        dated = [row for row in of_body if row.observed_from is not None]
        if len(dated) < 2:
            dated = []
        found.append(
            _Series(
                quantity,
                claims,
                tuple(sorted(dated, key=_middle)),
                tuple(row for row in rows if row not in dated),
            )
        )
    return found[:_MOST_RATIOS]


def _panels(series: _Series, subject: ChartSubject) -> list[PlanePanel | RowPanel]:
    title = capitalised(QUANTITIES[series.quantity].title)
    kind = scale_kind(series.claims, series.rows)
    panels: list[PlanePanel | RowPanel] = []
    if series.dated:
        panels.append(_plane(series, subject, title))
    rows: list[Row] = []
    if series.others:
        rows = [claimed_row(claim, kind) for claim in series.claims]
        ordered = sorted(series.others, key=lambda row: (row.body != subject.body, -(row.value or 0.0)))
        rows += [recorded_row(row, subject, kind) for row in ordered]
        below = f"{title}, other bodies and means" if series.dated else title
        panels.append(RowPanel(below, kind, tuple(rows), claimed_guides(series.claims, kind)))
    return panels


def _plane(series: _Series, subject: ChartSubject, title: str) -> PlanePanel:
    kind = scale_kind(series.claims, series.dated)
    points = [
        Point(
            iso_instant(_middle(row)),
            row.value or 0.0,
            row.plus,
            row.minus,
            row.limit,
            f"{row_label(row, subject.body)}: {format_measurement(row)} ({row_note(row)})",
            hollow=row.key not in subject.cited_keys,
            label=format_measurement(row),
        )
        for row in series.dated
    ]
    days = [_middle(row) for row in series.dated]
    room = max((max(days) - min(days)) * 0.12, 10.0)
    ends = (min(days) - room, max(days) + room)
    lines = tuple(
        Line(
            (iso_instant(ends[0]), iso_instant(ends[1])),
            (claim.value, claim.value),
            "asserted",
            f"claimed {format_asserted(claim)}",
            "dash",
            label_at="start",
        )
        for claim in series.claims
        if claim.value is not None and not (kind == "log" and claim.value <= 0)
    )
    return PlanePanel(
        "Date of observation (UTC)",
        f"{title}, {body_name(subject.body)}",
        "date",
        "log" if kind == "log" else "linear",
        (Group("recorded", "measured", tuple(points)),),
        lines,
        x_range=ends,
        legend=False,
    )


def _middle(row: MeasurementRecord) -> float:
    """The middle of the observing interval, in days since 1970."""
    if row.observed_from is None:
        raise ValueError(f"{row.key}: expected an observing date")
    return (day_number(row.observed_from) + day_number(row.observed_to or row.observed_from)) / 2


def _finding(found: list[_Series], subject: ChartSubject) -> str:
    series = found[0]
    title = QUANTITIES[series.quantity].title
    own = [row for row in series.rows if row.body == subject.body]
    others = [row for row in series.rows if row.body != subject.body]
    claims = series.claims or tuple(claim for claim in subject.asserted if format_asserted(claim))[:1]
    parts = [
        f"the claim puts {QUANTITIES[claim.quantity].title} at {spoken_asserted([claim])}" for claim in claims
    ]
    if own:
        same = bool(series.claims)
        name = body_name(subject.body)
        parts.append(f"{'recorded' if same else title} for {name}: {spoken_rows(own, subject.body)}")
    if others:
        parts.append(f"elsewhere {spoken_rows(others, subject.body, most=3)}")
    return sentence(parts, [*own[:4], *others[:3]])


CHART = Chart("ratio_series", "How did the ratio change, and how does it compare?", draws)
