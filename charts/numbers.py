"""Numbers as a reader meets them: value, error or limit, unit, in honest digits.

One formatter serves charts, tables and templates, so that a number looks the same wherever it is
printed.  The text is plain Unicode (true minus, superscript powers, no-break spaces): it needs no
markup and survives being copied.
"""

from __future__ import annotations

import math
import re
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal

from charts.units import ATTACHED_UNITS, format_unit, power_of_ten
from science.records import AssertedRecord, Limit, MeasurementRecord

MINUS = "\u2212"
THIN = "\u202f"  # narrow no-break space: between digits, and between a number and its unit
NBSP = "\u00a0"

#: Powers of ten from which a number is written with a mantissa.
_LARGEST_PLAIN_POWER = 7
_SMALLEST_PLAIN_POWER = -4
#: Digits of a number that has neither an error nor a printed form.
_MOST_DIGITS = 5

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def format_value(
    value: float,
    plus: float | None = None,
    minus: float | None = None,
    limit: Limit = "value",
    unit: str = "",
    as_printed: str | None = None,
    *,
    error_kind: str | None = None,
) -> str:
    """Return a value with its error or limit and unit, in the digits that it deserves.

    Digits come from the printed form where the source's own number is found in it.  Otherwise an
    error gets at most two significant digits and the value as many decimals as the error; a number
    without an error keeps the digits it was stored with, at most five.

    Parameters
    ----------
    value : float
        The value, finite, in ``unit``.
    plus, minus : float, optional
        Errors upwards and downwards, both or none, each at least zero, in ``unit``.
    limit : {"value", "upper", "lower"}
        An upper limit is printed with ``<``, a lower one with ``>``; a limit has no error.
    unit : str
        An astropy unit string, empty for a pure number.
    as_printed : str, optional
        The number as the source prints it; only its count of digits is used.
    error_kind : str, optional
        ``"range"`` prints the interval from ``value - minus`` to ``value + plus``.

    Returns
    -------
    str
        Such as ``"4.2 ± 0.3 km"``, ``"< 0.1 W"``, ``"(2.1 +0.4 −0.3) × 10²⁵ s⁻¹"``, ``"0.41–0.53 km"``,
        with no-break and narrow no-break spaces.

    Raises
    ------
    ValueError
        If a number is not finite, one error is missing or negative, or a limit has an error.
    """
    _check(value, plus, minus, limit)
    if error_kind == "range" and plus is not None and minus is not None:
        return _interval(value, plus, minus, unit)
    centre = Decimal(repr(value))
    errors = [] if plus is None or minus is None else [Decimal(repr(plus)), Decimal(repr(minus))]
    exponent = _exponent(max([abs(centre), *errors]))
    decimals = _decimals(centre, errors, as_printed, exponent)
    mantissas = [_rounded(number, exponent, decimals) for number in (centre, *errors)]
    if exponent and max(abs(m) for m in mantissas) >= 10:
        exponent, decimals = exponent + 1, decimals + bool(errors)
        mantissas = [_rounded(number, exponent, decimals) for number in (centre, *errors)]
    text = _grouped(mantissas[0])
    if errors:
        up, down = (_grouped(m) for m in mantissas[1:])
        text += f"{NBSP}±{NBSP}{up}" if up == down else f"{NBSP}+{up}{NBSP}{MINUS}{down}"
    sign = {"value": "", "upper": f"<{NBSP}", "lower": f">{NBSP}"}[limit]
    return sign + _with_power_and_unit(text, exponent, unit, bracket=bool(errors))


def format_measurement(row: MeasurementRecord) -> str:
    """Return what a measurement says, whatever its kind: number, time, presence or words.

    A row of words has no value of its own; its text is empty.
    """
    if row.value is not None:
        return format_value(
            row.value, row.plus, row.minus, row.limit, row.unit, row.as_printed, error_kind=row.error_kind
        )
    if row.value_time is not None:
        return format_time(row.value_time)
    return (row.presence or "").replace("_", " ")


def format_asserted(row: AssertedRecord) -> str:
    """Return an asserted number with its relation: ``> 10 km``, ``≈ 60 km/s``, ``22 s``."""
    sign = {"eq": "", "gt": f">{NBSP}", "lt": f"<{NBSP}", "approx": f"≈{NBSP}"}[row.relation]
    if row.value is not None:
        return sign + format_value(stated(row.value), unit=row.unit)
    if row.value_time is not None:
        words = {"eq": "", "gt": f"after{NBSP}", "lt": f"before{NBSP}", "approx": f"about{NBSP}"}
        return words[row.relation] + format_time(row.value_time)
    return ""


def stated(value: float) -> float:
    """Return an asserted number without the digits that only its conversion gave it.

    One in 26 000 is stored as 3.846153846154e-05 and said as 3.85e-05; 0.35726 stays as it is.
    """
    return float(f"{value:.3g}") if len(Decimal(repr(value)).normalize().as_tuple().digits) > 6 else value


