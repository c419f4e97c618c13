"""Numbers in print: digits, errors, limits, units, and the way back."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.numbers import format_asserted, format_measurement, format_time, format_value
from charts.units import format_unit, subscript_formula
from science.records import AssertedRecord
from science.vocabulary import QUANTITIES
from tests.charts.catalogue_subjects import measurements

_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_NUMBER = r"\u2212?[\d\u202f]+(?:\.\d+)?"


def spaced(text: str) -> str:
    """The same text with ordinary spaces, to keep expectations readable."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def parsed(text: str) -> tuple[float, float | None, float | None, str, str]:
    """Read a printed number back: value, plus, minus, sign and what follows it."""
    found = re.fullmatch(
        rf"(?P<sign>[<>]\u00a0)?\(?(?P<value>{_NUMBER})"
        rf"(?:\u00a0±\u00a0(?P<both>{_NUMBER})|\u00a0\+(?P<plus>{_NUMBER})\u00a0\u2212(?P<minus>{_NUMBER}))?\)?"
        r"(?:\u00a0×\u00a010(?P<power>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+))?(?P<unit>.*)",
        text,
    )
    assert found is not None, text
    factor = f"e{found['power'].translate(_POWERS)}" if found["power"] else "e0"

    def number(name: str) -> float | None:
        digits = found[name]
        return None if digits is None else float(digits.replace("\u202f", "").replace("\u2212", "-") + factor)

    value = number("value")
    assert value is not None
    both = number("both")
    plus, minus = (both, both) if both is not None else (number("plus"), number("minus"))
    return value, plus, minus, (found["sign"] or "").strip("\u00a0"), found["unit"].strip("\u202f")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((4.2, 0.3, 0.3, "value", "km"), "4.2 ± 0.3 km"),
        ((0.1, None, None, "upper", "W"), "< 0.1 W"),
        ((2.1e25, 0.4e25, 0.3e25, "value", "1 / s"), "(2.1 +0.4 −0.3) × 10²⁵ s⁻¹"),
        ((3.3e13, None, None, "lower", "kg"), "> 3.3 × 10¹³ kg"),
        ((-12.7, 2.5, 6.9, "value", ""), "−12.7 +2.5 −6.9"),
        ((20500.0, None, None, "value", "km"), "20 500 km"),
        ((7507.0, None, None, "value", "nm"), "7507 nm"),
        ((3e7, None, None, "value", "km"), "3 × 10⁷ km"),
        ((0.00018, None, None, "value", ""), "1.8 × 10⁻⁴"),
        ((0.003, None, None, "value", ""), "0.003"),
        ((175.1, None, None, "value", "deg"), "175.1°"),
        ((0.0, None, None, "value", "au / d2"), "0 au/d²"),
        ((3.6, None, None, "value", "g / cm3"), "3.6 g/cm³"),
    ],
)
def test_it_prints_value_error_limit_and_unit(arguments: tuple, expected: str) -> None:
    assert spaced(format_value(*arguments)) == expected


def test_it_keeps_a_trailing_zero_that_the_source_printed() -> None:
    assert spaced(format_value(7.2, 0.05, 0.05, "value", "h", "7.20 ± 0.05 h")) == "7.20 ± 0.05 h"
    assert spaced(format_value(6.61e25, 2.74e25, 2.74e25, as_printed="6.61e25 ± 2.74e25 /s")).startswith(
        "(6.61 ± 2.74)"
    )


def test_it_gives_an_error_two_digits_at_most_where_the_source_printed_another_unit() -> None:
    text = format_value(2.45509e-7, 7.98403e-9, 7.98403e-9, "value", "au / d2", "(4.92 ± 0.16)e-6 m/s2")
    assert spaced(text) == "(2.455 ± 0.080) × 10⁻⁷ au/d²"


def test_it_prints_a_range_as_its_two_ends() -> None:
    text = format_value(2.025e12, 1.175e12, 1.175e12, unit="kg", error_kind="range")
    assert spaced(text) == "(0.85–3.20) × 10¹² kg"
    assert format_value(-2.0, 1.5, 1.5, error_kind="range").replace("\u00a0", " ") == "−3.5 to −0.5"


