"""Dates and clock times of a text as ISO text, as precise as they are written."""

from __future__ import annotations

import re
from typing import NamedTuple

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d{2})(?!\d|[.,]\d|\s?(?:km|kg|K|MHz|GHz|m)\b)"
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d|[.,:]\d)"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE if "month" in pattern else 0)
    for pattern in (
        rf"(?<!\d){_YEAR}-(?P<number>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?(?!\d)",
        rf"(?<![\d.,]){_DAY}\s+(?:of\s+)?{_MONTH},?(?:\s+(?:of\s+)?{_YEAR})?",
        rf"\b{_MONTH}\s+{_DAY},?(?:\s+{_YEAR})?(?!\s*(?:to|-)\s*\d+\s*(?:km|miles))",
        rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}",
        rf"\b(?:in|since|of|by|until|from|during|year|before|after|late|early|mid|spring|summer|autumn|winter|fall|the|and|to|around|back in|last)[ -]{_YEAR}\b(?!\s*[-/])",
    )
)
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?\s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<zone>UTC?|GMT|Z)?\b",
    re.IGNORECASE,
)
_SPOKEN_CLOCK = re.compile(
    r"\b(?P<minutes>one|two|three|four|five|ten|fifteen|twenty|\d{1,2}) minutes? (?P<side>past|after|before|to) (?P<hour>midnight|noon)(?:\s+(?P<zone>UTC|GMT))?",
    re.IGNORECASE,
)
_SPOKEN = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10, "fifteen": 15, "twenty": 20}


class DateRead(NamedTuple):
    """A date (2017, 2025-10, 2025-10-03, or --11-21 without a year) or a clock time (00:03)."""

    value: str
    clock: bool
    zone: str
    start: int
    stop: int


def read_dates(text: str) -> list[DateRead]:
    """The dates and clock times of a normalised sentence."""
    found: list[DateRead] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            if parts.get("month") and parts["month"].lower() == "may" and text[match.start("month")] == "m":
                continue  # "2025 may bring" is no date
            start = match.start("year") if pattern is _DATES[-1] else match.start()
            if any(start < other.stop and match.end() > other.start for other in found):
                continue
            found.append(DateRead(_iso(parts), False, "", start, match.end()))
    for match in _CLOCK.finditer(text):
        hour = int(match["hour"])
        if match["half"]:
            hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
        zone = "UTC" if match["zone"] else ""
        found.append(DateRead(f"{hour:02d}:{match['minute']}", True, zone, match.start(), match.end()))
    for match in _SPOKEN_CLOCK.finditer(text):
        minutes = _SPOKEN.get(match["minutes"].lower()) or int(match["minutes"]) % 60
        hour = 0 if match["hour"].lower() == "midnight" else 12
        total = (hour * 60 + (minutes if match["side"].lower() in ("past", "after") else -minutes)) % 1440
        zone = "UTC" if match["zone"] else ""
        found.append(DateRead(f"{total // 60:02d}:{total % 60:02d}", True, zone, match.start(), match.end()))
    return sorted(found, key=lambda date: date.start)


def _iso(parts: dict[str, str | None]) -> str:
    if parts.get("number"):
        month = int(parts["number"] or 0)
    elif parts.get("month"):
        month = next(
            n for n, name in enumerate(_MONTHS, 1) if name.startswith((parts["month"] or "").lower()[:3])
        )
    else:
        month = 0
    year, day = parts.get("year"), parts.get("day")
    iso = year or "-"
    if month:
        iso += f"-{month:02d}"
        if day:
            iso += f"-{int(day):02d}"
    return iso


def dates_agree(one: str, other: str) -> bool | None:
    """True when two dates can be the same moment, None when they share no part to compare."""
    left, right = _date_parts(one), _date_parts(other)
    shared = [(a, b) for a, b in zip(left, right, strict=True) if a is not None and b is not None]
    return all(a == b for a, b in shared) if shared else None


def _date_parts(iso: str) -> tuple[int | None, int | None, int | None]:
    date = iso.split("T")[0].rstrip("Z")
    year: int | None = None
    if date.startswith("--"):
        date = date[2:]
        month, _, day = date.partition("-")
    else:
        text, _, rest = date.partition("-")
        year = int(text) if text.isdigit() else None
        month, _, day = rest.partition("-")
    return year, int(month) if month.isdigit() else None, int(day) if day.isdigit() else None
