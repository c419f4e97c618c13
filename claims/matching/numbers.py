"""Numbers as people write them: 26,000, 3.3 × 10^13, thirty-three billion, 4.92 ± 0.16, 11 to 20."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12,
}  # fmt: skip
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "bn": 1e9}
ORDINAL_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_SINGLE = "|".join(sorted(_SMALL, key=len, reverse=True))
_SCALE = "hundred|thousand|million|billion|trillion"
_SPELLED = rf"(?:(?:{_TENS})[- ](?:{_UNITS})|(?:{_SINGLE})|an?(?= (?:{_SCALE}))|several(?= (?:{_SCALE})))(?:[- ](?:and )?(?:{_SCALE})s?|[- ](?:and )?(?:(?:{_TENS})[- ](?:{_UNITS})|(?:{_SINGLE}))(?![- ]?(?:{_TENS}))){{0,5}}"
_DIGITS = r"(?:\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_POWER = r"(?:\s?[×x*·]\s?10\s?(?:\^|\*\*)\s?[+-]?\d{1,3}|[eE][+-]?\d{1,3}(?![\w]))"
_PURE_POWER = r"10(?:\^|\*\*)[+-]?\d{1,3}"
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:(?P<pure>{_PURE_POWER})|[+~-]?(?P<digits>{_DIGITS})(?P<power>{_POWER})?)(?:[- ]?(?P<scale>hundred|thousand|million|billion|trillion|bn)\b)?"
    rf"|\b(?P<spelled>{_SPELLED})\b",
    re.IGNORECASE,
)
_PLUS_MINUS = re.compile(
    rf"\s?(?:±|\+/?-|plus or minus)\s?(?P<error>{_DIGITS})(?P<power>{_POWER})?", re.IGNORECASE
)
_COMMON_POWER = re.compile(rf"\)(?P<power>{_POWER})", re.IGNORECASE)


class NumberRead(NamedTuple):
    """A number of a text, its error if one is printed, and its place."""

    value: float
    error: float | None
    start: int
    stop: int
    spelled: bool


def _power(text: str | None) -> float:
    if not text:
        return 1.0
    exponent = re.search(r"[+-]?\d{1,3}$", text)
    if not exponent:
        return 1.0
    # what no float holds is no number of the record: `read_numbers` leaves it out
    return 10.0 ** int(exponent.group()) if int(exponent.group()) <= 300 else math.inf


def _plain(digits: str) -> float:
    return float(digits.replace(",", "").replace(" ", ""))


def spelled_value(words: str) -> float:
    """The value of a spelled-out number: "four hundred", "thirty-three billion"."""
    total, group = 0.0, 0.0
    for word in re.split(r"[- ]+", words.lower()):
        word = word[:-1] if word.endswith("s") and word[:-1] in SCALES else word
        if word in ("a", "an", "several"):
            group = 1.0
        elif word in SCALES:
            if SCALES[word] == 100:
                group = (group or 1.0) * 100
            else:
                total, group = total + (group or 1.0) * SCALES[word], 0.0
        elif word in _SMALL:
            group += _SMALL[word]
    return total + group


def read_numbers(text: str) -> list[NumberRead]:
    """The numbers of a normalised sentence, in reading order."""
    found = []
    place = 0
    while match := _NUMBER.search(text, place):
        stop, error = match.end(), None
        if match["spelled"]:
            value, spelled = spelled_value(match["spelled"]), True
        else:
            scale = SCALES.get((match["scale"] or "").lower(), 1.0)
            value = (
                _power(match["pure"]) if match["pure"] else _plain(match["digits"]) * _power(match["power"])
            )
            value, spelled = value * scale, False
            if printed := _PLUS_MINUS.match(text, stop):
                error, stop = (
                    _plain(printed["error"]) * _power(printed["power"] or match["power"]),
                    printed.end(),
                )
                if common := _COMMON_POWER.match(text, stop):  # (4.92 ± 0.16) × 10^-6
                    factor = _power(common["power"])
                    value, error, stop = value * factor, error * factor, common.end()
            if text[match.start()] == "-" and match.start() and text[match.start() - 1] not in " (":
                value = abs(value)
            elif text[match.start()] == "-":
                value = -value
        if all(abs(one) < 1e300 for one in (value, error or 0.0)):
            found.append(NumberRead(value, error, match.start(), stop, spelled))
        place = max(stop, match.start() + 1)
    return found