def format_time(text: str, *, short: bool = False) -> str:
    """Return an ISO date or instant in words, as precise as it was given; instants are UTC.

    >>> format_time("2025-10")
    'October\\xa02025'
    """
    matched = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z?)?)?)?", text)
    if matched is None:
        raise ValueError(f"time {text!r}: expected an ISO date or UTC instant")
    year, month, day, clock = matched.groups()
    parts = [str(int(day))] if day else []
    if month:
        if not 1 <= int(month) <= 12:
            raise ValueError(f"time {text!r}: there is no month {month}")
        name = _MONTHS[int(month) - 1]
        parts.append(name[:3] if short else name)
    parts.append(year)
    return NBSP.join([*parts, *([clock, "UTC"] if clock else [])])


def format_day(moment: datetime) -> str:
    """Return the day of a moment, short: ``3 Oct 2025``."""
    return format_time(moment.date().isoformat(), short=True)


def _check(value: float, plus: float | None, minus: float | None, limit: str) -> None:
    if (plus is None) != (minus is None):
        raise ValueError(f"value {value}: expected both errors or none, got +{plus} -{minus}")
    for name, number in (("value", value), ("plus", plus), ("minus", minus)):
        if number is not None and not math.isfinite(number):
            raise ValueError(f"{name} {number}: expected a finite number")
    if (plus is not None and plus < 0) or (minus is not None and minus < 0):
        raise ValueError(f"value {value}: expected errors of at least 0, got +{plus} -{minus}")
    if limit not in ("value", "upper", "lower"):
        raise ValueError(f"value {value}: limit {limit!r} is none of value, upper, lower")
    if limit != "value" and plus is not None:
        raise ValueError(f"value {value}: a limit has no error, got +{plus} -{minus}")


def _exponent(largest: Decimal) -> int:
    """The power of ten to take out, 0 where the number reads better without."""
    power = largest.adjusted() if largest else 0
    return power if power >= _LARGEST_PLAIN_POWER or power <= _SMALLEST_PLAIN_POWER else 0


def _decimals(centre: Decimal, errors: list[Decimal], as_printed: str | None, exponent: int) -> int:
    """Decimals after the power of ten is taken out; negative where whole tens are rounded."""
    natural = max(_natural_decimals(number, exponent) for number in (centre, *errors))
    printed = _printed_digits(as_printed, centre)
    if printed is not None and centre:
        from_print = printed - 1 - (centre.adjusted() - exponent)
        # a printed mean of several values may carry fewer digits than its stored error
        if not errors or from_print >= min(natural, 1):
            return max(from_print, 0) if exponent == 0 else from_print
    if not errors:
        leading = centre.adjusted() - exponent if centre else 0
        return min(natural, max(_MOST_DIGITS - 1 - leading, 0))
    smallest = min((error for error in errors if error), default=None)
    if smallest is None:
        return natural
    two_digits = 1 - (smallest.adjusted() - exponent)
    return min(natural, two_digits)


def _natural_decimals(number: Decimal, exponent: int) -> int:
    """Decimals that write the stored number in full after the power of ten is taken out."""
    if not number:
        return 0
    scaled = number.scaleb(-exponent).normalize()
    return max(-int(scaled.as_tuple().exponent), 0)


def _printed_digits(as_printed: str | None, centre: Decimal) -> int | None:
    """Significant digits of the number in a printed text that is this value, powers of ten apart."""
    if not as_printed or not centre:
        return None
    wanted = abs(centre).normalize().as_tuple().digits
    for found in re.findall(r"\d+(?:\.\d+)?", as_printed):
        number = Decimal(found)
        if number and number.normalize().as_tuple().digits == wanted:
            digits = len(found.replace(".", "").lstrip("0"))
            return len(wanted) if "." not in found else digits
    return None


def _rounded(number: Decimal, exponent: int, decimals: int) -> Decimal:
    scaled = number.scaleb(-exponent)
    return scaled.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)


def _grouped(number: Decimal) -> str:
    """A decimal in digits, groups of three from five digits on, with a true minus."""
    text = f"{number.copy_abs():f}"
    whole, dot, fraction = text.partition(".")
    if len(whole) >= 5:
        whole = f"{int(whole):,}".replace(",", THIN)
    return (MINUS if number.is_signed() and number else "") + whole + dot + fraction


def _interval(value: float, plus: float, minus: float, unit: str) -> str:
    """The two ends of a printed interval, in at most three digits of the nearer one."""
    low, high = (Decimal(repr(float(f"{end:.12g}"))) for end in (value - minus, value + plus))
    exponent = _exponent(max(abs(low), abs(high)))
    natural = max(_natural_decimals(low, exponent), _natural_decimals(high, exponent))
    nearer = min(abs(low), abs(high)) or max(abs(low), abs(high))
    decimals = min(natural, max(2 - (nearer.adjusted() - exponent), 0)) if nearer else natural
    ends = [_grouped(_rounded(end, exponent, decimals)) for end in (low, high)]
    dash = f"{NBSP}to{NBSP}" if low < 0 else "–"
    return _with_power_and_unit(dash.join(ends), exponent, unit, bracket=True)


def _with_power_and_unit(text: str, exponent: int, unit: str, *, bracket: bool) -> str:
    if exponent:
        text = f"({text})" if bracket else text
        text += f"{NBSP}×{NBSP}{power_of_ten(exponent)}"
    printed_unit = format_unit(unit)
    if not printed_unit:
        return text
    return text + ("" if printed_unit in ATTACHED_UNITS else THIN) + printed_unit
