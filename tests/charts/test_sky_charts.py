"""Charts of motion: distances, elongations, the sky of a site, chances; drawn with the catalogue's orbit."""

import json
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from charts.alignment_histogram import CHART as ALIGNMENT
from charts.distance_timeline import CHART as DISTANCE
from charts.elongation_timeline import CHART as ELONGATION
from charts.orbit_3d import CHART as ORBIT
from charts.registry import Chart, drawing_of
from charts.sky_track import CHART as SKY
from charts.svg import NARROW, WIDE, draw
from science.records import ChartSubject, Drawing
from tests.charts.catalogue_subjects import subjects
from tests.charts.printed import collisions, cut_off
from tests.science.checks.ground import orbit

NAMED: tuple[Chart, ...] = (DISTANCE, ELONGATION, SKY, ALIGNMENT, ORBIT)


def with_orbit(subject: ChartSubject) -> ChartSubject:
    return replace(subject, solution=orbit(subject.body).solution)


PAIRS = [
    (with_orbit(subject), name) for subject, name in subjects() if name in {chart.name for chart in NAMED}
]
IDS = [subject.slug for subject, _ in PAIRS]


def drawn(slug: str) -> Drawing:
    subject, name = next(pair for pair in PAIRS if pair[0].slug == slug)
    drawing = drawing_of(subject, name)
    assert drawing is not None
    return drawing


@pytest.mark.parametrize(("subject", "name"), PAIRS, ids=IDS)
def test_a_claim_gets_the_chart_it_names(subject: ChartSubject, name: str) -> None:
    drawing = drawing_of(subject, name)
    assert drawing is not None
    assert drawing.name == name
    assert len(drawing.rows) >= 3
    assert all(len(row.cells) == len(drawing.columns) for row in drawing.rows)
    assert drawing.finding.endswith(".")
    assert "fit-2026-07" in drawing.caption or "sphere" in drawing.caption
    assert json.loads(json.dumps(drawing.figure, allow_nan=False))
    go.Figure(drawing.figure)


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize(("subject", "name"), PAIRS, ids=IDS)
def test_nothing_is_cut_off_or_printed_over(subject: ChartSubject, name: str, width: int) -> None:
    drawing = drawing_of(subject, name)
    assert drawing is not None
    picture = draw(drawing, width)
    assert cut_off(picture) == []
    assert collisions(picture) == []


def test_without_an_orbit_there_is_nothing_to_draw() -> None:
    for subject, name in PAIRS:
        chart = next(chart for chart in NAMED if chart.name == name)
        if subject.slug != "wow-signal-came-from-3i":
            assert chart.draws(replace(subject, solution=None)) is None


def test_the_distance_chart_says_when_and_how_near() -> None:
    # 2025-10-03 04:36:54 UTC at 28,970,923 km: the prototype of the ephemeris, see tests/science/checks
    drawing = drawn("passed-mars-in-october-2025")
    assert "3 Oct 2025 at 0.194 au, 29.0 million km" in drawing.finding
    assert any("28.971 million km" in cell for row in drawing.rows for cell in row.cells)


def test_a_claim_about_years_is_drawn_over_years() -> None:
    assert "first reported on 1 Jul 2025, 4.5 au from the Sun" in drawn("discovered-in-2017").finding


def test_the_elongation_chart_has_the_limits_and_the_claimed_dates() -> None:
    drawing = drawn("jwst-imaged-mars-flyby")
    assert "85 and 135 degrees" in drawing.finding
    assert "from 1 Oct 2025 to 7 Oct 2025" in drawing.finding


def test_the_sky_of_the_rover_is_dark_at_the_claimed_time() -> None:
    assert "65 degrees above the horizon" in drawn("streak-matched-predicted-path").finding
    assert "in the dark" in drawn("streak-matched-predicted-path").finding


def test_the_chance_chart_depends_on_what_counts_as_near() -> None:
    finding = drawn("trajectory-fine-tuned-to-planets").finding
    assert "depends on what counts as near" in finding
    assert drawn("wow-signal-came-from-3i").finding.startswith(
        "A direction drawn at random lies within 9 degrees"
    )
