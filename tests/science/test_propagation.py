"""The integration against JPL's, and against scipy's Runge-Kutta on the same forces."""

from dataclasses import replace

import numpy as np
import pytest

from science import integration, planets
from science.constants import AU_KM
from science.ephemerides import vectors
from science.orbits import state_vector
from science.propagation import state_table
from science.refusals import OutsideSpan, Refused


def test_jpl27_vectors_come_out_within_two_hundred_metres_in_2025_and_2026(table, authority) -> None:
    truth = authority("horizons_3i_jpl27_vectors.csv")
    near = (truth["jd_tdb"] > 2460676.5) & (truth["jd_tdb"] < 2461406.5)
    position, velocity = vectors(table("3I", "JPL27"), truth["jd_tdb"][near])
    expected = np.stack([truth[axis][near] for axis in ("x", "y", "z")], axis=-1)
    assert np.linalg.norm(position * AU_KM - expected, axis=-1).max() < 0.2
    speed = np.stack([truth[axis][near] for axis in ("vx", "vy", "vz")], axis=-1)
    assert np.abs(velocity * AU_KM / 86400.0 - speed).max() < 1e-6


def test_jpl27_vectors_come_out_within_eight_km_from_2016_to_2040(solution, authority) -> None:
    truth = authority("horizons_3i_jpl27_vectors.csv")
    states = state_table(solution("3I", "JPL27"), truth["jd_tdb"].min(), truth["jd_tdb"].max())
    position, _ = vectors(states, truth["jd_tdb"])
    expected = np.stack([truth[axis] for axis in ("x", "y", "z")], axis=-1)
    assert np.linalg.norm(position * AU_KM - expected, axis=-1).max() < 8.0


@pytest.mark.parametrize("body", ["1I", "2I", "3I"])
def test_the_fits_of_2026_reproduce_the_rounded_vectors_they_were_made_from(table, authority, body) -> None:
    truth = authority(f"horizons_{body.lower()}_vectors_2026_07.csv")
    span = table(body, "fit-2026-07")
    inside = (truth["jd_tdb"] > span.start_tdb_jd) & (truth["jd_tdb"] < span.stop_tdb_jd)
    assert inside.sum() >= 15
    position, _ = vectors(span, truth["jd_tdb"][inside])
    expected = np.stack([truth[axis][inside] for axis in ("x", "y", "z")], axis=-1)
    # rounding to 1e-6 au spreads a coordinate evenly over +-75 km; the fit itself is good to some 5 km
    assert np.abs(position - expected).max() * AU_KM < 75.0 + 20.0
    assert np.sqrt(np.mean((position - expected) ** 2)) * AU_KM * np.sqrt(3.0) < 90.0


def test_without_the_delay_2i_would_be_hundreds_of_km_off(solution, table) -> None:
    there = solution("2I", "fit-2026-07")
    undelayed = replace(there, non_gravitational=replace(there.non_gravitational, dt_d=0.0))
    span = table("2I", "fit-2026-07")
    other = state_table(undelayed, span.start_tdb_jd + 2, span.stop_tdb_jd - 2)
    tdb = np.array([span.stop - 3.0])
    assert np.linalg.norm(span.position(tdb) - other.position(tdb)) * AU_KM > 500.0


def test_collocation_agrees_with_a_runge_kutta_method_within_fifty_metres(solution, table) -> None:
    from scipy.integrate import solve_ivp

    there = solution("3I", "JPL44")
    start = there.epoch_tdb_jd - 2451545.0
    state = state_vector(there)

    def derivative(tdb: float, y: np.ndarray) -> np.ndarray:
        bodies = planets.heliocentric_positions(integration._PERTURBERS, np.array([tdb]))
        pull = integration._acceleration(
            y[None, None, :3], y[None, None, 3:], bodies, (there.non_gravitational,)
        )
        return np.concatenate([y[3:], pull[0, 0]])

    end = start + 120.0  # through the Mars passage and perihelion
    solved = solve_ivp(
        derivative, (start, end), [*state.position_au, *state.velocity_au_d], "DOP853", rtol=1e-12, atol=1e-13
    )
    assert solved.success
    ours = table("3I", "JPL44").position(np.array([end]))[0]
    assert np.linalg.norm(solved.y[:3, -1] - ours) * AU_KM < 0.05


