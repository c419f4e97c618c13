"""Sentences of a normalised text, with their places.

Lines of articles are often whole paragraphs, and lines of plain mail are often wrapped at a margin;
the two are told apart by their shape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_SENTENCE = 400  # characters; a longer run is cut at a comma, a dash or a space
WRAPPED_LINES = 4  # so many lines without a full stop make a wrapped text

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st vs etc e.g i.e eg ie cf al no fig figs vol approx ca inc ltd co corp jr sr "
    "jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k u.n a.m p.m min max sec km kg hr hrs".split()
)
_END = re.compile(r"""[.!?]+["')\]]*(?=\s|$)|\n""")
_BREAK = re.compile(r"[;:—]\s|,\s|\s")
_WORD_BEFORE = re.compile(r"([A-Za-z][A-Za-z.]*)\.$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its normalised text, its place in it, and the number of its paragraph."""

    text: str
    start: int
    stop: int
    paragraph: int


def _wrapped(text: str) -> bool:
    """True when lines end at a margin and not at the end of a sentence."""
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    if len(lines) <= WRAPPED_LINES:
        return False
    open_ends = sum(1 for line in lines[:-1] if 50 <= len(line) <= 100 and line[-1] not in ".!?:\"'")
    return open_ends > len(lines) / 2


def _is_end(text: str, stop: int, mark: str) -> bool:
    """True when the full stop that ends at ``stop`` ends a sentence and not an abbreviation."""
    following = text[stop : stop + 40].lstrip()
    if not following:
        return True
    if following[0].islower() and "..." not in mark:
        return False
    if not mark.startswith(".") or "!" in mark or "?" in mark:
        return not following[0].islower()
    before = _WORD_BEFORE.search(text[max(0, stop - 24 - len(mark)) : stop - len(mark) + 1])
    if before is None:
        return True
    word = before.group(1).lower()
    if word in _ABBREVIATIONS:
        # "in Oct. 2025" goes on, "weighs 5 kg. The comet" ends
        return (
            word in {"km", "kg", "etc", "min", "max", "sec", "hr", "hrs", "a.m", "p.m"}
            and following[0].isupper()
        )
    return len(word) > 1 or not before.group(1).isupper()  # an initial: "J. Doe"


def sentences(text: str) -> list[Sentence]:
    """All sentences of a normalised text in reading order."""
    wrapped = _wrapped(text)
    found: list[Sentence] = []
    start, paragraph = 0, 0
    for mark in _END.finditer(text):
        if mark.group() == "\n":
            blank = text[mark.end() : mark.end() + 200].lstrip(" ").startswith("\n")
            if (
                wrapped
                and not blank
                and not text[max(start, mark.start() - 40) : mark.start()]
                .rstrip(" ")
                .endswith((".", "!", "?", ":"))
            ):
                continue
            _add(found, text, start, mark.start(), paragraph)
            start = mark.end()
            if blank or not wrapped:
                paragraph += 1
        elif _is_end(text, mark.end(), mark.group()):
            _add(found, text, start, mark.end(), paragraph)
            start = mark.end()
    _add(found, text, start, len(text), paragraph)
    return found


def _add(found: list[Sentence], text: str, start: int, stop: int, paragraph: int) -> None:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    while stop - start > LONGEST_SENTENCE:
        cut = start + LONGEST_SENTENCE
        for mark in _BREAK.finditer(text, start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE):
            cut = mark.end()
            if mark.group() != " ":
                break
        _add(found, text, start, cut, paragraph)
        start = cut
        while start < stop and text[start].isspace():
            start += 1
    if any(character.isalnum() for character in text[start:stop]):
        found.append(Sentence(text[start:stop], start, stop, paragraph))


_CLAUSE_END = re.compile(
    r"[,;:—()]\s?|\s-\s|\s(?=(?:and|but|while|whereas) (?:that|the|a|an|its?|they|two|three)\b)"
)
_ASIDE = re.compile(r"\s?(?:—[^—]{1,200}—|\([^()]{1,200}\))\s?")
LEAST_CLAUSE_WORDS = 5


def clauses(sentence: str) -> list[str]:
    """The parts of a long sentence between commas, dashes, brackets and conjunctions, and it without its asides.

    Short parts join the next.
    """
    parts: list[str] = []
    start = 0
    for mark in _CLAUSE_END.finditer(sentence):
        if len(sentence[start : mark.start()].split()) >= LEAST_CLAUSE_WORDS:
            parts.append(sentence[start : mark.start()].strip())
            start = mark.end()
    rest = sentence[start:].strip()
    if len(rest.split()) >= LEAST_CLAUSE_WORDS or not parts:
        parts.append(rest)
    else:
        parts[-1] = f"{parts[-1]}, {rest}"
    without = _ASIDE.sub(" ", sentence)
    if without != sentence and len(without.split()) >= LEAST_CLAUSE_WORDS:
        parts.append(without)
    return parts if len(parts) > 1 else []
