"""Axes: from a value to a place on paper, and the ticks that stand there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from charts.numbers import MINUS, THIN
from charts.units import power_of_ten

ScaleKind = Literal["linear", "log", "date"]

_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
_DAY_STEPS = (1, 2, 5, 10)
_HOUR_STEPS = (1, 2, 3, 6, 12, 24)
_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def day_number(value: str | date | datetime) -> float:
    """Return days since 1970-01-01 UTC of an ISO date, instant or date object."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value.replace("Z", "+00:00"))
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=UTC)
    if value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    return value.timestamp() / 86400.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick: its value on the axis, its text, and a second line (a year) or nothing."""

    value: float
    text: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale from ``low`` to ``high`` in data values (days since 1970 for dates)."""

    kind: ScaleKind
    low: float
    high: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high)) or self.low == self.high:
            raise ValueError(f"scale from {self.low} to {self.high}: expected two different finite ends")
        if self.kind == "log" and min(self.low, self.high) <= 0:
            raise ValueError(f"logarithmic scale from {self.low}: expected positive ends")

    def fraction(self, value: float) -> float:
        """Return the place of a value: 0 at ``low``, 1 at ``high``; below 0 if it cannot be placed."""
        if self.kind == "log":
            if value <= 0:
                return -1.0
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def ticks(self, count: int) -> list[Tick]:
        """Return about ``count`` ticks inside the scale, at round values."""
        low, high = sorted((self.low, self.high))
        if self.kind == "log":
            return _log_ticks(low, high, count)
        if self.kind == "date":
            return _date_ticks(low, high, count)
        return _linear_ticks(low, high, count)


def padded(kind: ScaleKind, values: list[float], *, left: float = 0.05, right: float = 0.05) -> Scale:
    """Return a scale that holds all values with room at both ends.

    A linear scale of values of one sign starts at zero unless they lie close together; a
    logarithmic one spans at least a decade.

    Raises
    ------
    ValueError
        If there are no values, or a logarithmic scale is asked for values at or below zero.
    """
    if not values:
        raise ValueError("scale: expected at least one value")
    low, high = min(values), max(values)
    if kind == "log":
        if low <= 0:
            raise ValueError(f"logarithmic scale: expected positive values, got {low}")
        start, end = math.log10(low), math.log10(high)
        if end - start < 1.0:
            middle = (start + end) / 2
            start, end = middle - 0.5, middle + 0.5
        span = end - start
        return Scale("log", 10 ** (start - left * span), 10 ** (end + right * span))
    if kind == "linear":
        if low >= 0 and (low < 0.6 * high or low == high):
            return Scale("linear", 0.0, high + right * high if high else 1.0)
        if high <= 0 and (high > 0.6 * low or low == high):
            return Scale("linear", low + left * low, 0.0)
    span = (high - low) or (30.0 if kind == "date" else abs(low) or 1.0)
    return Scale(kind, low - left * span, high + right * span)


def _linear_ticks(low: float, high: float, count: int) -> list[Tick]:
    raw = (high - low) / (max(count, 1) + 0.7)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= raw * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    values = [
        round(index * step, 12) if abs(step) > 1e-9 else index * step for index in range(first, last + 1)
    ]
    largest = max((abs(value) for value in values), default=0.0)
    if largest and (largest < 1e-3 or largest >= 1e7):
        exponent = math.floor(math.log10(largest))
        return [Tick(value, _scientific(value, exponent)) for value in values]
    return [Tick(value, plain(value)) for value in values]


def _scientific(value: float, exponent: int) -> str:
    if not value:
        return "0"
    mantissa = f"{value / 10.0**exponent:.6g}".replace("-", MINUS)
    return f"{mantissa}×{power_of_ten(exponent)}"


def plain(value: float) -> str:
    """Return a tick value in plain digits with a true minus and grouped thousands."""
    text = f"{abs(value):.6g}"
    if "e" in text:
        text = f"{abs(value):f}".rstrip("0").rstrip(".")
    whole, dot, rest = text.partition(".")
    if len(whole) >= 5:
        whole = f"{int(whole):,}".replace(",", THIN)
    return (MINUS if value < 0 else "") + whole + dot + rest


def _log_ticks(low: float, high: float, count: int) -> list[Tick]:
    """Whole powers of ten; with 2 and 5 between them where there is room for all."""
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    powers = list(range(first, last + 1))
    finer = [
        (factor, power)
        for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        for factor in (1, 2, 5)
        if low * 0.999 <= factor * 10.0**power <= high * 1.001
    ]
    if len(powers) < 2 and len(finer) < 2:
        return _linear_ticks(low, high, count)
    small = all(-3 <= power <= 4 for _, power in finer)
    if len(powers) < 2 or len(finer) <= count + 1:
        return [
            Tick(factor * 10.0**power, _power_text(factor, power, small=small)) for factor, power in finer
        ]
    step = max(1, math.ceil(len(powers) / max(count, 2)))
    kept = [power for power in powers if power % step == 0] if step > 1 else powers
    return [Tick(10.0**power, _power_text(1, power, small=small)) for power in kept]


def _power_text(factor: int, power: int, *, small: bool) -> str:
    if small:
        return plain(factor * 10.0**power)
    return power_of_ten(power) if factor == 1 else f"{factor}×{power_of_ten(power)}"


def _date_ticks(low: float, high: float, count: int) -> list[Tick]:
    days = high - low
    if days <= 4:
        return _hour_ticks(low, high, count)
    if days <= 62:
        step = next((step for step in _DAY_STEPS if days / step <= count), 10)
        return _day_ticks(low, high, step)
    months = days / 30.44
    step = next((step for step in _MONTH_STEPS if months / step <= count), _MONTH_STEPS[-1])
    start = datetime.fromtimestamp(low * 86400.0, tz=UTC)
    index = start.year * 12 + start.month - 1
    index -= index % step
    ticks: list[Tick] = []
    year_shown = None
    while True:
        year, month = divmod(index, 12)
        moment = day_number(date(year, month + 1, 1))
        if moment > high:
            return ticks
        if moment >= low:
            if step >= 12:
                ticks.append(Tick(moment, str(year)))
            else:
                ticks.append(Tick(moment, _NAMES[month], str(year) if year != year_shown else ""))
                year_shown = year
        index += step


def _hour_ticks(low: float, high: float, count: int) -> list[Tick]:
    hours = (high - low) * 24
    step = next((step for step in _HOUR_STEPS if hours / step <= count), _HOUR_STEPS[-1])
    ticks: list[Tick] = []
    shown = None
    for hour in range(math.ceil(low * 24 - 1e-6), math.floor(high * 24 + 1e-6) + 1):
        moment = datetime.fromtimestamp(hour * 3600, tz=UTC)
        if moment.hour % step:
            continue
        day = f"{moment.day} {_NAMES[moment.month - 1]} {moment.year}"
        ticks.append(Tick(hour / 24, f"{moment.hour:02d}h", day if day != shown else ""))
        shown = day
    return ticks


def _day_ticks(low: float, high: float, step: int) -> list[Tick]:
    ticks: list[Tick] = []
    shown = None
    for day in range(math.ceil(low), math.floor(high) + 1):
        moment = datetime.fromtimestamp(day * 86400.0, tz=UTC)
        if (moment.day - 1) % step or (step > 1 and moment.day > 29):
            continue
        month = f"{_NAMES[moment.month - 1]} {moment.year}"
        ticks.append(Tick(float(day), str(moment.day), month if month != shown else ""))
        shown = month
    return ticks
