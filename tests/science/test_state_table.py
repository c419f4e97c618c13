"""State tables: interpolation, bytes, and tables that others computed."""

import numpy as np
import pytest

from science.constants import AU_KM
from science.ephemerides import vectors
from science.refusals import OutsideSpan, Refused
from science.state_table import StateTable, table_from_vectors


def test_daily_horizons_vectors_serve_within_ten_metres_of_our_own_nodes(table) -> None:
    own = table("3I", "fit-2026-07")
    days = np.arange(2460680.5, 2461400.5)
    daily = table_from_vectors("3I", "JPL99", days, *vectors(own, days))
    between = np.arange(2460681.0, 2461399.0, 0.37) - 2451545.0
    position, velocity = daily.state(between)
    expected, motion = own.state(between)
    assert np.linalg.norm(position - expected, axis=-1).max() * AU_KM < 0.01
    assert np.linalg.norm(velocity - motion, axis=-1).max() * AU_KM / 86400.0 < 1e-7
    assert daily.origin == "horizons"


def test_the_first_and_the_last_interval_are_as_good(table) -> None:
    own = table("3I", "fit-2026-07")
    days = np.arange(2460960.5, 2460990.5)  # across perihelion, where the path bends most
    daily = table_from_vectors("3I", "JPL99", days, *vectors(own, days, frame="icrf"), frame="icrf")
    at_ends = np.array([2460960.9, 2460989.1]) - 2451545.0
    assert np.linalg.norm(daily.position(at_ends) - own.position(at_ends), axis=-1).max() * AU_KM < 0.05


def test_velocity_is_the_derivative_of_position(table) -> None:
    own = table("1I", "fit-2026-07")
    tdb = np.linspace(own.start + 1.0, own.stop - 1.0, 500)
    second = 1.0 / 86400.0
    slope = (own.position(tdb + 60 * second) - own.position(tdb - 60 * second)) / (120 * second)
    assert np.abs(slope - own.state(tdb)[1]).max() < 1e-9


def test_bytes_and_back_is_the_same_table(table) -> None:
    own = table("3I", "JPL44")
    again = StateTable.from_bytes(own.to_bytes())
    assert again.digest == own.digest
    assert np.array_equal(again.position_au, own.position_au)
    assert np.array_equal(again.covariance_au2, own.covariance_au2)
    assert (again.body, again.solution_id, again.engine, again.sigma_basis) == (
        own.body,
        own.solution_id,
        own.engine,
        own.sigma_basis,
    )
    assert len(own.to_bytes()) < 100_000


def test_another_solution_has_another_digest(table) -> None:
    assert table("3I", "JPL44").digest != table("3I", "JPL27").digest


def test_bytes_cut_short_are_refused(table) -> None:
    with pytest.raises(Refused, match="do not hold"):
        StateTable.from_bytes(table("3I", "JPL44").to_bytes()[:-8])


def test_bytes_of_something_else_are_refused() -> None:
    with pytest.raises(Refused, match="no state table"):
        StateTable.from_bytes(b"<html>")


@pytest.mark.parametrize("side", ["start", "stop"])
def test_a_time_outside_the_table_is_refused_and_not_extrapolated(table, side: str) -> None:
    own = table("3I", "JPL44")
    tdb = own.start - 0.001 if side == "start" else own.stop + 0.001
    with pytest.raises(OutsideSpan, match="outside the states of JPL44"):
        own.position(np.array([tdb]))


def test_a_time_that_is_no_number_is_refused(table) -> None:
    with pytest.raises(OutsideSpan):
        table("3I", "JPL44").position(np.array([np.nan]))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([0.0, 1.0, 2.0, 3.5], "even"),
        ([3.0, 2.0, 1.0, 0.0], "rising"),
        ([0.0, 1.0, 2.0], "at least 4"),
    ],
)
def test_vectors_at_uneven_steps_are_refused(days: list[float], words: str) -> None:
    states = np.ones((len(days), 3))
    with pytest.raises(Refused, match=words):
        table_from_vectors("3I", "JPL99", np.array(days) + 2460000.5, states, states)


def test_vectors_with_a_gap_in_a_cell_are_refused() -> None:
    states = np.ones((5, 3))
    hole = states.copy()
    hole[2, 1] = np.nan
    with pytest.raises(Refused, match="not finite"):
        table_from_vectors("3I", "JPL99", np.arange(5) + 2460000.5, hole, states)


def test_an_unknown_frame_is_refused() -> None:
    with pytest.raises(Refused, match="'galactic'"):
        table_from_vectors("3I", "J", np.arange(5.0), np.ones((5, 3)), np.ones((5, 3)), frame="galactic")
