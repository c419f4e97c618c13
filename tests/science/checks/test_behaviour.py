"""What holds for checks whatever the numbers: units, limits, order, repetition, refusals."""

import json
from dataclasses import asdict
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from science.checks.brightening_slope import fitted_exponent
from science.checks.chance_alignment import sky_cap_probability, with_trials
from science.checks.comparing import compared
from science.checks.contract import OUTCOMES, Amount, HoldingsAnswer, ParameterRefused
from science.checks.equilibrium_temperature import blackbody_range_k
from science.checks.registry import checks

from .ground import AS_OF, asserts, measured, measurements, result_of

masses = st.floats(1e3, 1e20)
radii = st.floats(0.01, 1e4)


@given(mass=masses, radius=radii)
def test_tonnes_and_kilograms_give_one_density(mass: float, radius: float) -> None:
    in_kg = result_of("density_from_mass_and_size", {"mass_kg": mass, "radius_km": radius})
    in_tonnes = result_of(
        "density_from_mass_and_size",
        {"mass_kg": {"value": mass / 1e3, "unit": "t"}, "radius_km": {"value": radius * 1e3, "unit": "m"}},
    )
    assert in_kg.computed is not None
    assert in_tonnes.computed is not None
    assert in_tonnes.computed.value == pytest.approx(in_kg.computed.value, rel=2e-5)


@given(r=st.floats(0.01, 100.0))
def test_au_and_kilometres_give_one_temperature(r: float) -> None:
    in_au = result_of("equilibrium_temperature", {"r_h_au": r})
    in_km = result_of("equilibrium_temperature", {"r_h_au": {"value": r * 149597870.7, "unit": "km"}})
    assert in_au.computed is not None
    assert in_km.computed is not None
    assert in_km.computed.value == pytest.approx(in_au.computed.value, rel=2e-5)


@given(mass=masses, radius=radii, more=st.floats(1.01, 10))
def test_more_mass_is_denser_and_more_radius_is_thinner(mass: float, radius: float, more: float) -> None:
    def density(mass: float, radius: float) -> float:
        computed = result_of("density_from_mass_and_size", {"mass_kg": mass, "radius_km": radius}).computed
        assert computed is not None
        assert computed.value is not None
        return computed.value

    assert density(mass * more, radius) > density(mass, radius) > density(mass, radius * more)


@given(near=st.floats(0.1, 10), factor=st.floats(1.01, 10))
def test_farther_from_the_sun_is_colder(near: float, factor: float) -> None:
    assert blackbody_range_k(near * factor)[0] < blackbody_range_k(near)[0]


@given(angle=st.floats(0, 179), wider=st.floats(0.1, 1.0))
def test_a_wider_cap_is_likelier_and_more_trials_are_likelier_still(angle: float, wider: float) -> None:
    assert sky_cap_probability(angle + wider) > sky_cap_probability(angle)
    assert with_trials(sky_cap_probability(angle + wider), 3) >= sky_cap_probability(angle + wider)


def test_an_upper_limit_of_the_radius_is_a_lower_limit_of_the_density() -> None:
    row = measured("r-max", "nucleus_radius", 1.0, "km", limit="upper")
    found = result_of(
        "density_from_mass_and_size",
        {"mass_kg": 1e12, "radius_measurement": "r-max"},
        measurements={"r-max": row},
    )
    assert found.computed is not None
    assert found.computed.limit == "lower"


@pytest.mark.parametrize(
    ("relation", "claimed", "limit", "outcome"),
    [
        ("eq", 5.0, "upper", "within_limit"), ("eq", 15.0, "upper", "disagrees"),
        ("gt", 15.0, "upper", "disagrees"), ("gt", 5.0, "upper", "cannot_tell"),
        ("lt", 5.0, "lower", "disagrees"), ("lt", 15.0, "lower", "cannot_tell"),
        ("eq", 0.0, "upper", "within_limit"),
    ],
)  # fmt: skip
def test_a_limit_is_never_read_as_an_absence(relation: str, claimed: float, limit: str, outcome: str) -> None:
    found = compared(asserts("count", claimed, relation=relation), Amount(10.0, limit=limit))  # type: ignore[arg-type]
    assert found == outcome


@given(value=st.floats(1, 1e6), error=st.floats(0.001, 0.3))
def test_a_number_agrees_with_itself_and_not_with_its_double(value: float, error: float) -> None:
    amount = Amount(value, "", value * error / 3, value * error / 3)
    assert compared(asserts("count", value), amount) == "agrees"
    assert compared(asserts("count", 2 * value), amount) == "disagrees"


def test_a_value_whose_error_reaches_zero_is_no_sign_of_zero() -> None:
    assert compared(asserts("count", 0.0), Amount(7.4, "", 5.0, 5.0)) == "cannot_tell"
    assert compared(asserts("count", 0.0), Amount(7.4, "", 1.0, 1.0)) == "disagrees"


def test_unequal_errors_are_carried_and_the_seed_and_error_of_the_draw_are_stated() -> None:
    found = result_of(
        "density_from_mass_and_size", {"mass_kg": 1e13, "radius_measurement": "3i-radius-hst-2026"}
    )
    assert found.computed is not None
    assert found.computed.plus is not None
    assert found.computed.minus is not None
    # the cube makes the upper error the longer one; 1.1 km instead of 1.3 gives 1.79, 1.5 km gives 0.71
    assert found.computed.plus == pytest.approx(1.79 - 1.09, abs=0.03)
    assert found.computed.minus == pytest.approx(1.09 - 0.71, abs=0.03)
    assert found.seed is not None
    assert 0 < found.details["monte_carlo_error"] < 0.02


