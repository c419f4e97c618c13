"""Reading orbit solutions, and elements against the states that JPL prints beside them."""

import tomllib
from math import pi
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from science.constants import AU_KM, GM_SUN
from science.kepler import kepler_step
from science.orbits import elements_from_state, orbit_solution, state_from_elements, state_vector
from science.records import Elements, StateVector
from science.refusals import Refused, UnknownParameter

ORBITS = Path(__file__).parents[2] / "data" / "orbits"

# "Equivalent ICRF heliocentric cartesian coordinates" in the headers of Horizons runs of 2025-10-01 (JPL#26),
# 2025-10-18 (JPL#27) and 2025-12-19 (JPL#44), au and au/d
PRINTED_STATES = {
    "JPL26": (
        (-1.616994368572366e-02, -3.597814381333365e00, -1.278571631651561e00),
        (-1.386152884723053e-02, 3.077166736535444e-02, 1.171310239604216e-02),
    ),
    "JPL27": (
        (-9.927233344029041e-02, -3.412582681072442e00, -1.208085018027772e00),
        (-1.385685492290884e-02, 3.089107600479588e-02, 1.175545369890605e-02),
    ),
    "JPL44": (
        (-2.378747297356065e-01, -3.102759005720133e00, -1.090203350456866e00),
        (-1.384709488604957e-02, 3.112560878097644e-02, 1.183817971407601e-02),
    ),
}


@pytest.mark.parametrize("solution_id", PRINTED_STATES)
def test_elements_give_the_state_that_horizons_prints_within_three_metres(solution, solution_id: str) -> None:
    position, velocity = PRINTED_STATES[solution_id]
    found = state_vector(solution("3I", solution_id))
    assert np.linalg.norm(np.subtract(found.position_au, position)) * AU_KM < 0.003
    assert np.linalg.norm(np.subtract(found.velocity_au_d, velocity)) * AU_KM / 86400.0 < 1e-9


@pytest.mark.parametrize("body", ["1I", "2I", "3I"])
def test_every_solution_of_the_catalogue_is_read_whole(body: str) -> None:
    tables = tomllib.loads((ORBITS / f"{body}.toml").read_text("utf-8"))["solution"]
    records = [orbit_solution(table, body) for table in tables]
    assert [record.solution_id for record in records] == [table["id"] for table in tables]
    assert sum(record.is_default for record in records) == 1
    for record, table in zip(records, tables, strict=True):
        assert (record.non_gravitational is not None) == ("non_gravitational" in table)
        if record.non_gravitational is not None:
            assert record.non_gravitational.dt_d == table["non_gravitational"]["DT_d"]
        assert record.m1 == table.get("M1")
        assert record.sigma == table.get("sigma", {})


def _table(**changes: object) -> dict[str, object]:
    table: dict[str, object] = {
        "id": "X1",
        "producer": "test",
        "kind": "osculating elements",
        "epoch_tdb_jd": 2460878.5,
        "source": "made up for this test",
        "eccentricity": 6.1,
        "perihelion_distance_au": 1.36,
        "perihelion_time_tdb_jd": 2460977.98,
        "longitude_of_ascending_node_deg": 322.2,
        "argument_of_perihelion_deg": 128.0,
        "inclination_deg": 175.1,
    }
    return {key: value for key, value in {**table, **changes}.items() if value is not None}


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"AMRAT": 0.1}, UnknownParameter, "AMRAT"),
        ({"sigma": {"e": 1e-5, "node": 1.0}}, UnknownParameter, "node"),
        ({"non_gravitational": {"A1_au_d2": 1e-8, "A4_au_d2": 1e-9}}, UnknownParameter, "A4_au_d2"),
        ({"non_gravitational": {"A1_au_d2": 1e-8}}, Refused, "ALN, NK, NM, NN, R0_au"),
        ({"eccentricity": None}, Refused, "without eccentricity"),
        ({"eccentricity": -0.1}, Refused, "eccentricity -0.1"),
        ({"eccentricity": "6.1"}, Refused, "'6.1'"),
        ({"perihelion_distance_au": 0.0}, Refused, "perihelion distance 0.0"),
        ({"perihelion_time_tdb_jd": float("nan")}, Refused, "perihelion_time_tdb_jd is nan"),
        ({"position_au": [1.0, 0.0, 0.0], "velocity_au_d": [0.0, 0.01, 0.0]}, Refused, "both elements"),
        ({"source": None}, Refused, "no source"),
        ({"arc_from": "last May"}, Refused, "last May"),
        ({"covariance": {"labels": ["e", "q"], "matrix": [[1.0, 0.0]]}}, Refused, "covariance of 2"),
    ],
)
def test_a_solution_that_cannot_be_integrated_is_refused_by_name(changes, kind, words: str) -> None:
    with pytest.raises(kind, match="3I: solution X1") as refusal:
        orbit_solution(_table(**changes), "3I")
    assert words in str(refusal.value)


