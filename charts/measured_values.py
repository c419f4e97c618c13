"""Every value on record of one quantity on one axis, whoever measured it and of which object.

Not a chart of one claim: it stands where measurements are listed, and beside one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from charts.comparison import ONLY_CITED, scale_kind
from charts.facts import recorded_row
from charts.figure import compose
from charts.labels import (
    body_name,
    capitalised,
    row_label,
    row_note,
    source_label,
    source_link,
    where_and_when,
)
from charts.numbers import format_measurement
from charts.panels import Row, RowPanel
from charts.scales import ScaleKind
from charts.traces import with_unit
from charts.units import format_unit
from charts.wording import sources_sentence, spoken_value
from science.records import ChartSubject, Drawing, MeasurementRecord, TableRow
from science.vocabulary import QUANTITIES

_COLUMNS = ("Of", "Value", "Where and when", "Source")
_MOST_ROWS = 24


def comparable(quantity: str) -> bool:
    """Whether two numbers of a quantity mean the same kind of thing, so that one axis may hold both."""
    kind = QUANTITIES.get(quantity)
    return kind is not None and kind.kind == "number" and quantity not in ONLY_CITED


def measured_values(rows: Sequence[MeasurementRecord], chosen: str = "") -> Drawing | None:
    """The values of one quantity, grouped by object and the largest first.

    Parameters
    ----------
    rows
        Measurements of one quantity; those without a number are left to the page's own table.
    chosen
        Key of the row that is looked at: it is filled and the others are hollow.  Without one all are filled.

    Returns
    -------
    Drawing or None
        None where fewer than two numbers are on record, or the numbers cannot be compared.
    """
    numbers = [row for row in rows if row.value is not None]
    if len(numbers) < 2 or not comparable(numbers[0].quantity):
        return None
    quantity = QUANTITIES[numbers[0].quantity]
    ordered = sorted(numbers, key=lambda row: (row.body, -(row.value or 0.0), row.key))
    if chosen:
        ordered.sort(key=lambda row: row.key != chosen)
    drawn = ordered[:_MOST_ROWS]
    kind = scale_kind((), numbers)
    cited = {chosen} if chosen else {row.key for row in numbers}
    subject = ChartSubject(quantity.key, quantity.title, "", "", cited_keys=frozenset(cited))
    parts = []
    if chosen:
        parts.append("Filled: the value of this page. Hollow: the others on record.")
    if any(row.limit != "value" for row in drawn):
        parts.append("Bar with arrow: a limit, which is no measurement of absence.")
    if len(ordered) > len(drawn):
        parts.append(f"The table has {len(ordered) - len(drawn)} more.")
    title = capitalised(quantity.title)
    return Drawing(
        name="measured_values",
        title=f"{title}: values on record",
        figure=compose(
            [
                RowPanel(
                    with_unit(title, format_unit(quantity.unit)),
                    kind,
                    tuple(_row(row, subject, kind) for row in drawn),
                )
            ]
        ),
        columns=_COLUMNS,
        rows=tuple(
            TableRow(
                (_label(row), format_measurement(row), where_and_when(row), row_note(row)),
                source_link(row.citation),
                row.key,
            )
            for row in ordered
        ),
        finding=_finding(numbers, chosen),
        caption=" ".join([*parts, sources_sentence(drawn)]),
    )


def _row(row: MeasurementRecord, subject: ChartSubject, kind: ScaleKind) -> Row:
    """The row of a measurement; one whose label is its source says that once."""
    label = _label(row)
    drawn = recorded_row(row, subject, kind, label=label)
    named = source_label(row.citation) in label
    return replace(drawn, note=row_note(row, capitalised(source_label(row.citation)))) if named else drawn


def _label(row: MeasurementRecord) -> str:
    rest = row_label(row, row.body)
    return f"{body_name(row.body)}, {rest}" if rest else body_name(row.body)


def _finding(rows: Sequence[MeasurementRecord], chosen: str) -> str:
    """How many values there are, of how many objects, and between which they lie."""
    title = QUANTITIES[rows[0].quantity].title
    low, high = (pick(rows, key=lambda row: row.value or 0.0) for pick in (min, max))
    bodies = {row.body for row in rows}
    of = f"of {body_name(next(iter(bodies)))}" if len(bodies) == 1 else f"of {len(bodies)} objects"
    limits = sum(row.limit != "value" for row in rows)
    words = [f"{len(rows)} values of {title} {of} are on record, from {_named(low)} to {_named(high)}"]
    if limits:
        words.append(
            f"{limits} of them {'is a limit' if limits == 1 else 'are limits'}, no measurement of absence"
        )
    this = next((row for row in rows if row.key == chosen), None)
    if this is not None:
        words.insert(
            0,
            f"{capitalised(spoken_value(this))} stands beside {len(rows) - 1} other{'' if len(rows) == 2 else 's'}",
        )
    return f"{'; '.join(words)}."


def _named(row: MeasurementRecord) -> str:
    return f"{spoken_value(row)} ({_label(row)})"
