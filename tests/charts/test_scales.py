"""Axes: places of values, and ticks at round numbers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.scales import Scale, day_number, padded

_ends = st.tuples(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12)).filter(
    lambda e: e[1] - e[0] > 1e-6 * (abs(e[0]) + 1)
)
_positive = st.tuples(st.floats(1e-12, 1e30), st.floats(1.5, 1e12)).map(lambda e: (e[0], e[0] * e[1]))


@given(_ends, st.integers(3, 9))
def test_linear_ticks_lie_inside_in_order_and_are_not_too_many(ends: tuple[float, float], count: int) -> None:
    scale = Scale("linear", *ends)
    ticks = scale.ticks(count)
    places = [scale.fraction(tick.value) for tick in ticks]
    assert places == sorted(places)
    assert all(-1e-6 <= place <= 1 + 1e-6 for place in places)
    assert 1 <= len(ticks) <= count + 2
    assert len({tick.text for tick in ticks}) == len(ticks)


@given(_positive, st.integers(3, 9))
def test_logarithmic_ticks_lie_inside_in_order_and_are_not_too_many(
    ends: tuple[float, float], count: int
) -> None:
    scale = Scale("log", *ends)
    ticks = scale.ticks(count)
    places = [scale.fraction(tick.value) for tick in ticks]
    assert places == sorted(places)
    assert all(-1e-3 <= place <= 1 + 1e-3 for place in places)
    assert len(ticks) <= count + 2


@given(st.integers(0, 20000), st.integers(2, 20000), st.integers(3, 9))
def test_date_ticks_lie_inside_and_name_the_year_once(start: int, days: int, count: int) -> None:
    scale = Scale("date", float(start), float(start + days))
    ticks = scale.ticks(count)
    assert all(0 <= scale.fraction(tick.value) <= 1 for tick in ticks)
    years = [tick.below for tick in ticks if tick.below]
    assert len(years) == len(set(years))


def test_a_scale_of_months_starts_at_the_first_of_each() -> None:
    scale = Scale("date", day_number("2025-09-15"), day_number("2026-02-20"))
    ticks = scale.ticks(8)
    assert [(tick.text, tick.below) for tick in ticks] == [
        ("Oct", "2025"),
        ("Nov", ""),
        ("Dec", ""),
        ("Jan", "2026"),
        ("Feb", ""),
    ]


def test_days_are_counted_in_utc_whatever_the_spelling() -> None:
    assert day_number("1970-01-02") == 1.0
    assert day_number("1970-01-01T12:00:00Z") == 0.5
    assert day_number(datetime(1970, 1, 1, 6, tzinfo=UTC)) == 0.25


def test_large_powers_are_written_as_powers_and_small_ones_in_digits() -> None:
    assert [tick.text for tick in Scale("log", 5e23, 2e26).ticks(3)] == ["10²⁴", "10²⁵", "10²⁶"]
    assert [tick.text for tick in Scale("log", 0.08, 12).ticks(3)] == ["0.1", "1", "10"]
    assert [tick.text for tick in Scale("linear", 0, 2.2e-6).ticks(4)][1] == "0.5×10⁻⁶"


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (-1.0, 1.0)])
def test_a_logarithmic_scale_refuses_zero(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        Scale("log", low, high)


def test_padding_keeps_all_values_inside_and_starts_at_zero_where_that_is_honest() -> None:
    near = padded("linear", [0.357, 0.358])
    assert near.low > 0.35
    far = padded("linear", [1.0, 3.0])
    assert far.low == 0.0
    assert far.high > 3.0
    negative = padded("linear", [-2.7])
    assert negative.high == 0.0
    wide = padded("log", [1e24, 1e26])
    assert wide.low < 1e24 < 1e26 < wide.high
    with pytest.raises(ValueError, match="positive"):
        padded("log", [0.0, 1.0])
    with pytest.raises(ValueError, match="at least one"):
        padded("linear", [])