conics = st.builds(
    Elements,
    eccentricity=st.one_of(st.floats(0.01, 0.95), st.floats(1.05, 8.0), st.just(1.0)),
    perihelion_distance_au=st.floats(0.1, 5.0),
    perihelion_time_tdb_jd=st.floats(2460000.0, 2461000.0),
    longitude_of_ascending_node_deg=st.floats(1.0, 359.0),
    argument_of_perihelion_deg=st.floats(1.0, 359.0),
    inclination_deg=st.floats(1.0, 179.0),
)


@given(conics, st.floats(-300.0, 300.0))
def test_elements_survive_the_way_to_a_state_and_back(elements: Elements, days: float) -> None:
    epoch = elements.perihelion_time_tdb_jd + days
    state = state_from_elements(elements, epoch)
    found = elements_from_state(state, epoch)
    again = state_from_elements(found, epoch)
    assert np.allclose(again.position_au, state.position_au, rtol=0, atol=1e-8)
    assert found.eccentricity == pytest.approx(elements.eccentricity, abs=1e-8)
    assert found.perihelion_distance_au == pytest.approx(elements.perihelion_distance_au, rel=1e-8)
    assert found.inclination_deg == pytest.approx(elements.inclination_deg, abs=1e-7)


@given(conics, st.floats(-300.0, 300.0), st.floats(-20000.0, 20000.0))
def test_a_conic_step_keeps_energy_and_momentum_and_can_be_taken_back(
    elements: Elements, days: float, step: float
) -> None:
    state = state_from_elements(elements, elements.perihelion_time_tdb_jd + days)
    place, motion = np.array(state.position_au), np.array(state.velocity_au_d)
    moved_place, moved_motion = kepler_step(place, motion, step, GM_SUN)
    # rounding counts against the size of what is subtracted or multiplied on the way, not against the result
    speed2 = max(float(motion @ motion), float(moved_motion @ moved_motion))
    sizes = [
        float(np.linalg.norm(r) * np.linalg.norm(v))
        for r, v in ((place, motion), (moved_place, moved_motion))
    ]

    def energy(where: np.ndarray, speed: np.ndarray) -> float:
        return float(speed @ speed / 2.0 - GM_SUN / np.linalg.norm(where))

    assert abs(energy(moved_place, moved_motion) - energy(place, motion)) < 1e-10 * speed2
    twist = np.cross(moved_place, moved_motion) - np.cross(place, motion)
    assert np.linalg.norm(twist) < 1e-9 * max(sizes)
    back, _ = kepler_step(moved_place, moved_motion, -step, GM_SUN)
    assert np.allclose(back, place, rtol=0, atol=1e-5)


def test_an_ellipse_returns_after_its_period() -> None:
    place, motion = np.array([1.0, 0.0, 0.0]), np.array([0.0, np.sqrt(GM_SUN * 1.5), 0.0])
    period = 2.0 * pi * np.sqrt(2.0**3 / GM_SUN)  # e 0.5, q 1: a 2
    back, _ = kepler_step(place, motion, period, GM_SUN)
    assert np.allclose(back, place, atol=1e-12)


def test_the_hyperbola_of_an_interstellar_body_does_not_overflow_in_a_million_years() -> None:
    place, motion = np.array([1.36, 0.0, 0.0]), np.array([0.0, np.sqrt(GM_SUN * 7.14 / 1.36), 0.0])
    far, speed = kepler_step(place, motion, 365.25e6, GM_SUN)
    excess = np.sqrt(GM_SUN * 5.14 / 1.36)
    assert np.linalg.norm(speed) == pytest.approx(excess, rel=1e-6)
    assert np.linalg.norm(far) == pytest.approx(excess * 365.25e6, rel=1e-4)


def test_a_fall_straight_into_the_sun_has_no_elements() -> None:
    with pytest.raises(Refused, match="orbital plane"):
        elements_from_state(StateVector((1.0, 0.0, 0.0), (-0.01, 0.0, 0.0)), 2460000.5)
