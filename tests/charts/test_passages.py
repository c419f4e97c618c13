"""The shapes of several paths on one sheet."""

from __future__ import annotations

import json

import numpy as np
import pytest

from charts.passages import Passage, draw_passages, turning_angle_deg
from charts.svg import NARROW, WIDE, draw
from science.records import Elements, OrbitSolutionRecord


def passage(body: str, eccentricity: float, q_au: float, speed_km_s: float) -> Passage:
    elements = Elements(eccentricity, q_au, 2460000.5, 10.0, 20.0, 30.0)
    solution = OrbitSolutionRecord(
        body, "S1", "nobody", "osculating elements", 2460000.5, "synthetic", elements
    )
    return Passage(solution, elements, speed_km_s)


PASSAGES = [passage("1I", 1.2, 0.25, 26.0), passage("2I", 3.4, 2.0, 32.0), passage("3I", 6.1, 1.36, 58.0)]


def test_it_draws_each_path_with_its_closest_point_to_the_right_at_its_distance() -> None:
    drawing = draw_passages(PASSAGES)
    assert json.dumps(drawing.figure, allow_nan=False)
    lines = {
        next(text for text in trace["text"] if text): trace
        for trace in drawing.figure["data"]
        if "lines" in trace["mode"] and any(trace.get("text", ()))
    }
    for name, q_au in (("1I/'Oumuamua", 0.25), ("2I/Borisov", 2.0), ("3I/ATLAS", 1.36)):
        x, y = np.array(lines[name]["x"]), np.array(lines[name]["y"])
        nearest = np.argmin(np.hypot(x, y))
        assert np.hypot(x, y)[nearest] == pytest.approx(q_au, abs=2e-3)
        assert x[nearest] == pytest.approx(q_au, abs=2e-3)


def test_it_says_which_is_fastest_and_least_bent_and_lists_all_as_a_table() -> None:
    drawing = draw_passages(PASSAGES)
    assert drawing.finding.startswith("3I/ATLAS is the fastest of the three, 58.0 km/s")
    assert "bent least, by 19°" in drawing.finding
    assert [row.cells[0] for row in drawing.rows] == ["1I/'Oumuamua", "2I/Borisov", "3I/ATLAS"]
    slow_and_straight = [passage("1I", 7.0, 0.25, 20.0), PASSAGES[2]]
    assert "and 1I/'Oumuamua has the path bent least" in draw_passages(slow_and_straight).finding


def test_it_turns_a_path_by_the_angle_between_its_asymptotes() -> None:
    # 'Oumuamua: e = 1.2011 (JPL), bent by about 113 degrees
    assert turning_angle_deg(1.2011) == pytest.approx(112.7, abs=0.1)


@pytest.mark.parametrize("paper", [WIDE, NARROW])
def test_it_names_every_path_on_paper(paper) -> None:
    picture = draw(draw_passages(PASSAGES), paper)
    for name in ("Oumuamua", "Borisov", "ATLAS", "Earth", "Mars"):
        assert name in picture
