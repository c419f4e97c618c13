"""Facts as rows of a panel: a claimed number with its diamond, a recorded one with error or limit."""

from __future__ import annotations

from calendar import monthrange

from charts.labels import row_label, row_note
from charts.numbers import format_asserted, format_measurement
from charts.panels import Guide, Interval, Mark, Row, Value
from charts.scales import ScaleKind
from science.records import AssertedRecord, ChartSubject, Limit, MeasurementRecord

_LIMITS: dict[str, Limit] = {"eq": "value", "approx": "value", "gt": "lower", "lt": "upper"}


def on_axis(value: float | None, value_time: str | None) -> Value:
    """Return a value for the axis; of a time only a day or an instant, see ``stretch`` for less.

    Raises
    ------
    ValueError
        If there is neither a number nor a time.
    """
    if value is not None:
        return value
    if value_time is None:
        raise ValueError("a row of a chart: expected a number or a time, got neither")
    return value_time.rstrip("Z")


def stretch(value_time: str | None) -> tuple[str, str] | None:
    """Return first and last day of a year or month, None of anything more precise.

    >>> stretch("2025-10")
    ('2025-10-01', '2025-10-31')
    """
    if value_time is None or len(value_time) not in (4, 7):
        return None
    if len(value_time) == 4:
        return f"{value_time}-01-01", f"{value_time}-12-31"
    year, month = (int(part) for part in value_time.split("-"))
    return f"{value_time}-01", f"{value_time}-{monthrange(year, month)[1]}"


def claimed_row(claim: AssertedRecord, kind: ScaleKind, *, label: str = "Claimed") -> Row:
    """Return the row of an asserted number; its relation shows as an arrow.

    A zero that a logarithmic axis cannot hold stands at its edge, and the note says so.
    """
    text = format_asserted(claim)
    whole = stretch(claim.value_time) if claim.value is None else None
    if whole is not None:
        return Row(label, claim.note, text, (Interval(*whole, "asserted", f"Claimed: {text}"),), claimed=True)
    value = on_axis(claim.value, claim.value_time)
    off_scale = _off_scale(value, kind)
    edge = "left of this logarithmic scale" if off_scale and claim.relation != "gt" else ""
    note = "; ".join(part for part in (claim.note, edge) if part)
    mark = Mark(
        value, "asserted", limit=_LIMITS[claim.relation], hover=f"Claimed: {text}", off_scale=off_scale
    )
    return Row(label, note, text, (mark,), claimed=True)


def claimed_guides(claims: tuple[AssertedRecord, ...], kind: ScaleKind) -> tuple[Guide, ...]:
    """Return a dashed line through all rows for each asserted number that the axis can hold."""
    precise = [claim for claim in claims if claim.value is not None or stretch(claim.value_time) is None]
    values = [on_axis(claim.value, claim.value_time) for claim in precise]
    return tuple(Guide(value, "asserted") for value in values if not _off_scale(value, kind))


def recorded_row(
    row: MeasurementRecord,
    subject: ChartSubject,
    kind: ScaleKind,
    *,
    with_quantity: bool = False,
    label: str | None = None,
) -> Row:
    """Return the row of a measurement: filled if the claim cites it, hollow otherwise."""
    label = label or row_label(row, subject.body, with_quantity=with_quantity)
    text = format_measurement(row)
    role = "measured" if row.key in subject.cited_keys else "other"
    whole = stretch(row.value_time) if row.value is None else None
    if whole is not None:
        return Row(label, row_note(row, label), text, (Interval(*whole, role, f"{label}: {text}"),))
    value = on_axis(row.value, row.value_time)
    off_scale = _off_scale(value, kind)
    mark = Mark(
        value,
        role,
        None if off_scale else row.plus,
        None if off_scale else row.minus,
        row.limit,
        f"{label}: {text} ({row_note(row)})",
        off_scale=off_scale,
    )
    return Row(label, row_note(row, label), text, (mark,))


def _off_scale(value: Value, kind: ScaleKind) -> bool:
    return kind == "log" and not isinstance(value, str) and value <= 0
