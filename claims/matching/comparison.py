"""Every sentence of a text compared with the claims that come near it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from claims.matching.encoder import Encode
from claims.matching.index import ClaimIndex, IndexedClaim, Reading, read
from claims.matching.quantities import Quantity
from claims.matching.scoring import likeness, score
from claims.matching.sentences import Sentence
from claims.matching.words import Token, tokens

CANDIDATES = 8  # by meaning and as many by words, for each sentence
QUOTED = 0.97  # the score of a phrase that is on record word for word
WINDOW = 0.9  # what is left of a score that needs the sentence before
SHORT = 9  # terms: a shorter sentence is also read together with the one before
MOST_ENCODED = 400  # texts given to the encoder, the most telling first: bounds the time of any text
WINDOW_GAIN = 0.1  # by so much a sentence must raise the score of the one before
LEAST_TELLING = 2.0  # BM25: a sentence that shares less with every claim is not compared


@dataclass(slots=True)
class SentenceRead:
    """A sentence on its way through the matching; ``scores`` by number of the claim."""

    sentence: Sentence
    reading: Reading
    quantities: tuple[Quantity, ...]
    about: frozenset[str]  # bodies it names, or takes over from the text around it
    named: bool
    scores: dict[int, float] = field(default_factory=dict)

    @property
    def words(self) -> list[Token]:
        """The words as written, names included."""
        return tokens(self.sentence.text)


@dataclass(slots=True)
class _Passage:
    """A text to compare: a sentence, or a short sentence together with the one before."""

    reading: Reading
    quantities: tuple[Quantity, ...]
    bm25: NDArray[np.float32]
    scores: dict[int, float] = field(default_factory=dict)

    @property
    def telling(self) -> float:
        return float(self.bm25.max())


def compare(rows: Sequence[SentenceRead], index: ClaimIndex, encode: Encode) -> int:
    """Fill in the scores of all sentences; the number of passages that had to be left out."""
    passages: dict[str, _Passage] = {}
    windows: list[str | None] = []
    for place, row in enumerate(rows):
        _add(passages, row.sentence.text, row.reading, row.quantities, index)
        windows.append(_add_window(passages, rows, place, index))
    ranked = sorted(
        (text for text, passage in passages.items() if passage.telling >= LEAST_TELLING),
        key=lambda text: -passages[text].telling,
    )
    chosen = ranked[:MOST_ENCODED]
    if chosen:
        vectors = encode([passages[text].reading.nameless for text in chosen])
        for text, vector, meaning in zip(chosen, vectors, index.nearest(vectors), strict=True):
            _score(passages[text], index, vector, meaning)
    for place, row in enumerate(rows):
        before = passages[rows[place - 1].sentence.text].scores if place else {}
        own = passages[row.sentence.text].scores
        window = windows[place]
        _settle(row, index, own, passages[window].scores if window else {}, before)
    return len(ranked) - len(chosen)


def _add(
    passages: dict[str, _Passage], text: str, reading: Reading, quantities: tuple[Quantity, ...], index: ClaimIndex
) -> None:
    if text not in passages:
        passages[text] = _Passage(reading, quantities, index.lexical.scores(reading.terms))


def _add_window(
    passages: dict[str, _Passage], rows: Sequence[SentenceRead], place: int, index: ClaimIndex
) -> str | None:
    """A short sentence leans on the one before: "Sixty kilometers per second." says nothing alone."""
    row = rows[place]
    if place == 0 or len(row.reading.terms) >= SHORT or not row.reading.terms:
        return None
    before = rows[place - 1]
    if row.sentence.paragraph - before.sentence.paragraph > 1:
        return None
    text = f"{before.sentence.text} {row.sentence.text}"
    if text not in passages:
        _add(passages, text, read(text), (*before.quantities, *row.quantities), index)
    return text


def _score(
    passage: _Passage, index: ClaimIndex, vector: NDArray[np.float32], meaning: NDArray[np.float32]
) -> None:
    near = min(CANDIDATES, len(index))
    candidates = {
        *np.argpartition(-meaning, near - 1)[:near].tolist(),
        *np.argpartition(-passage.bm25, near - 1)[:near].tolist(),
    }
    for number in sorted(candidates):
        if passage.bm25[number] > 0:  # a likeness without a single common word is a coincidence
            found = likeness(
                index, number, passage.reading, passage.quantities, index.cosines(number, vector), float(passage.bm25[number])
            )  # fmt: skip
            passage.scores[number] = score(found)


def _settle(
    row: SentenceRead,
    index: ClaimIndex,
    own: dict[int, float],
    window: dict[int, float],
    before: dict[int, float],
) -> None:
    """The scores of a sentence from its own passage, the window, and phrases on record."""
    for number, value in own.items():
        if _same_object(row, index.claims[number]):
            row.scores[number] = value
    for number, value in window.items():
        # the sentence itself must add something, else the match belongs to the one before
        adds = value > before.get(number, 0.0) + WINDOW_GAIN and value * WINDOW > row.scores.get(number, 0.0)
        if adds and _same_object(row, index.claims[number]) and _shares(row, index, number):
            row.scores[number] = value * WINDOW
    for number in index.quoted(row.words):
        if _same_object(row, index.claims[number]):
            row.scores[number] = max(row.scores.get(number, 0.0), QUOTED)


def _same_object(row: SentenceRead, claim: IndexedClaim) -> bool:
    """False when the sentence speaks of another object than the claim."""
    if not row.about or row.about & claim.bodies:
        return True
    return claim.general and not row.named


def _shares(row: SentenceRead, index: ClaimIndex, number: int) -> bool:
    return any(index.lexical.has(number, term) for term in row.reading.terms)
