"""Every value of one quantity on one axis."""

from __future__ import annotations

import json

import pytest

from charts.measured_values import comparable, measured_values
from charts.svg import NARROW, WIDE, draw
from science.records import MeasurementRecord
from tests.charts.examples import fact

RADII = [
    fact("small", "nucleus_radius", 0.4, plus=0.1, minus=0.1, observatory="HST"),
    fact("large", "nucleus_radius", 2.8, limit="upper", observatory="Keck"),
    fact("other", "nucleus_radius", 0.5, body="2I", observatory="VLT"),
]


def test_it_puts_every_value_on_one_axis_and_says_between_which_they_lie() -> None:
    drawing = measured_values(RADII)
    assert drawing is not None
    assert json.dumps(drawing.figure, allow_nan=False)
    assert [row.key for row in drawing.rows] == ["other", "large", "small"]
    assert drawing.finding.startswith("3 values of nucleus radius of 2 objects are on record, from 0.4")
    assert "an upper limit of 2.8" in drawing.finding
    assert "1 of them is a limit, no measurement of absence" in drawing.finding
    for width in (WIDE, NARROW):
        assert draw(drawing, width).count("<svg") == 1


def test_it_fills_the_chosen_value_alone_and_puts_it_first() -> None:
    drawing = measured_values(RADII, "small")
    assert drawing is not None
    assert drawing.rows[0].key == "small"
    assert drawing.finding.startswith("0.4")
    symbols = [trace["marker"]["symbol"] for trace in drawing.figure["data"] if "markers" in trace["mode"]]
    assert sum(not symbol.endswith("-open") for symbol in symbols if symbol.startswith("circle")) == 1


@pytest.mark.parametrize(
    "rows",
    [
        [],
        RADII[:1],
        [fact("a", "nucleus_radius"), fact("b", "nucleus_radius", 1.0)],
        [fact("a", "count", 1.0), fact("b", "count", 2.0)],
    ],
)
def test_it_draws_nothing_where_nothing_can_be_compared(rows: list[MeasurementRecord]) -> None:
    assert measured_values(rows) is None


def test_it_compares_numbers_only_where_they_mean_the_same() -> None:
    assert comparable("nucleus_radius")
    assert not comparable("count")
    assert not comparable("event_epoch")
    assert not comparable("no such quantity")
