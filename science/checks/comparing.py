"""How an asserted number is held against a computed one, and how both are put into words."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10

from science.checks.contract import Amount, Outcome
from science.records import AssertedRecord, MeasurementRecord

# "about" in ordinary speech: a number is repeated correctly when it is right to a twentieth.
APPROXIMATELY = 0.05
# A number given as exact may be rounded to three digits.
EXACTLY = 0.005
# Disagreement needs three standard errors.
SIGMAS = 3.0


def asserted_of(quantity: str, asserted: Sequence[AssertedRecord]) -> AssertedRecord | None:
    """The claim's own number for ``quantity``, if it gives one."""
    return next((record for record in asserted if record.quantity == quantity), None)


def asserted_amount(record: AssertedRecord | None) -> Amount | None:
    if record is None:
        return None
    return Amount(record.value, record.unit, value_time=record.value_time)


def measured_amount(row: MeasurementRecord) -> Amount:
    return Amount(row.value, row.unit, row.plus, row.minus, row.limit, is_range=row.error_kind == "range")


def compared(asserted: AssertedRecord | None, computed: Amount) -> Outcome:
    """The outcome of holding an asserted number against a computed one of the same unit.

    A limit is never read as an absence: an asserted value on the allowed side of a limit is
    ``within_limit``, on the other side ``disagrees``.
    """
    if asserted is None or asserted.value is None or computed.value is None:
        return "cannot_tell"
    claimed, found = asserted.value, computed.value
    reach = 1.0 if computed.is_range else SIGMAS
    above = reach * (computed.plus or 0.0)
    below = reach * (computed.minus or 0.0)
    if computed.limit != "value":
        return _against_limit(asserted.relation, claimed, found, computed.limit == "upper")
    if asserted.relation == "gt":
        if found - below > claimed:
            return "agrees"
        return "disagrees" if found + above <= claimed else "cannot_tell"
    if asserted.relation == "lt":
        if found + above < claimed:
            return "agrees"
        return "disagrees" if found - below >= claimed else "cannot_tell"
    if claimed == 0 and found > 0 and found - below <= 0:
        return "cannot_tell"  # a value that its own error reaches down to zero is no sign of zero
    slack = (APPROXIMATELY if asserted.relation == "approx" else EXACTLY) * abs(found)
    return "agrees" if found - below - slack <= claimed <= found + above + slack else "disagrees"


def _against_limit(relation: str, claimed: float, limit: float, upper: bool) -> Outcome:
    if relation == "gt":
        return "disagrees" if upper and claimed >= limit else "cannot_tell"
    if relation == "lt":
        return "disagrees" if not upper and claimed <= limit else "cannot_tell"
    inside = claimed <= limit if upper else claimed >= limit
    return "within_limit" if inside else "disagrees"


def printed(value: float, digits: int = 3) -> str:
    """A number for a sentence: a few significant digits, thousands apart, powers of ten spelled.

    >>> printed(28970923.0), printed(0.19366), printed(1.995e23)
    ('29,000,000', '0.194', '2.00 × 10^23')
    """
    if value == 0:
        return "0"
    if not 1e-4 <= abs(value) < 1e9:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        return f"{mantissa} × 10^{int(exponent)}".replace("-", "−")
    rounded = float(f"{value:.{digits - 1}e}")
    if abs(rounded) >= 10 ** (digits - 1):
        return f"{rounded:,.0f}".replace("-", "−")
    return f"{value:.{digits}g}".replace("-", "−")


def _with_errors(value: float, plus: float, minus: float) -> str:
    """Value and errors to two digits of the smaller error, sharing one power of ten."""
    scale = max(abs(value), plus, minus)
    exponent = 0 if 1e-3 <= scale < 1e6 else floor(log10(scale))
    value, plus, minus = (number / 10.0**exponent for number in (value, plus, minus))
    smaller = min((error for error in (plus, minus) if error > 0), default=abs(value) or 1.0)
    decimals = max(0, 1 - floor(log10(smaller)))
    texts = [f"{number:,.{decimals}f}" for number in (abs(value), plus, minus)]
    number, above, below = (_trimmed(text) if decimals > 3 else text for text in texts)
    body = f"{number} ± {above}" if above == below else f"{number} (+{above}, −{below})"
    sign = "−" if value < 0 else ""
    if exponent:
        return f"({sign}{body}) × 10^{exponent}".replace("^-", "^−")
    return f"{sign}{body}"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_words(amount: Amount, digits: int = 3) -> str:
    """An amount with its errors or as a limit, and its unit.

    >>> in_words(Amount(1.3, "km", 0.2, 0.2)), in_words(Amount(6.61e25, "1 / s", 2.74e25, 2.74e25))
    ('1.30 ± 0.20 km', '(6.6 ± 2.7) × 10^25 per second')
    """
    if amount.value_time is not None:
        return amount.value_time
    if amount.value is None:
        return "no number"
    unit = f" {spoken_unit(amount.unit)}" if amount.unit else ""
    if amount.limit != "value":
        return f"{'at most' if amount.limit == 'upper' else 'at least'} {printed(amount.value, digits)}{unit}"
    if amount.plus is None or amount.minus is None or (amount.plus == 0 and amount.minus == 0):
        return f"{printed(amount.value, digits)}{unit}"
    return f"{_with_errors(amount.value, amount.plus, amount.minus)}{unit}"


def signed(value: float, decimals: int = 1) -> str:
    """A number with its sign and a true minus.

    >>> signed(-6.357, 2), signed(26.7)
    ('−6.36', '+26.7')
    """
    return f"{value:+.{decimals}f}".replace("-", "−")


def counted(number: int, one: str, many: str) -> str:
    """A number of things.

    >>> counted(1, "body", "bodies"), counted(4, "body", "bodies")
    ('1 body', '4 bodies')
    """
    return f"{number} {one if number == 1 else many}"


SPOKEN = {
    "km / s": "km/s", "g / cm3": "g/cm³", "1 / s": "per second", "kg / s": "kg/s", "g / s": "g/s",
    "au / d2": "au/d²", "arcsec / s": "arcsec/s", "deg": "degrees", "h": "hours", "d": "days", "um": "µm",
}  # fmt: skip


def spoken_unit(unit: str) -> str:
    return SPOKEN.get(unit, unit)