def test_a_fitted_exponent_finds_the_slope_it_was_made_with() -> None:
    noise = np.random.default_rng(7).normal(0, 0.05, 200)
    r = np.linspace(1.4, 4.0, 200)
    exponent, error = fitted_exponent(list(r), list(9.0 + 2.5 * 3.8 * np.log10(r) + noise))
    assert exponent == pytest.approx(3.8, abs=4 * error)
    assert 0 < error < 0.05


@pytest.mark.parametrize("criterion", ["close_passes", "solar_conjunction"])
def test_two_runs_give_the_same_bytes(criterion: str) -> None:
    params = {"criterion": criterion, "jupiter_within_au": 0.36, "elongation_deg": 12.8}
    first, second = (json.dumps(asdict(result_of("chance_alignment", params)), default=str) for _ in range(2))
    assert first == second
    assert '"seed": null' not in first


def test_every_result_names_its_inputs() -> None:
    found = result_of(
        "density_from_mass_and_size", {"mass_kg": 1e13, "radius_measurement": "3i-radius-hst-2026"}
    )
    assert [(item.kind, item.id) for item in found.inputs] == [("measurement", "3i-radius-hst-2026")]
    found = result_of("excess_speed", {"object": "3I"})
    assert [(item.kind, item.id) for item in found.inputs] == [("solution", "3I/fit-2026-07")]


def test_a_superseded_measurement_leads_to_the_row_that_replaces_it() -> None:
    old = measured("old", "nucleus_radius", 5.0, "km", superseded_by="new")
    new = measured("new", "nucleus_radius", 1.0, "km")
    found = result_of(
        "density_from_mass_and_size",
        {"mass_kg": 1e12, "radius_measurement": "old"},
        measurements={"old": old, "new": new},
    )
    assert found.inputs[0].id == "new"


def test_a_fact_that_is_not_on_record_is_said_so() -> None:
    found = result_of("density_from_mass_and_size", {"mass_kg": 1.0, "radius_measurement": "nowhere"})
    assert found.outcome == "missing_input"
    assert "nowhere" in found.sentence


@pytest.mark.parametrize(
    "bad",
    [
        nan,
        inf,
        -1.0,
        "heavy",
        True,
        {"value": 1.0, "unit": "m"},
        {"value": 1.0, "unit": "no unit"},
        [1],
        10**400,
    ],
)
def test_an_impossible_mass_is_refused_by_name(bad: object) -> None:
    with pytest.raises(ParameterRefused, match="mass_kg"):
        result_of("density_from_mass_and_size", {"mass_kg": bad, "radius_km": 1.0})


def test_an_unknown_parameter_is_refused_with_what_is_allowed() -> None:
    with pytest.raises(ParameterRefused, match=r"colour: unknown; allowed: .*mass_kg"):
        result_of("density_from_mass_and_size", {"colour": "green"})


def test_a_date_outside_the_kernel_is_refused_and_never_extrapolated() -> None:
    with pytest.raises(ParameterRefused, match="epoch"):
        result_of("position_at_epoch", {"epoch": "1066-10-14"})


class TestArchiveHoldings:
    params = {
        "archive": "mast", "facility": "JWST", "window_from": "2025-09-20", "window_to": "2025-11-20", "expects": "zero",
    }  # fmt: skip

    def answer(self, rows: int | None, control: int | None) -> HoldingsAnswer:
        return HoldingsAnswer(
            "17", AS_OF, answered=rows is not None, row_count=rows, control_row_count=control
        )

    def outcome(self, answer: HoldingsAnswer | None) -> tuple[str, str]:
        found = result_of("archive_holdings", self.params, holdings_of=lambda *asked: answer)
        return found.outcome, found.sentence

    def test_nobody_answered_is_not_a_zero(self) -> None:
        assert self.outcome(None)[0] == "could_not_look"
        assert self.outcome(self.answer(None, None))[0] == "could_not_look"

    def test_a_zero_without_a_control_says_nothing(self) -> None:
        assert self.outcome(self.answer(0, None))[0] == "cannot_tell"
        assert self.outcome(self.answer(0, 0))[0] == "cannot_tell"

    def test_a_zero_beside_a_control_that_found_rows_counts(self) -> None:
        outcome, sentence = self.outcome(self.answer(0, 12))
        assert outcome == "disagrees"
        assert "no data exist" not in sentence

    def test_rows_are_counted(self) -> None:
        assert "5 products" in self.outcome(self.answer(5, None))[1]


def test_the_registry_finds_every_check_and_each_asks_a_question() -> None:
    assert len(checks()) >= 25
    for check in checks().values():
        assert check.question.endswith("?")
        assert check.references
        assert len({parameter.name for parameter in check.parameters}) == len(check.parameters)


def test_every_outcome_has_its_meaning() -> None:
    assert set(OUTCOMES) == {
        "agrees", "disagrees", "within_limit", "frame_mismatch", "cannot_tell", "missing_input", "could_not_look",
    }  # fmt: skip
    assert measurements()
