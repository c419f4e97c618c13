"""Texts that are meant to break the checker: bounded work, clear answers, never a failure of ours.

Bounds are of structure: what is encoded, how much is answered.  Seconds are measured in `bench/`.
"""

from __future__ import annotations

from typing import Any

import pytest

from claims.articles import reading
from claims.articles.checking import MOST_CHARACTERS, check_text
from claims.articles.reading import article_text, html_text
from claims.articles.words import told_in_english
from claims.matching import comparison
from claims.matching.article import MOST_MATCHES, MOST_RELATED
from claims.matching.encoder import MAX_TOKENS, SentenceEncoder
from claims.matching.sentences import LONGEST_SENTENCE

pytestmark = pytest.mark.django_db
CLAIMED = "Webb confirmed that 3I/ATLAS leaks an alien alloy"
TEXTS = {
    "one word": "a" * MOST_CHARACTERS,
    "one word again and again": ("comet " * MOST_CHARACTERS)[:MOST_CHARACTERS],
    "fifty thousand sentences": "A." + " B" * 24_999 + "\n." * 24_000,
    "lines of one letter": "x\n" * 50_000,
    "claims without an end": ((CLAIMED + ", ") * 3_000)[:MOST_CHARACTERS],
    "claims by the thousand": ((CLAIMED + ". ") * 3_000)[:MOST_CHARACTERS],
    "different claims by the thousand": "".join(f"Webb saw {n} alloys leak from 3I/ATLAS. " for n in range(2_400))[:MOST_CHARACTERS],
    "nothing to see": "\u200b\u2060\ufeff" * 33_000,
    "right to left": ("\u202e" + "القمر والمذنب " * 4)[:60] * 1_600,
    "direction marks in a claim": "\u202e".join(CLAIMED) + ".",
    "accents piled up": "e" + "\u0301" * 99_000,
    "numbers": ("9" * 400 + "e9999 km, ") * 240,
    "a number without an end": "1" * MOST_CHARACTERS,
    "ranges": ("1-2-3-4 to 5 and 6 km " * 5_000)[:MOST_CHARACTERS],
    "brackets": "(" * 50_000 + ")" * 50_000,
    "quotes": "“" * MOST_CHARACTERS,
    "ligatures that unfold": "\ufdfa" * 50_000,
    "zeros": "\0" * 10_000 + CLAIMED,
    "abbreviations": ("e.g. i.e. Dr. U.S. " * 6_000)[:MOST_CHARACTERS],
    "negations": ("no not never none " * 6_000)[:MOST_CHARACTERS],
}  # fmt: skip


@pytest.mark.parametrize("kind", TEXTS)
def test_the_work_for_any_text_is_bounded(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    encoded: list[list[str]] = []
    real = SentenceEncoder.__call__

    def counted(self: SentenceEncoder, texts: Any) -> Any:
        encoded.append(list(texts))
        return real(self, texts)

    check_text("The record is read first.")
    monkeypatch.setattr(SentenceEncoder, "__call__", counted)
    found = check_text(TEXTS[kind])
    given = [text for texts in encoded for text in texts]
    assert len(encoded) <= 1
    assert len(given) <= comparison.MOST_ENCODED
    assert sum(map(len, given)) <= 2 * comparison.MOST_CHARACTERS  # a name may grow where it is replaced
    assert len(found.matches) <= MOST_MATCHES
    assert len(found.related) <= MOST_RELATED
    assert all(len(match.sentence) <= 4 * LONGEST_SENTENCE + 1_000 for match in found.matches)
    assert told_in_english(found)
    for match in found.matches:
        assert TEXTS[kind][match.start : match.stop] == match.sentence


def test_marks_of_direction_do_not_hide_a_claim() -> None:
    assert [match.slug for match in check_text(TEXTS["direction marks in a claim"]).matches][:1] == [
        "jwst-confirmed-alien-alloy"
    ]


def test_a_sentence_beyond_the_encoders_reach_is_cut() -> None:
    assert MAX_TOKENS <= 128


PAGES = {
    "deeply nested": "<div>" * 100_000 + "comet" + "</div>" * 100_000,
    "never closed": "<p><b><i><a>" * 60_000 + "comet",
    "comments without an end": "<!--" * 300_000 + "comet",
    "brackets alone": "<" * 500_000,
    "a tag without an end": "<a " + "x" * 900_000,
    "attributes": "<p " + "a='1' " * 100_000 + ">comet</p>",
    "entities": "&amp;" * 200_000,
    "tables in tables": "<table><tr><td>" * 30_000 + "comet",
    "scripts": "<script>" + "if (a < b) {}" * 50_000 + "</script><p>comet</p>",
    "declared a bomb": '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><p>&b;&b;</p>',
    "control characters": "<p>" + "\0\x01\x02" * 10_000 + "comet</p>",
}


@pytest.mark.parametrize("kind", PAGES)
def test_any_markup_ends_in_text(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    real = reading.trafilatura.extract
    monkeypatch.setattr(reading.trafilatura, "extract", lambda text, **options: (given.append(text), real(text, **options))[1])  # fmt: skip
    text = html_text(PAGES[kind])
    assert isinstance(text, str)
    assert len(text) <= len(PAGES[kind])
    # what has more tags or depth than any article is read in one pass, and never built into a tree
    if kind in ("deeply nested", "never closed", "tables in tables"):
        assert given == []


def test_nothing_is_downloaded_for_a_page() -> None:
    # the tests' guard ends every connection beyond the loopback with an error
    page = b"<html><head><link rel=stylesheet href='https://example.org/a.css'><meta http-equiv=refresh content='0;url=https://example.org/'></head><body><iframe src='https://example.org/'></iframe><article><p>The nucleus of 3I/ATLAS is 46 kilometres wide.</p></article></body></html>"
    assert "46 kilometres" in article_text(page, "page.html")
