"""Charts the size of a word or a line of a table: the course of a number, and the values of a quantity on one line.

They carry no axis and no text: what they show stands in words beside them, and in their label for whoever cannot
see them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from charts.comparison import scale_kind
from charts.geometry import trimmed
from charts.labels import capitalised
from charts.measured_values import comparable
from charts.numbers import format_value
from charts.scales import Scale
from charts.style import light
from charts.wording import spoken_value
from science.records import MeasurementRecord
from science.vocabulary import QUANTITIES

LINE_SIZE = (72, 20)
STRIP_SIZE = (260, 22)
_EDGE = 5.0
# room for the arrow of a limit
_STRIP_EDGE = 11.0


def _svg(size: tuple[int, int], label: str, ink: str) -> str:
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="spark" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-label="{escape(label)}" fill="none">{ink}</svg>'
    )


def course(values: Sequence[float], label: str) -> str:
    """The course of a number over equal steps of time, its first value marked.

    Parameters
    ----------
    values
        At least two numbers.
    label
        What the line shows, in words.

    Raises
    ------
    ValueError
        If there are fewer than two numbers.
    """
    if len(values) < 2:
        raise ValueError(f"a course of {len(values)} values: expected at least two")
    width, height = LINE_SIZE
    low, high = min(values), max(values)
    reach = (high - low) or 1.0
    places = [
        (
            _EDGE + (width - 2 * _EDGE) * step / (len(values) - 1),
            height - _EDGE - (height - 2 * _EDGE) * (value - low) / reach,
        )
        for step, value in enumerate(values)
    ]
    path = "L".join(f"{trimmed(x)} {trimmed(y)}" for x, y in places)
    x, y = places[0]
    ink = (
        f'<g class="c-measured" color="{light("measured")}"><path d="M{path}" stroke="currentColor" '
        f'stroke-width="1.5"/><circle cx="{trimmed(x)}" cy="{trimmed(y)}" r="3" fill="currentColor"/></g>'
    )
    return _svg(LINE_SIZE, label, ink)


@dataclass(frozen=True, slots=True)
class Strip:
    """The values of one quantity on one line: how many, between which, and the picture."""

    quantity: str
    title: str
    number: int
    low: str
    high: str
    svg: str


def strip(rows: Sequence[MeasurementRecord]) -> Strip | None:
    """The values of one quantity with their errors and limits; None where fewer than two can be compared."""
    numbers = [row for row in rows if row.value is not None]
    if len(numbers) < 2 or not comparable(numbers[0].quantity):
        return None
    quantity = QUANTITIES[numbers[0].quantity]
    kind = scale_kind((), numbers)
    ends = [end for row in numbers for end in _ends(row)]
    if kind == "log":
        ends = [end for end in ends if end > 0]
    low, high = min(ends), max(ends)
    if low == high:
        low, high = low - 1.0, high + 1.0
        kind = "linear"
    scale = Scale(kind, low, high)
    width, height = STRIP_SIZE
    middle = height / 2

    def across(value: float) -> float:
        return _STRIP_EDGE + (width - 2 * _STRIP_EDGE) * min(max(scale.fraction(value), 0.0), 1.0)

    bars, dots = [], []
    for row in numbers:
        value = row.value or 0.0
        x = across(value)
        if row.limit == "value":
            first, last = (across(end) for end in _ends(row))
            if last - first > 1:
                bars.append(f"M{trimmed(first)} {trimmed(middle)}H{trimmed(last)}")
            dots.append(f'<circle cx="{trimmed(x)}" cy="{trimmed(middle)}" r="3.5"/>')
        else:
            # a bar with an arrow, as in every chart: a limit
            tip = -9 if row.limit == "upper" else 9
            back = tip - 3 if tip > 0 else tip + 3
            bars.append(f"M{trimmed(x)} {trimmed(middle - 5)}v10M{trimmed(x)} {trimmed(middle)}h{tip}")
            bars.append(f"m{back - tip} -3l{tip - back} 3l{back - tip} 3")
    ink = (
        f'<g class="c-grid" color="{light("grid")}"><path d="M0 {trimmed(middle)}H{width}" stroke="currentColor"/></g>'
        f'<g class="c-measured" color="{light("measured")}"><path d="{"".join(bars)}" stroke="currentColor" '
        f'stroke-width="1.5"/><g fill="currentColor" fill-opacity=".6">{"".join(dots)}</g></g>'
    )
    lowest, highest = (pick(numbers, key=lambda row: row.value or 0.0) for pick in (min, max))
    limits = sum(row.limit != "value" for row in numbers)
    told = f", {limits} of them {'a limit' if limits == 1 else 'limits'}" if limits else ""
    return Strip(
        quantity.key,
        quantity.title,
        len(numbers),
        _printed(lowest),
        _printed(highest),
        _svg(
            STRIP_SIZE,
            f"{capitalised(quantity.title)}: {len(numbers)} values{told}, from {spoken_value(lowest)} to {spoken_value(highest)}",
            ink,
        ),
    )


def _ends(row: MeasurementRecord) -> tuple[float, float]:
    value = row.value or 0.0
    return value - (row.minus or 0.0), value + (row.plus or 0.0)


def _printed(row: MeasurementRecord) -> str:
    return format_value(row.value or 0.0, limit=row.limit, unit=row.unit, as_printed=row.as_printed)
