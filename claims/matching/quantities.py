"""The quantity reader: values, ranges, factors, chances, shares, counts, dates and clock times of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from claims.matching.dates import read_dates
from claims.matching.numbers import ORDINAL_PARTS, NumberRead, read_numbers, spelled_value
from claims.matching.objects import mentions
from claims.matching.units import dimension, read_unit
from claims.matching.words import STOP_WORDS, stem

# physical: with a unit; factor: times another; fraction: share of a whole or chance; count: of things
Kind = Literal["physical", "factor", "fraction", "count", "date", "clock"]
Relation = Literal["eq", "approx", "gt", "lt"]

MOST_QUANTITIES = 12  # of one sentence: a table run into one line is no sentence

_GREATER = re.compile(
    r"(?:more than|over|above|at least|exceed(?:s|ed|ing)?|upwards? of|no less than|not less than|greater than|larger than|beyond|lower (?:mass )?limit of|minimum of|>)\s*(?:about|some)?\s*$",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"(?:less than|fewer than|under|below|at most|up to|no more than|not more than|within|smaller than|upper limit of|maximum of|<)\s*(?:about|some)?\s*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:about|around|approximately|approx\.?|some|roughly|nearly|almost|close to|circa|ca\.?|estimated|an estimated|of the order of|~)\s*$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s?(?:-|to|and|or|up to)\s?$", re.IGNORECASE)
_SMALL_NUMBER = r"(?:\d[\d, ]*|(?:a|one|two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|hundred|thousand|million|billion)(?:[- ](?:hundred|thousand|million|billion))*)"
_ORDERS = re.compile(
    r"\b(?P<number>an?|one|two|three|four|five|six|several|\d+) orders? of magnitude", re.IGNORECASE
)
_FOLD = re.compile(
    r"\b(?P<number>two|three|four|five|six|seven|eight|nine|ten|twenty|hundred|thousand|\d+)[- ]?fold\b",
    re.IGNORECASE,
)
_FACTOR_OF = re.compile(r"\bfactor of (?:about |some |around )?$", re.IGNORECASE)
_TIMES = re.compile(r"\s?(?:times|×)(?! ?10)\b", re.IGNORECASE)
_TWICE = re.compile(r"\b(?P<word>twice|double|triple|thrice)\b", re.IGNORECASE)
_ONE_IN = re.compile(rf"\b(?:one|1) (?:in|out of) (?:about )?(?P<number>{_SMALL_NUMBER})\b", re.IGNORECASE)
_TO_ONE = re.compile(rf"\b(?P<number>{_SMALL_NUMBER}) to (?:one|1)\b", re.IGNORECASE)
_PART = re.compile(
    r"\b(?P<number>an?|one|two|three|four|five) (?P<part>half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?\b(?= (?:of|part|more|less))",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s?(?:%|per ?cent\b|percentage points?\b)", re.IGNORECASE)
_NOUN = re.compile(r"[- ]?(?P<between>(?:[a-z]+(?:-[a-z]+)? ){0,2}?)(?P<noun>[a-z]{3,})s?\b", re.IGNORECASE)
_COMPARATIVE = re.compile(r" (?:more|less|fewer|as|the|heavier|larger|bigger|faster|denser)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of a sentence; ``start`` and ``stop`` count characters of the normalised sentence.

    ``value`` is None for dates and clock times, which have ``moment``; ``low`` and ``high`` bound a range
    or an error bar; ``noun`` is the stem of what is counted.
    """

    kind: Kind
    text: str
    start: int
    stop: int
    value: float | None = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    relation: Relation = "eq"
    moment: str = ""
    noun: str = ""

    @property
    def measure(self) -> str:
        """What two quantities must share to be compared: the kind, and the dimension of the unit."""
        return f"physical {dimension(self.unit)}" if self.kind == "physical" else self.kind


def read_quantities(sentence: str) -> list[Quantity]:
    """The quantities of a normalised sentence, in reading order."""
    text = _without_designations(sentence)
    found = _dates(text)
    found += _phrases(text, found)
    taken = [(one.start, one.stop) for one in found]
    pending: NumberRead | None = None
    for number in read_numbers(text):
        if any(number.start < stop and number.stop > start for start, stop in taken):
            pending = None
            continue
        quantity = _quantity(text, number)
        if (
            pending
            and quantity
            and quantity.kind in ("physical", "fraction", "factor")
            and _RANGE.search(text[pending.stop : number.start])
            and text[pending.stop : number.start].strip(" -").lower() in ("", "to", "and", "or", "up to")
        ):
            quantity = _spread(text, pending, quantity)
        pending = number if quantity is None or quantity.kind == "count" else None
        if quantity is not None:
            found = [one for one in found if not (quantity.start <= one.start and one.stop <= quantity.stop)]
            found.append(quantity)
            taken.append((quantity.start, quantity.stop))
        if len(found) >= MOST_QUANTITIES:
            break
    return sorted(found, key=lambda one: one.start)


def _without_designations(sentence: str) -> str:
    """The sentence with 3I, C/2025 V1 and the like blanked: their digits are names."""
    for mention in mentions(sentence):
        sentence = sentence[: mention.start] + " " * (mention.stop - mention.start) + sentence[mention.stop :]
    return sentence


