"""A sentence's numbers beside the claim's and ours: do they agree, do they contradict?

Only quantities of one kind and one dimension are compared, and only for a claim that the words already
point to: the same number with another meaning proves nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from claims.matching.dates import dates_agree
from claims.matching.quantities import Quantity, read_quantities
from claims.matching.records import ClaimNumber, ClaimText, MatchedQuantity
from claims.matching.units import conversion
from science.vocabulary import QUANTITIES

SAME = 0.05  # relative: 28.6 miles for 46 km, "about 22 seconds" for 22.3
SAME_APPROXIMATE = 0.15  # "about", "some", an order of magnitude

# Which kind of expression in a text can state a quantity of the vocabulary that has no unit.
_FACTORS = re.compile(r"^(?:ratio_|mass_ratio|flux_change|orbit_accuracy|metal_output)")
_FRACTIONS = frozenset(
    {"probability", "fraction", "mass_lost_fraction", "geometric_albedo", "polarization_minimum"}
)
_RADIUS = re.compile(r"\bradi(?:us|i)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ClaimQuantities:
    """The numbers of one claim, read from its wording and from its record."""

    worded: tuple[Quantity, ...]  # in any wording
    decisive: tuple[Quantity, ...]  # in the title or the statement: another number is another claim
    asserted: tuple[ClaimNumber, ...]
    measured: tuple[ClaimNumber, ...]


def claim_quantities(claim: ClaimText, wordings: Sequence[str]) -> ClaimQuantities:
    """The numbers of a claim whose normalised title, statement and aliases are ``wordings``."""
    read = [read_quantities(wording) for wording in wordings]
    named = {number.quantity for number in claim.asserted}
    return ClaimQuantities(
        worded=tuple(quantity for each in read for quantity in each),
        decisive=tuple(quantity for each in read[:2] for quantity in each if quantity.kind != "count"),
        asserted=claim.asserted,
        # the quantity that the claim speaks of comes first
        measured=tuple(sorted(claim.measured, key=lambda number: number.quantity not in named)),
    )


def same(one: Quantity, other: Quantity) -> bool | None:
    """True when two quantities state the same number, None when they cannot be compared."""
    if one.measure != other.measure:
        return None
    if one.kind == "date":
        return dates_agree(one.moment, other.moment)
    if one.kind == "clock":
        return one.moment == other.moment
    if one.kind == "count" and one.noun != other.noun:
        return None
    if one.value is None or other.value is None:
        return None
    factor = conversion(one.unit, other.unit) if one.kind == "physical" else 1.0
    if factor is None:
        return None
    loose = "approx" in (one.relation, other.relation) or one.kind == "factor"
    tolerance = SAME_APPROXIMATE if loose else SAME
    bounds = [bound * factor for bound in (one.low, one.high) if bound is not None] or [one.value * factor]
    others = [bound for bound in (other.low, other.high) if bound is not None] or [other.value]
    if len(bounds) == 2 and len(others) == 2:
        return _near(bounds[0], others[0], tolerance) and _near(bounds[1], others[1], tolerance)
    # a single number agrees with either end of a range: "up to twenty kilometres" of "11 to 20 km"
    return any(_near(a, b, tolerance) for a in bounds for b in others)


def _near(one: float, other: float, tolerance: float) -> bool:
    return math.isclose(one, other, rel_tol=tolerance, abs_tol=1e-300)


def agreement(found: Sequence[Quantity], claim: ClaimQuantities) -> tuple[bool, bool]:
    """Whether a sentence has a number of the claim, and whether it has others in place of it."""
    agrees, conflicts = False, False
    for quantity in found:
        if quantity.kind == "count":
            continue  # "two" and "three" stand everywhere
        if _is_stated(quantity, claim):
            agrees = True
        elif any(same(quantity, one) is False for one in claim.decisive) and not _on_the_same_side(
            quantity, claim.decisive
        ):
            conflicts = True
    return agrees, conflicts and not agrees


def _is_stated(quantity: Quantity, claim: ClaimQuantities) -> bool:
    """True when the claim has the number; a date must agree with the statement if that has one."""
    decisive = [verdict for one in claim.decisive if (verdict := same(quantity, one)) is not None]
    if quantity.kind == "date" and decisive:
        return all(decisive)
    return (
        any(decisive)
        or any(same(quantity, one) for one in claim.worded)
        or _asserted(quantity, claim.asserted)
    )


def _on_the_same_side(quantity: Quantity, decisive: Iterable[Quantity]) -> bool:
    """True for a limit that a larger number of the sentence does not contradict: "over ten billion" and 33."""
    return any(
        one.measure == quantity.measure
        and one.relation != quantity.relation
        and {one.relation, quantity.relation} == {"gt", "lt"}
        for one in decisive
    )


def _asserted(quantity: Quantity, numbers: Iterable[ClaimNumber]) -> bool:
    return any(_states(quantity, number) for number in numbers)


def _states(quantity: Quantity, number: ClaimNumber) -> bool:
    """True when the sentence states an asserted or measured number of the record."""
    if number.value_time:
        return quantity.kind == "date" and bool(dates_agree(quantity.moment, number.value_time))
    factor = _factor(quantity, number)
    if factor is None or not number.value or quantity.value is None:
        return False
    values = [value for value in (quantity.low, quantity.high, quantity.value) if value is not None]
    tolerance = SAME_APPROXIMATE if quantity.relation == "approx" else SAME
    return any(_near(value * factor, number.value, tolerance) for value in values)


def _factor(quantity: Quantity, number: ClaimNumber) -> float | None:
    """From the sentence's number to the record's, None when they are of different kinds."""
    if quantity.kind == "physical":
        factor = conversion(quantity.unit, number.unit) if number.unit and number.unit != "%" else None
        return (
            factor / 2
            if factor and number.quantity == "nucleus_radius" and not _RADIUS.search(quantity.text)
            else factor
        )
    if number.unit or number.value_time:
        return None
    if quantity.kind == "factor":
        return 1.0 if _FACTORS.match(number.quantity) else None
    if quantity.kind == "fraction":
        return 1.0 if number.quantity in _FRACTIONS else None
    if quantity.kind == "count":
        return 1.0 if number.quantity == "count" else None
    return None


def beside(
    found: Sequence[Quantity], claim: ClaimQuantities, texts: Sequence[str]
) -> tuple[MatchedQuantity, ...]:
    """The sentence's numbers, spelled as in the text sent, beside the claim's and the measured ones."""
    rows = []
    for quantity, text in zip(found, texts, strict=True):
        comparable = any(same(quantity, one) is not None for one in claim.worded) or any(
            _comparable(quantity, number) for number in claim.asserted
        )
        agrees = _is_stated(quantity, claim) if comparable else None
        measured = _measured(quantity, claim.measured)
        if quantity.kind == "count" and agrees is None and measured is None:
            continue
        value: float | str | None = quantity.value if quantity.value is not None else quantity.moment
        rows.append(MatchedQuantity(text, value, quantity.unit, agrees, measured))
    return tuple(rows)


def _comparable(quantity: Quantity, number: ClaimNumber) -> bool:
    if number.value_time:
        return quantity.kind == "date"
    return bool(number.value) and _factor(quantity, number) is not None


def _measured(quantity: Quantity, numbers: Iterable[ClaimNumber]) -> dict[str, Any] | None:
    """The first measured number of the same kind, in the unit of the sentence."""
    for number in numbers:
        title = QUANTITIES[number.quantity].title if number.quantity in QUANTITIES else number.quantity
        if number.value_time:
            if quantity.kind == "date":
                return {"quantity": title, "value": number.value_time, "unit": "", "source": number.source}
            continue
        factor = _factor(quantity, number)
        if not factor or number.value is None:
            continue
        if (
            quantity.kind == "physical"
            and number.quantity == "nucleus_radius"
            and not _RADIUS.search(quantity.text)
        ):
            title = "nucleus diameter"
        return {
            "quantity": title,
            "value": _rounded(number.value / factor),
            "plus": None if number.plus is None else _rounded(number.plus / factor),
            "minus": None if number.minus is None else _rounded(number.minus / factor),
            "limit": number.relation if number.relation in ("upper", "lower") else "value",
            "unit": quantity.unit,
            "source": number.source,
        }
    return None


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")
