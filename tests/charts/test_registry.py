"""The registry finds charts by file and refuses two of one name."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from charts.registry import FALLBACK, Chart, charts, collected, drawing_of
from science.records import AssertedRecord, ChartSubject
from tests.charts.examples import FIRST_CHARTS


def module_with(name: str, chart: Chart) -> ModuleType:
    module = ModuleType(name)
    module.CHART = chart  # type: ignore[attr-defined]
    return module


def test_it_finds_the_first_charts_each_in_the_file_of_its_name() -> None:
    folder = Path(__file__).parents[2] / "charts"
    assert charts().keys() >= FIRST_CHARTS
    assert [name for name in charts() if not (folder / f"{name}.py").exists()] == []
    assert all(chart.question.endswith("?") for chart in charts().values())


def test_two_files_of_one_chart_are_refused_by_name() -> None:
    chart = Chart("twice", "Why?", lambda subject: None)
    with pytest.raises(ValueError, match=r"'twice'.*second"):
        collected([module_with("first", chart), module_with("second", chart)])


def test_a_module_without_a_chart_is_passed_over() -> None:
    assert collected([ModuleType("labels")]) == {}


@pytest.mark.parametrize("name", [None, "not_drawn_yet", "mass_density"])
def test_a_chart_that_has_nothing_to_draw_gives_way_to_the_general_one(name: str | None) -> None:
    subject = ChartSubject(
        "x", "x", "3I", "", asserted=(AssertedRecord("heliocentric_speed", 60.0, "km / s", "approx"),)
    )
    drawing = drawing_of(subject, name)
    assert drawing is not None
    assert drawing.name == FALLBACK
    assert json.dumps(drawing.figure, allow_nan=False)


def test_a_claim_without_any_number_has_no_chart() -> None:
    assert drawing_of(ChartSubject("x", "x", "3I", ""), None) is None
