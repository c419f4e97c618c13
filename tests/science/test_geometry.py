"""Directions and angles."""

import erfa
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from science.constants import C_AU_D
from science.geometry import aberrated, angle_deg, direction, ra_dec_deg, rates_arcsec_per_h, unit
from science.orbits import ECLIPTIC_FROM_ICRF

ras = st.floats(0.0, 360.0, exclude_max=True)
decs = st.floats(-89.9, 89.9)
coordinates = st.floats(-1.0, 1.0)
somewhere = st.tuples(coordinates, coordinates, coordinates).filter(lambda v: np.linalg.norm(v) > 1e-3)


@given(ras, decs)
def test_a_direction_survives_the_way_to_angles_and_back(ra: float, dec: float) -> None:
    found_ra, found_dec = ra_dec_deg(direction(np.array([ra]), np.array([dec])))
    assert found_dec[0] == pytest.approx(dec, abs=1e-10)
    assert (found_ra[0] - ra + 180.0) % 360.0 - 180.0 == pytest.approx(0.0, abs=1e-9)
    assert 0.0 <= found_ra[0] < 360.0


def test_right_ascension_stays_below_360_just_before_the_equinox() -> None:
    ra, _ = ra_dec_deg(np.array([[1.0, -1e-18, 0.0]]))
    assert ra[0] == 0.0


@given(somewhere)
def test_the_ecliptic_is_a_rotation_and_not_a_reflection(vector: tuple[float, float, float]) -> None:
    there = ECLIPTIC_FROM_ICRF @ np.array(vector)
    assert np.allclose(ECLIPTIC_FROM_ICRF.T @ there, vector, atol=1e-15)
    assert np.linalg.det(ECLIPTIC_FROM_ICRF) == pytest.approx(1.0)


@given(somewhere, st.tuples(coordinates, coordinates, coordinates))
def test_aberration_is_erfas(vector: tuple[float, ...], velocity: tuple[float, ...]) -> None:
    towards = unit(np.array([vector]))
    beta = np.array([velocity]) * 3e-4  # three times the speed of the Earth at most
    ours = aberrated(towards, beta * C_AU_D)
    # ERFA adds the Sun's potential; at a distance without end it is only special relativity
    theirs = erfa.ab(towards, beta, 1e12, np.sqrt(1.0 - np.sum(beta**2, axis=-1)))
    assert np.allclose(ours, theirs, rtol=0, atol=1e-14)


@given(somewhere, somewhere)
def test_an_angle_is_the_same_both_ways_and_within_a_half_turn(first, second) -> None:
    a, b = np.array([first]), np.array([second])
    assert angle_deg(a, b)[0] == pytest.approx(angle_deg(b, a)[0])
    assert 0.0 <= angle_deg(a, b)[0] <= 180.0
    assert angle_deg(a, -b)[0] == pytest.approx(180.0 - angle_deg(a, b)[0], abs=1e-9)


def test_a_milliarcsecond_is_not_lost_in_a_cosine() -> None:
    tiny = np.radians(1e-3 / 3600.0)
    found = angle_deg(np.array([[1.0, 0.0, 0.0]]), np.array([[np.cos(tiny), np.sin(tiny), 0.0]]))
    assert found[0] * 3600e3 == pytest.approx(1.0, rel=1e-6)


def test_rates_count_east_with_the_cosine_of_declination() -> None:
    towards = direction(np.array([30.0]), np.array([60.0]))
    degree_of_ra_a_day = np.cross([[0.0, 0.0, 1.0]], towards) * np.radians(1.0)
    east, north = rates_arcsec_per_h(towards, degree_of_ra_a_day, np.array([0.0, 0.0, 1.0]))
    assert east[0] == pytest.approx(0.5 * 3600.0 / 24.0)
    assert north[0] == pytest.approx(0.0, abs=1e-9)