def test_there_and_back_again_is_the_same_place_within_a_metre(solution) -> None:
    there = solution("3I", "fit-2026-07")
    state, epoch = state_vector(there), there.epoch_tdb_jd - 2451545.0
    models = (there.non_gravitational,)
    place, motion = np.array([state.position_au]), np.array([state.velocity_au_d])
    far, speed = integration.integrate(place, motion, models, epoch, np.array([epoch + 400.0]))
    back, _ = integration.integrate(far[0], speed[0], models, epoch + 400.0, np.array([epoch]))
    assert np.linalg.norm(back[0] - place) * AU_KM < 0.001


def test_planets_agree_with_de441_within_a_metre_or_the_satellites_of_jupiter(authority) -> None:
    truth = authority("horizons_planets.csv")
    for body, limit_km in (("earth", 0.001), ("mars", 0.001), ("jupiter", 230.0)):
        chosen = truth["body"] == body
        tdb = truth["jd_tdb"][chosen] - 2451545.0
        ours = planets.heliocentric_positions((planets.body_id(body),), tdb)[:, 0]
        from science.orbits import ECLIPTIC_FROM_ICRF

        expected = np.stack([truth[axis][chosen] for axis in ("x", "y", "z")], axis=-1)
        assert np.linalg.norm(ours @ ECLIPTIC_FROM_ICRF.T - expected, axis=-1).max() * AU_KM < limit_km


@pytest.mark.parametrize(("center", "body"), [("500", "earth"), ("500@499", "mars")])
def test_vectors_from_a_planet_are_the_difference_of_two_tables_of_horizons(
    table, authority, center, body
) -> None:
    object_, planet = authority("horizons_3i_jpl27_vectors.csv"), authority("horizons_planets.csv")
    dates = np.intersect1d(object_["jd_tdb"], planet["jd_tdb"][planet["body"] == body])
    assert len(dates) == 3
    rows = [np.flatnonzero((planet["body"] == body) & (planet["jd_tdb"] == jd))[0] for jd in dates]
    expected = np.stack(
        [
            object_[axis][np.isin(object_["jd_tdb"], dates)] - planet[axis][rows] * AU_KM
            for axis in ("x", "y", "z")
        ],
        axis=-1,
    )
    position, _ = vectors(table("3I", "JPL27"), dates, center=center)
    assert np.linalg.norm(position * AU_KM - expected, axis=-1).max() < 0.2


@pytest.mark.parametrize(("start", "stop"), [(2280000.5, 2460000.5), (2460000.5, 2690000.5)])
def test_a_span_beyond_the_kernel_is_refused_and_not_extrapolated(solution, start, stop) -> None:
    with pytest.raises(OutsideSpan, match=r"DE440.*1549-12-31.*2650-01-25"):
        state_table(solution("3I", "JPL44"), start, stop)


def test_a_span_that_ends_before_it_starts_is_refused(solution) -> None:
    with pytest.raises(Refused, match="start before stop"):
        state_table(solution("3I", "JPL44"), 2461000.5, 2460000.5)


def test_a_table_reaches_the_ends_of_the_kernel(solution) -> None:
    there = solution("3I", "JPL27")
    late, early = (replace(there, epoch_tdb_jd=jd) for jd in (2688900.5, 2287300.5))  # as if found then
    states = state_table(late, 2688800.5, 2688976.5, step_d=4.0, with_covariance=False)
    assert 2688972.5 < states.stop_tdb_jd <= 2688976.5
    states = state_table(early, 2287190.5, 2287400.5, step_d=4.0, with_covariance=False)
    assert 2287184.5 <= states.start_tdb_jd < 2287188.5
