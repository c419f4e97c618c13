"""Units as people write them, through an allow-list to astropy units."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import astropy.units as u
from astropy.units import imperial

_WEEK, _MONTH = 7 * u.d, 30.44 * u.d

# Words are compared without case, symbols with it.
_WORDS: dict[str, u.UnitBase] = {}
for _names, _unit in {
    "kilometer kilometers kilometre kilometres kms": u.km,
    "meter meters metre metres": u.m,
    "centimeter centimeters centimetre centimetres": u.cm,
    "millimeter millimeters millimetre millimetres": u.mm,
    "micrometer micrometers micrometre micrometres micron microns": u.um,
    "nanometer nanometers nanometre nanometres": u.nm,
    "mile miles": imperial.mile,
    "foot feet": imperial.foot,
    "yard yards": imperial.yard,
    "parsec parsecs": u.pc,
    "lightyear lightyears light-year light-years": u.lyr,
    "second seconds sec secs": u.s,
    "millisecond milliseconds": u.ms,
    "minute minutes mins": u.min,
    "hour hours hrs": u.h,
    "day days": u.d,
    "week weeks": u.def_unit("week", _WEEK),
    "month months": u.def_unit("month", _MONTH),
    "year years": u.yr,
    "kilogram kilograms kilogramme kilogrammes kilo kilos": u.kg,
    "gram grams gramme grammes": u.g,
    "ton tons tonne tonnes": u.t,
    "megaton megatons megatonne megatonnes": u.Unit(1e6 * u.t),
    "gigaton gigatons gigatonne gigatonnes": u.Unit(1e9 * u.t),
    "pound pounds lbs": imperial.lb,
    "kelvin kelvins": u.K,
    "degree degrees": u.deg,
    "arcminute arcminutes arcmin": u.arcmin,
    "arcsecond arcseconds arcsec": u.arcsec,
    "hertz": u.Hz,
    "kilohertz": u.kHz,
    "megahertz": u.MHz,
    "gigahertz": u.GHz,
    "watt watts": u.W,
    "kilowatt kilowatts": u.kW,
    "megawatt megawatts": u.MW,
    "gigawatt gigawatts": u.GW,
    "magnitude magnitudes": u.mag,
    "mph": imperial.mile / u.h,
    "kph kmh": u.km / u.h,
    "au": u.au,
    "atoms molecules": u.dimensionless_unscaled,
}.items():
    for _name in _names.split():
        _WORDS[_name] = _unit
_SYMBOLS: dict[str, u.UnitBase] = {
    "km": u.km, "m": u.m, "cm": u.cm, "mm": u.mm, "nm": u.nm, "μm": u.um, "um": u.um, "mi": imperial.mile,
    "ft": imperial.foot, "AU": u.au, "ly": u.lyr, "pc": u.pc, "s": u.s, "ms": u.ms, "min": u.min, "h": u.h,
    "hr": u.h, "d": u.d, "yr": u.yr, "kg": u.kg, "g": u.g, "t": u.t, "Mt": 1e6 * u.t, "Gt": 1e9 * u.t, "K": u.K,
    "°": u.deg, "Hz": u.Hz, "kHz": u.kHz, "MHz": u.MHz, "GHz": u.GHz, "W": u.W, "kW": u.kW, "MW": u.MW, "GW": u.GW,
    "mag": u.mag,
}  # fmt: skip
# Longer names before their beginnings; a letter may not follow.
_NAME = "|".join(re.escape(name) for name in sorted([*_WORDS, *_SYMBOLS], key=len, reverse=True))
_ONE = re.compile(
    rf"(?P<square>square |cubic )?(?P<name>{_NAME})(?![A-Za-z])(?:\^?(?P<power>-?[1-4])(?![\d.,]))?",
    re.IGNORECASE,
)
_PER = re.compile(r" ?/ ?| per | an? (?=second|hour|minute|day|year)")
_SPACED = re.compile(r" (?=[A-Za-zμ]{1,3}\^?-[1-4])")
_CELSIUS = re.compile(r"°\s?C\b|degrees? (?:Celsius|centigrade)\b", re.IGNORECASE)
_FAHRENHEIT = re.compile(r"°\s?F\b|degrees? Fahrenheit\b", re.IGNORECASE)


class UnitRead(NamedTuple):
    """A unit of a text: how to turn the number before it into ``unit``, and where it ends."""

    unit: str
    scale: float
    offset: float
    stop: int


def _named(match: re.Match[str]) -> u.UnitBase | None:
    name = match["name"]
    if name in _SYMBOLS:
        unit = _SYMBOLS[name]
    elif len(name) > 2 or name.lower() in _WORDS:
        unit = _WORDS.get(name.lower())
    else:
        unit = None  # "M" is no metre
    if unit is None:
        return None
    power = int(match["power"] or {"square ": 2, "cubic ": 3}.get((match["square"] or "").lower(), 1))
    return unit**power


def read_unit(text: str, start: int) -> UnitRead | None:
    """The unit that begins at ``start``, with its denominator; None when there is none of the allow-list."""
    celsius, fahrenheit = _CELSIUS.match(text, start), _FAHRENHEIT.match(text, start)
    if celsius:
        return UnitRead("K", 1.0, 273.15, celsius.end())
    if fahrenheit:
        return UnitRead("K", 5 / 9, 459.67 * 5 / 9, fahrenheit.end())
    match = _ONE.match(text, start)
    unit = _named(match) if match else None
    if match is None or unit is None:
        return None
    stop = match.end()
    for _ in range(3):
        divided = _PER.match(text, stop)
        spaced = None if divided else _SPACED.match(text, stop)
        link = divided or spaced
        further = _ONE.match(text, link.end()) if link else None
        other = _named(further) if further else None
        if link is None or further is None or other is None:
            break
        unit = unit / other if divided else unit * other
        stop = further.end()
    return _plain_unit(unit, stop)


def _plain_unit(unit: u.UnitBase, stop: int) -> UnitRead:
    name, scale = _canonical(u.Unit(unit))
    return UnitRead(name, scale, 0.0, stop)


@lru_cache(maxsize=512)
def _canonical(unit: u.UnitBase) -> tuple[str, float]:
    """A unit that astropy can read again, and the factor to it: weeks become days, gigatonnes tonnes."""
    for plain in (u.km, u.d, u.t, u.km / u.h):
        if ("week" in str(unit) or "month" in str(unit) or unit.scale != 1) and unit.is_equivalent(plain):
            return plain.to_string(), float(unit.to(plain))
    return unit.to_string(), 1.0


@lru_cache(maxsize=4096)
def _parsed(unit: str) -> u.UnitBase:
    with imperial.enable():
        return u.Unit(unit)


@lru_cache(maxsize=4096)
def conversion(unit: str, wanted: str) -> float | None:
    """The factor from one unit to another, None when they measure different things."""
    try:
        return float(_parsed(unit).to(_parsed(wanted)))
    except u.UnitConversionError:
        return None


@lru_cache(maxsize=4096)
def dimension(unit: str) -> str:
    """What a unit measures, as a name to compare: "length", "speed", "1 / s2"."""
    parsed = _parsed(unit)
    if parsed.is_equivalent(u.dimensionless_unscaled):
        return "number"
    if parsed == u.mag:
        return "magnitude"
    return _bases(parsed)


def _bases(unit: u.UnitBase) -> str:
    bases = unit.decompose(bases=[u.m, u.s, u.kg, u.K, u.rad])
    return " ".join(
        f"{base}{power}"
        for base, power in sorted(zip(map(str, bases.bases), map(str, bases.powers), strict=True))
    )
