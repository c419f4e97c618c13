"""The answer of a check as its page shows it: the text in parts, notes beside its marked sentences, a ranking."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from claims.articles.words import AGREEMENT, BANDS, STANCES
from claims.matching.records import Match, MatchedQuantity, MatchResult

_BREAKS = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number of the sentence beside the claim's and ours."""

    text: str
    with_claim: str
    measured: dict[str, Any] | None
    quantity: str
    source: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A claim beside a marked sentence."""

    match: Match
    stance: str
    band: str
    numbers: tuple[NumberRow, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A marked sentence: its number in the text, its words, and the claims that it repeats."""

    number: int
    sentence: str
    lines: tuple[NoteLine, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A run of the text, marked where it belongs to a note."""

    text: str
    note: int | None


@dataclass(slots=True)
class RankedClaim:
    """A claim of the whole text: where it stands, and its best match."""

    best: Match
    notes: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CheckedText:
    """The page of one check."""

    result: MatchResult
    paragraphs: tuple[tuple[Part, ...], ...]
    notes: tuple[Note, ...]
    ranking: tuple[RankedClaim, ...]


def checked_text(text: str, result: MatchResult) -> CheckedText:
    """The text and its matches, laid out in reading order."""
    by_place: dict[tuple[int, int], list[Match]] = {}
    for match in result.matches:
        by_place.setdefault((match.start, match.stop), []).append(match)
    notes: list[Note] = []
    ranking: dict[str, RankedClaim] = {}
    for number, place in enumerate(sorted(by_place), 1):
        found = by_place[place]
        notes.append(Note(number, found[0].sentence, tuple(_line(match) for match in found)))
        for match in found:
            ranked = ranking.setdefault(match.slug, RankedClaim(match))
            ranked.notes.append(number)
            if match.score > ranked.best.score:
                ranked.best = match
    return CheckedText(
        result=result,
        paragraphs=_paragraphs(text, sorted(by_place)),
        notes=tuple(notes),
        ranking=tuple(
            sorted(ranking.values(), key=lambda one: (-one.best.score, one.notes[0], one.best.slug))
        ),
    )


def _line(match: Match) -> NoteLine:
    return NoteLine(
        match,
        STANCES[match.stance],
        BANDS[match.band],
        tuple(_number(one) for one in match.quantities),
    )


def _number(one: MatchedQuantity) -> NumberRow:
    with_claim = AGREEMENT[one.agrees_with_claim]
    measured = dict(one.measured) if one.measured else None
    quantity = str(measured.pop("quantity")) if measured else ""
    source = str(measured.pop("source") or "") if measured else ""
    if measured and isinstance(measured["value"], str):
        measured = {"value_time": measured["value"], "value": None, "unit": ""}
    return NumberRow(one.text, with_claim, measured, quantity, source)


def _paragraphs(text: str, places: Sequence[tuple[int, int]]) -> tuple[tuple[Part, ...], ...]:
    """The lines of the text, each cut where a marked sentence begins and ends."""
    paragraphs = []
    start = 0
    for stop, onward in [
        *((brk.start(), brk.end()) for brk in _BREAKS.finditer(text)),
        (len(text), len(text)),
    ]:
        if text[start:stop].strip():
            paragraphs.append(tuple(_parts(text, start, stop, places)))
        start = onward
    return tuple(paragraphs)


def _parts(text: str, start: int, stop: int, places: Sequence[tuple[int, int]]) -> list[Part]:
    parts = []
    here = start
    for number, (first, last) in enumerate(places, 1):
        if last <= start or first >= stop:
            continue
        first, last = max(first, here), min(last, stop)
        if first > here:
            parts.append(Part(text[here:first], None))
        if last > first:
            parts.append(Part(text[first:last], number))
        here = max(here, last)
    if here < stop:
        parts.append(Part(text[here:stop], None))
    return parts
