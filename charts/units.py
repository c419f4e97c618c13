"""Units, powers and chemical formulae in print: ``s⁻¹``, ``10²⁵``, ``H₂O``."""

from __future__ import annotations

import re

_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
#: Units that stand against their number without a space.
ATTACHED_UNITS = frozenset({"°"})
_UNIT_NAMES = {"um": "µm", "deg": "°", "Angstrom": "Å"}
_UNIT_TOKEN = re.compile(r"(?P<name>%|[A-Za-zµ°]+)(?P<power>-?\d+)?\Z")
_FORMULA = re.compile(r"\b(?:(?:Fe|Ni|Na|[HCNOSD])\d{0,2})+\b")


def superscript(number: int) -> str:
    """Return an integer in superscript digits.

    >>> superscript(-8)
    '⁻⁸'
    """
    return str(number).translate(_SUPERSCRIPTS)


def power_of_ten(exponent: int) -> str:
    """Return ten to an integer power as it is printed on a logarithmic axis.

    >>> power_of_ten(25)
    '10²⁵'
    """
    return f"10{superscript(exponent)}"


def subscript_formula(text: str) -> str:
    """Return a chemical formula with its counts lowered: ``H2O`` becomes ``H₂O``.

    Only words made of the elements found in comets count as formulae, so that ``WFC3`` and ``3I``
    stay as they are.
    """
    return _FORMULA.sub(lambda match: match.group(0).translate(_SUBSCRIPTS), text)


def format_unit(unit: str) -> str:
    """Return an astropy unit string as it is printed.

    Parameters
    ----------
    unit : str
        An astropy unit string such as ``"g / cm3"``; empty for a pure number.

    Returns
    -------
    str
        ``"km / s"`` gives ``"km/s"``, ``"1 / s"`` gives ``"s⁻¹"``, ``"au / d2"`` gives ``"au/d²"``.

    Raises
    ------
    ValueError
        If a part of the unit is not a name with an optional integer power.
    """
    if not unit.strip():
        return ""
    above, *below = [part.strip() for part in unit.split("/")]
    if len(below) > 1:
        raise ValueError(f"unit {unit!r}: expected at most one division sign")
    denominator = _unit_tokens(unit, below[0].strip("()")) if below else []
    if above == "1":
        return "\u00b7".join(name + superscript(-power) for name, power in denominator)
    numerator = _unit_tokens(unit, above)
    text = "\u00b7".join(name + (superscript(power) if power != 1 else "") for name, power in numerator)
    if denominator:
        bottom = "\u00b7".join(name + (superscript(p) if p != 1 else "") for name, p in denominator)
        text += f"/({bottom})" if len(denominator) > 1 else f"/{bottom}"
    return text


def _unit_tokens(unit: str, part: str) -> list[tuple[str, int]]:
    tokens = []
    for token in part.split():
        match = _UNIT_TOKEN.match(token)
        if match is None:
            raise ValueError(f"unit {unit!r}: {token!r} is not a unit name with an integer power")
        name = match["name"]
        tokens.append((_UNIT_NAMES.get(name, name), int(match["power"] or 1)))
    return tokens
