"""The text of a page as the watch reads it: digests of what it says, and whether a quoted phrase still stands there.

Nothing of the text is kept but digests and, beside a phrase that has gone, the few words nearest to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from importlib.metadata import version
from typing import Any, Literal

from claims.matching.normalise import plain

# stored with every digest: another release reads other text, which is no edit of the page
READER = f"trafilatura {version('trafilatura')}"
MOST_PARAGRAPHS = 400
NEAR = 0.72  # share of a phrase that the nearest words must have to be shown as its new wording
CANDIDATES = 6
CONTEXT_WORDS = 6  # on either side of a phrase
MOST_WORDS = 50_000  # that are compared with a phrase
PhraseState = Literal["there", "reworded", "missing"]


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's own text, and all that a visitor could see of it."""

    main: str
    visible: str

    @property
    def digest(self) -> str:
        return sha256(self.main.encode()).hexdigest()

    @property
    def paragraphs(self) -> list[str]:
        """A short digest of each paragraph: enough to count how many are as before."""
        found = [line for line in self.main.split("\n") if line]
        return [sha256(line.encode()).hexdigest()[:12] for line in found[:MOST_PARAGRAPHS]]


def squeezed(text: str) -> str:
    """Text in one spelling, a paragraph a line."""
    lines = (" ".join(line.split()) for line in plain(text).split("\n"))
    return "\n".join(line for line in lines if line)


def page_text(body: bytes, content_type: str) -> PageText:
    """The text of a page; empty where there is none to read."""
    if content_type == "text/plain":
        text = squeezed(body.decode("utf-8", "replace"))
        return PageText(text, text)
    import trafilatura  # some tenths of a second and some megabytes, which no page of the site needs

    main = trafilatura.extract(body, include_comments=False, include_tables=True, deduplicate=False) or ""
    return PageText(squeezed(main), squeezed(trafilatura.html2txt(body) or ""))


def phrase_state(phrase: str, text: PageText) -> tuple[PhraseState, str]:
    """Whether a phrase stands in a page, and the words nearest to it where it does not."""
    wanted = _words(squeezed(phrase))
    if not wanted:
        return "missing", ""
    for part in (text.main, text.visible):
        words = _words(part)
        if f" {' '.join(wanted)} " in f" {' '.join(words)} ":
            return "there", ""
    found, nearest = _nearest(wanted, _words(text.visible or text.main)[:MOST_WORDS])
    return ("reworded", nearest) if found >= NEAR else ("missing", "")


def context_digests(phrase: str, text: PageText) -> dict[str, str]:
    """Digests of the words before and after a phrase that stands in a page; empty where it does not.

    With the phrase they are a text quote selector of the W3C (Web Annotation Data Model, 4.2.4): enough to tell the
    quoted place from another one with the same words, and nothing of the page that could be read.
    """
    wanted = _words(squeezed(phrase))
    for part in (text.main, text.visible):
        words = _words(part)
        for place in range(len(words) - len(wanted) + 1 if wanted else 0):
            if words[place : place + len(wanted)] == wanted:
                after = place + len(wanted)
                return {
                    "prefix": _digest(words[max(0, place - CONTEXT_WORDS) : place]),
                    "suffix": _digest(words[after : after + CONTEXT_WORDS]),
                }
    return {}


def _digest(words: list[str]) -> str:
    return sha256(" ".join(words).encode()).hexdigest()[:16]


def in_plain_words(phrase: str) -> str:
    """A phrase as it is compared: its words alone, in small letters."""
    return " ".join(_words(squeezed(phrase)))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w%+-]+(?:[.,/:'][\w%]+)*", text.casefold())


def _nearest(wanted: list[str], words: list[str]) -> tuple[float, str]:
    """The share that the best window of words has in common with a phrase, and the window."""
    length, need = len(wanted), Counter(wanted)
    if len(words) < length:
        return 0.0, ""
    shared = [
        sum((need & Counter(words[place : place + length])).values())
        for place in range(len(words) - length + 1)
    ]
    best = sorted(range(len(shared)), key=lambda place: (-shared[place], place))[:CANDIDATES]
    rated = [
        (SequenceMatcher(None, " ".join(wanted), " ".join(words[place : place + length])).ratio(), -place)
        for place in best
    ]
    ratio, place = max(rated)
    return ratio, " ".join(words[-place : -place + length])


def reading(text: PageText, phrases: Iterable[str]) -> dict[str, Any]:
    """What is kept of a page: digests, and the state of each phrase."""
    found = []
    for phrase in phrases:
        state, nearest = phrase_state(phrase, text)
        around = context_digests(phrase, text) if state == "there" else {}
        found.append(
            {
                "phrase": phrase,
                "state": state,
                **({"nearest": nearest} if nearest else {}),
                **({"around": around} if around else {}),
            }
        )
    return {
        "digest": text.digest,
        "paragraphs": text.paragraphs,
        "words": len(text.main.split()),
        "reader": READER,
        "phrases": found,
    }


def kept_share(before: Mapping[str, Any], now: Mapping[str, Any]) -> float | None:
    """How many of the paragraphs of an earlier reading are still there, as a share; None when nobody can say."""
    if before.get("reader") != now.get("reader") or not before.get("paragraphs"):
        return None
    left = Counter(before["paragraphs"]) & Counter(now["paragraphs"])
    return sum(left.values()) / len(before["paragraphs"])


def phrases_gone(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """The phrases that an earlier reading found and this one does not."""
    there = {one["phrase"] for one in before.get("phrases", ()) if one["state"] == "there"}
    return [one["phrase"] for one in now["phrases"] if one["phrase"] in there and one["state"] != "there"]


def other_words_around(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """The phrases that still stand where an earlier reading found them no more: the words on both sides are others."""
    earlier = {one["phrase"]: one["around"] for one in before.get("phrases", ()) if one.get("around")}
    return [
        one["phrase"]
        for one in now.get("phrases", ())
        if one.get("around")
        and one["phrase"] in earlier
        and all(one["around"][side] != earlier[one["phrase"]][side] for side in ("prefix", "suffix"))
    ]
