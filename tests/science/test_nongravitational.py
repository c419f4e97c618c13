"""Marsden's law, its reader and its delay."""

import numpy as np
import pytest

from science.constants import GM_SUN
from science.kepler import kepler_step
from science.nongravitational import WATER_ICE, acceleration, activity, as_mapping, non_gravitational
from science.records import NonGravitational
from science.refusals import Refused, UnknownParameter

INVERSE_SQUARE = {"ALN": 1.0, "NK": 0.0, "NM": 2.0, "NN": 0.0, "R0_au": 1.0}


def test_water_ice_is_normalised_to_one_astronomical_unit() -> None:
    # Marsden, Sekanina & Yeomans 1973: ALN is chosen so that g(1 au) = 1
    model = non_gravitational({"A1_au_d2": 1e-8, **WATER_ICE}, "test")
    assert activity(np.array([1.0]), model)[0] == pytest.approx(1.0, abs=1e-4)


def test_carbon_monoxide_law_of_1i_is_normalised_to_one_astronomical_unit(solution) -> None:
    # ALN 0.0408373 is the value that Micheli et al. 2018 (Nature 559, 223) use for CO, R0 = 5 au
    assert activity(np.array([1.0]), solution("1I", "fit-2026-07").non_gravitational)[0] == pytest.approx(
        1.0, abs=1e-4
    )


def test_water_dies_beyond_its_snow_line_where_the_inverse_square_goes_on() -> None:
    water = non_gravitational({"A1_au_d2": 1e-8, **WATER_ICE}, "test")
    square = non_gravitational({"A1_au_d2": 1e-8, **INVERSE_SQUARE}, "test")
    r = np.array([5.0])
    assert activity(r, square)[0] == pytest.approx(0.04)
    assert activity(r, water)[0] < 1e-4


def test_the_push_has_the_sizes_and_directions_of_a1_a2_a3() -> None:
    model = NonGravitational(3e-8, 2e-8, 1e-8)
    push = acceleration(np.array([[2.0, 0.0, 0.0]]), np.array([[0.001, 0.02, 0.0]]), model)[0]
    assert push == pytest.approx(np.array([3e-8, 2e-8, 1e-8]) / 4.0)


@pytest.mark.parametrize("delay", [9.45, -65.05])
def test_the_delay_takes_the_strength_of_an_earlier_distance(delay: float) -> None:
    place, motion = np.array([[2.0, 0.3, 0.0]]), np.array([[-0.02, 0.01, 0.002]])
    now = acceleration(place, motion, NonGravitational(3e-8))
    delayed = acceleration(place, motion, NonGravitational(3e-8, dt_d=delay))
    earlier, _ = kepler_step(place, motion, -delay, GM_SUN)
    ratio = np.linalg.norm(place) ** 2 / np.linalg.norm(earlier) ** 2
    assert delayed == pytest.approx(now * ratio)
    assert (ratio < 1.0) == (delay > 0)  # inbound, an earlier distance is a larger one


def test_the_model_survives_the_way_to_a_mapping_and_back(solution) -> None:
    model = solution("2I", "fit-2026-07").non_gravitational
    assert non_gravitational(as_mapping(model), "2I") == model


def test_an_unknown_term_is_refused_by_name() -> None:
    with pytest.raises(UnknownParameter, match=r"2I: JPL99: unknown .* AMRAT, DTA"):
        non_gravitational({**INVERSE_SQUARE, "AMRAT": 0.0, "DTA": 1.0}, "2I: JPL99")


def test_accelerations_without_a_law_are_refused() -> None:
    with pytest.raises(Refused, match="without NM, NN"):
        non_gravitational({"A1_au_d2": 1e-8, "ALN": 1.0, "NK": 0.0, "R0_au": 1.0}, "3I")


def test_a_scale_distance_of_zero_is_refused() -> None:
    with pytest.raises(Refused, match=r"R0_au is 0\.0"):
        non_gravitational({**INVERSE_SQUARE, "R0_au": 0.0}, "3I")
