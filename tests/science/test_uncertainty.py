"""Errors of the orbit solution carried along the path."""

from dataclasses import replace

import numpy as np
import pytest

from science.ephemerides import ephemeris
from science.propagation import state_table
from science.timescales import from_utc
from tests.science.test_ephemerides import _printed

SPAN = (2460890.5, 2461060.5)


def test_independent_sigmas_of_jpl44_come_within_a_factor_two_of_the_printed_range_error(
    table, authority
) -> None:
    truth = authority("horizons_3i_jpl44_geocentre.csv")
    rows = ephemeris(table("3I", "JPL44"), "500", _printed(truth["utc"]))
    ratio = rows.range_sigma_km / truth["rng_3sigma_km"]
    assert np.all((ratio > 0.5) & (ratio < 2.0))
    assert "correlations not known" in rows.sigma_basis
    assert "no sigma printed for q, a3" in rows.sigma_basis


def test_a_solution_without_errors_has_none(table) -> None:
    rows = ephemeris(table("3I", "fit-2026-07"), "500", "2025-12-19T00:00:00Z")
    assert rows.sigma_arcsec is None
    assert rows.sigma_basis == ""


def test_a_diagonal_covariance_gives_what_its_sigmas_give(solution, table) -> None:
    there = solution("3I", "JPL44")
    labels = tuple(there.sigma)
    diagonal = tuple(
        tuple(there.sigma[row] ** 2 if row == column else 0.0 for column in labels) for row in labels
    )
    full = replace(there, covariance_labels=labels, covariance=diagonal)
    when = from_utc("2025-12-19T00:00:00Z")
    with_matrix = ephemeris(state_table(full, *SPAN), "500", when)
    assert with_matrix.sigma_arcsec == pytest.approx(
        ephemeris(state_table(there, *SPAN), "500", when).sigma_arcsec, rel=1e-9
    )
    assert with_matrix.sigma_basis == "full covariance of the solution"


def test_correlation_can_take_an_error_away(solution) -> None:
    there = solution("3I", "JPL44")
    node, peri = there.sigma["om_deg"], there.sigma["w_deg"]
    when = from_utc("2025-12-19T00:00:00Z")

    def sigma(correlation: float) -> float:
        joint = correlation * node * peri
        matrix = ((node**2, joint), (joint, peri**2))
        one = replace(there, covariance_labels=("om_deg", "w_deg"), covariance=matrix)
        return float(ephemeris(state_table(one, *SPAN), "500", when).sigma_arcsec[0])

    # 3I goes backwards in the ecliptic: node and perihelion turn it in opposite senses
    assert sigma(0.999) < 0.2 * sigma(0.0) < 0.2 * sigma(-0.999)


def test_errors_grow_in_proportion_to_the_sigmas(solution) -> None:
    there = solution("3I", "JPL44")
    doubled = replace(there, sigma={label: 2.0 * size for label, size in there.sigma.items()})
    when = from_utc(["2025-12-19T00:00:00Z", "2026-01-10T00:00:00Z"])
    once, twice = (ephemeris(state_table(one, *SPAN), "500", when) for one in (there, doubled))
    assert twice.sigma_arcsec == pytest.approx(2.0 * once.sigma_arcsec, rel=1e-4)


def test_moving_perihelion_by_its_sigma_moves_the_body_by_its_way_in_that_time(solution) -> None:
    # only tp uncertain: the body is early or late on the same path
    there = replace(solution("3I", "JPL44"), sigma={"tp_d": 1e-3}, non_gravitational=None)
    states = state_table(there, *SPAN)
    when = from_utc("2025-10-29T12:00:00Z")
    spread = np.sqrt(np.trace(states.covariance(when.tdb)[0]))
    speed = np.linalg.norm(states.state(when.tdb)[1])
    assert spread == pytest.approx(1e-3 * speed, rel=0.02)


def test_sigmas_of_zero_are_no_errors(solution) -> None:
    there = replace(solution("3I", "JPL44"), sigma={"e": 0.0})
    assert state_table(there, *SPAN).covariance_au2 is None


def test_a_state_solution_carries_a_covariance_of_its_elements(solution) -> None:
    there = replace(
        solution("3I", "fit-2026-07"), covariance_labels=("q", "dt_d"), covariance=((1e-12, 0.0), (0.0, 4.0))
    )
    rows = ephemeris(state_table(there, *SPAN), "500", "2026-01-10T00:00:00Z")
    assert 0.0 < rows.sigma_arcsec[0] < 60.0