def _dates(text: str) -> list[Quantity]:
    return [
        Quantity(
            "clock" if date.clock else "date",
            text[date.start : date.stop],
            date.start,
            date.stop,
            moment=date.value,
            unit=date.zone,
        )
        for date in read_dates(text)
    ]


def _phrases(text: str, dates: list[Quantity]) -> list[Quantity]:
    """Orders of magnitude, tenfold, one in 26 000, a sixth of."""
    found: list[Quantity] = []

    def add(kind: Kind, match: re.Match[str], value: float, relation: Relation = "eq") -> None:
        if not any(match.start() < one.stop and match.end() > one.start for one in [*dates, *found]):
            words = match.group().rstrip()
            found.append(
                Quantity(kind, words, match.start(), match.start() + len(words), value, relation=relation)
            )

    for match in _ORDERS.finditer(text):
        add("factor", match, 10.0 ** min(_amount(match["number"]), 30), "approx")
    for match in _FOLD.finditer(text):
        add("factor", match, _amount(match["number"]))
    for match in _TWICE.finditer(text):
        add("factor", match, 3.0 if match["word"].lower() in ("triple", "thrice") else 2.0)
    for match in [*_ONE_IN.finditer(text), *_TO_ONE.finditer(text)]:
        if amount := _amount(match["number"]):
            add("fraction", match, 1 / amount)
    for match in _PART.finditer(text):
        add("fraction", match, _amount(match["number"]) / ORDINAL_PARTS[match["part"].lower()], "approx")
    return found


def _amount(words: str) -> float:
    digits = re.sub(r"[, ]", "", words)
    if digits.isdecimal():
        return float(digits[:30])
    return {"a": 1.0, "an": 1.0, "several": 3.0}.get(words.lower()) or spelled_value(words)


def _relation(text: str, start: int) -> Relation:
    before = text[max(0, start - 40) : start]
    if _GREATER.search(before):
        return "gt"
    if _LESS.search(before):
        return "lt"
    return "approx" if _ABOUT.search(before) or text[start : start + 1] == "~" else "eq"


def _quantity(text: str, number: NumberRead) -> Quantity | None:
    """The quantity a number begins: by its unit, as a share, as a factor, else as a count."""
    relation = _relation(text, number.start)
    low, high = (
        (None, None) if number.error is None else (number.value - number.error, number.value + number.error)
    )
    if percent := _PERCENT.match(text, number.stop):
        scaled = (
            number.value / 100,
            low / 100 if low is not None else None,
            high / 100 if high is not None else None,
        )
        return _made("fraction", text, number.start, percent.end(), scaled, relation)
    if times := _TIMES.match(text, number.stop):
        return _made("factor", text, number.start, times.end(), (number.value, low, high), relation)
    if _FACTOR_OF.search(text[max(0, number.start - 24) : number.start]):
        return _made("factor", text, number.start, number.stop, (number.value, low, high), relation)
    place = number.stop
    if text[place : place + 1] == ")":
        place += 1
    if text[place : place + 1] in (" ", "-"):
        place += 1
    unit = read_unit(text, place)
    if unit is not None and unit.unit:
        values = [
            None if one is None else one * unit.scale + unit.offset for one in (number.value, low, high)
        ]
        return _made(
            "physical",
            text,
            number.start,
            unit.stop,
            (values[0] or 0.0, values[1], values[2]),
            relation,
            unit.unit,
        )
    noun = _NOUN.match(text, number.stop)
    if (
        noun
        and noun["noun"].lower() not in STOP_WORDS
        and number.value == int(number.value)
        and 0 <= number.value < 1e6
        and not _COMPARATIVE.match(text, number.stop)
    ):
        if number.spelled and number.value <= 1:
            return None  # "one of them", "one day"
        return Quantity(
            "count",
            text[number.start : number.stop],
            number.start,
            number.stop,
            number.value,
            relation=relation,
            noun=stem(noun["noun"].lower()),
        )
    return None


def _made(
    kind: Kind,
    text: str,
    start: int,
    stop: int,
    values: tuple[float, float | None, float | None],
    relation: Relation,
    unit: str = "",
) -> Quantity:
    if ")" in text[start:stop] and text[start - 1 : start] == "(":
        start -= 1  # (4.92 ± 0.16) × 10^-6
    return Quantity(kind, text[start:stop], start, stop, values[0], unit, values[1], values[2], relation)


def _spread(text: str, first: NumberRead, second: Quantity) -> Quantity:
    """A range: "11 to 20 km" has its unit only at the end."""
    unit = read_unit(text, second.stop) if second.kind == "physical" else None
    value = second.value or 0.0
    low = first.value / 100 if second.kind == "fraction" else first.value
    if unit is None and second.kind == "physical" and second.unit == "K" and low < value - 200:
        low += 273.15
    if low > value:
        return second
    return Quantity(
        second.kind, text[first.start : second.stop], first.start, second.stop, (low + value) / 2, second.unit, low, value, _relation(text, first.start)
    )  # fmt: skip