def test_it_renormalises_a_mantissa_that_rounds_up_to_ten() -> None:
    assert spaced(format_value(9.9999999e25, unit="1 / s")) == "1.0000 × 10²⁶ s⁻¹"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((math.nan,), "finite"),
        ((1.0, math.inf, 1.0), "finite"),
        ((1.0, 0.1, None), "both errors or none"),
        ((1.0, -0.1, 0.1), "at least 0"),
        ((1.0, 0.1, 0.1, "upper"), "a limit has no error"),
        ((1.0, None, None, "below"), "none of"),
    ],
)
def test_it_refuses_what_is_no_measurement(arguments: tuple, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        format_value(*arguments)


_finite = st.floats(min_value=-1e40, max_value=1e40, allow_nan=False).filter(
    lambda x: x == 0 or abs(x) > 1e-40
)
_digits = st.integers(min_value=1, max_value=5)


@given(_finite, _digits)
def test_it_reads_back_as_the_number_that_was_stored(value: float, digits: int) -> None:
    stored = float(f"{value:.{digits}g}")
    back, plus, minus, sign, unit = parsed(format_value(stored, unit="km"))
    assert back == pytest.approx(stored, rel=1e-9)
    assert (plus, minus, sign, unit) == (None, None, "", "km")


@given(_finite, _digits)
def test_it_is_never_wrong_by_more_than_half_a_unit_of_the_fifth_digit(value: float, digits: int) -> None:
    back, *_ = parsed(format_value(value))
    assert back == pytest.approx(value, rel=0.6e-4)


@given(
    st.floats(min_value=1e-30, max_value=1e30),
    st.floats(min_value=0.02, max_value=3.0),
    st.floats(min_value=0.02, max_value=3.0),
)
def test_errors_read_back_within_their_own_rounding(value: float, up: float, down: float) -> None:
    plus, minus = value * up, value * down
    back, back_plus, back_minus, _, unit = parsed(format_value(value, plus, minus, unit="1 / s"))
    assert back_plus is not None
    assert back_minus is not None
    # two digits of the smaller error are kept: each number is within half a unit of the second
    rounding = 0.051 * min(plus, minus)
    assert back == pytest.approx(value, abs=rounding)
    assert back_plus == pytest.approx(plus, abs=rounding)
    assert back_minus == pytest.approx(minus, abs=rounding)
    assert unit == "s⁻¹"


@given(st.floats(min_value=1e-20, max_value=1e20), st.sampled_from(["upper", "lower"]))
def test_a_limit_always_keeps_its_sign(value: float, limit: str) -> None:
    *_, sign, _ = parsed(format_value(value, limit=limit))
    assert sign == {"upper": "<", "lower": ">"}[limit]


def test_every_unit_of_the_vocabulary_can_be_printed_without_a_slash_of_spaces() -> None:
    printed = {kind.unit: format_unit(kind.unit) for kind in QUANTITIES.values()}
    assert printed["km / s"] == "km/s"
    assert printed["1 / s"] == "s⁻¹"
    assert printed["au / d2"] == "au/d²"
    assert printed["g / cm3"] == "g/cm³"
    assert printed["um"] == "µm"
    assert not [text for text in printed.values() if " " in text]


def test_an_unknown_form_of_unit_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"km\*\*2"):
        format_unit("km**2")


def test_every_number_of_the_catalogue_reads_back() -> None:
    wrong = []
    for row in measurements().values():
        if row.value is None or row.error_kind == "range":
            continue
        back, *_, sign, unit = parsed(format_measurement(row))
        close = back == pytest.approx(row.value, rel=0.03, abs=0.6 * (row.plus or 0.0))
        same_sign = sign == {"value": "", "upper": "<", "lower": ">"}[row.limit]
        if not (close and same_sign and unit == format_unit(row.unit)):
            wrong.append((row.key, format_measurement(row)))
    assert not wrong


def test_an_assertion_shows_its_relation_and_drops_digits_of_its_conversion() -> None:
    assert spaced(format_asserted(AssertedRecord("nucleus_mass", 1e13, "kg", "gt"))) == "> 1 × 10¹³ kg"
    assert (
        spaced(format_asserted(AssertedRecord("probability", 3.846153846154e-05, "", "approx")))
        == "≈ 3.85 × 10⁻⁵"
    )
    assert (
        spaced(format_asserted(AssertedRecord("event_epoch", None, "", "lt", "", "2025-12-05")))
        == "before 5 December 2025"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017", "2017"),
        ("2025-10", "October 2025"),
        ("2025-07-01", "1 July 2025"),
        ("2025-10-03T04:36:54Z", "3 October 2025 04:36 UTC"),
    ],
)
def test_a_time_is_as_precise_as_it_was_given(text: str, expected: str) -> None:
    assert spaced(format_time(text)) == expected


def test_a_time_that_is_no_iso_text_is_refused() -> None:
    with pytest.raises(ValueError, match="October"):
        format_time("October 2025")
    with pytest.raises(ValueError, match="month 13"):
        format_time("2025-13-01")


def test_formulae_are_lowered_and_instruments_are_not() -> None:
    assert subscript_formula("CH3OH/HCN in WFC3 of 3I, H2O") == "CH₃OH/HCN in WFC3 of 3I, H₂O"
