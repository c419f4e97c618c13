"""How far each new orbit solution moved its object."""

from __future__ import annotations

import json

from charts.solution_shifts import Shifted, draw_shifts
from charts.svg import NARROW, WIDE, draw
from tests.charts.examples import day

SHIFTS = [
    Shifted("S3", "S2", "Now", day("2026-11-26"), 11340.2, 0.978),
    Shifted("S3", "S2", "Mars pass", day("2025-10-03"), 107.1, 0.0497),
    Shifted("S2", "S1", "Now", day("2026-11-26"), 519600.0, 50.04),
]


def test_it_has_a_row_for_each_moment_and_speaks_of_the_newest_solution() -> None:
    drawing = draw_shifts("3I", SHIFTS)
    assert drawing is not None
    assert json.dumps(drawing.figure, allow_nan=False)
    assert [row.cells[0] for row in drawing.rows] == ["S3", "S3", "S2"]
    said = drawing.finding.replace("\u202f", " ").replace("\u00a0", " ")
    assert said == "Against S2, solution S3 moves 3I/ATLAS by 11 340 km now and 107.1 km at the Mars pass."
    for width in (WIDE, NARROW):
        assert all(f">{name}<" in draw(drawing, width) for name in ("S3, now", "S3, Mars pass", "S2, now"))


def test_it_draws_nothing_where_nothing_moved() -> None:
    assert draw_shifts("3I", []) is None
    assert draw_shifts("3I", [Shifted("S2", "S1", "Now", day("2026-11-26"), 0.0, 0.0)]) is None
