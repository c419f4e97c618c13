"""Periods from seconds to days on one ladder: the claimed one beside those that were measured."""

from __future__ import annotations

from collections.abc import Sequence

from charts.facts import claimed_row, recorded_row
from charts.figure import compose
from charts.numbers import format_asserted, format_measurement
from charts.panels import Guide, Mark, Row, RowPanel
from charts.registry import Chart
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

#: Seconds in the units that periods are stored in.
_SECONDS = {"s": 1.0, "h": 3600.0, "d": 86400.0}
_PERIODS = ("signal_period", "rotation_period", "jet_period")
_RUNGS = (
    (1.0, "1 s"),
    (10.0, "10 s"),
    (60.0, "1 min"),
    (600.0, "10 min"),
    (3600.0, "1 h"),
    (36000.0, "10 h"),
    (86400.0, "1 d"),
    (864000.0, "10 d"),
)


def draws(subject: ChartSubject) -> Drawing | None:
    """Return the ladder of a claim's periods, None if neither claim nor record has one."""
    claims = [claim for claim in subject.asserted if claim.quantity in _PERIODS and claim.value is not None]
    rows = [
        row
        for row in subject.measurements
        if row.quantity in _PERIODS
        and row.value is not None
        and (row.key in subject.cited_keys or (row.body == subject.body and row.superseded_by is None))
    ]
    if not rows or not [*claims, *rows][1:]:
        return None
    rows.sort(key=lambda row: (row.value or 0.0) * _SECONDS[row.unit])
    drawn = [_claimed(claim) for claim in claims] + [_recorded(row, subject) for row in rows]
    drawn.sort(key=_shortest)
    guides = tuple(Guide(_in_seconds(claim), "asserted") for claim in claims)
    cited = [row for row in rows if row.key in subject.cited_keys]
    others = [row for row in rows if row.key not in subject.cited_keys]
    lines = [asserted_line(claim) for claim in subject.asserted if format_asserted(claim)]
    lines += [measured_line(row, subject.body, cited=row.key in subject.cited_keys) for row in rows]
    return Drawing(
        name="period_ladder",
        title="Periods from seconds to days",
        figure=compose([RowPanel("Period (logarithmic)", "log", tuple(drawn), guides, ticks=_RUNGS)]),
        columns=COLUMNS,
        rows=tuple(lines),
        finding=_finding(claims, rows, subject),
        caption=f"{marks_sentence(bool(claims), cited, others)} {sources_sentence(rows)}",
    )


def _claimed(claim: AssertedRecord) -> Row:
    row = claimed_row(claim, "log", label=f"Claimed {QUANTITIES[claim.quantity].title}")
    return _scaled(row, _SECONDS[claim.unit])


def _recorded(row: MeasurementRecord, subject: ChartSubject) -> Row:
    return _scaled(recorded_row(row, subject, "log", with_quantity=True), _SECONDS[row.unit])


def _scaled(row: Row, factor: float) -> Row:
    """The same row on an axis in seconds; the printed value keeps its own unit."""
    marks = tuple(
        Mark(
            float(mark.value) * factor,
            mark.role,
            None if mark.plus is None else mark.plus * factor,
            None if mark.minus is None else mark.minus * factor,
            mark.limit,
            mark.hover,
        )
        for mark in row.marks
        if isinstance(mark, Mark)
    )
    return Row(row.label, row.note, row.text, marks, row.claimed)


def _shortest(row: Row) -> float:
    return min(float(mark.value) for mark in row.marks if isinstance(mark, Mark))


def _in_seconds(claim: AssertedRecord) -> float:
    return (claim.value or 0.0) * _SECONDS[claim.unit]


def _finding(
    claims: Sequence[AssertedRecord], rows: Sequence[MeasurementRecord], subject: ChartSubject
) -> str:
    measured = [row for row in rows if row.limit == "value"]
    limits = [row for row in rows if row.limit != "value"]
    said = [f"the claim has a period of {spoken_asserted(claims)}"] if claims else []
    if measured:
        shortest, longest = measured[0], measured[-1]
        said.append(
            f"measured rotation and jet periods run from {format_measurement(shortest)} "
            f"to {format_measurement(longest)}"
            if longest is not shortest
            else f"the measured period is {format_measurement(shortest)}"
        )
    if limits:
        said.append(f"beside them stands {spoken_rows(limits, subject.body)}")
    return sentence(said, limits)


CHART = Chart("period_ladder", "How does the claimed period compare with measured ones?", draws)
