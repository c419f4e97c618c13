"""Every sentence of a text compared with the claims that come near it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from claims.matching.encoder import Encode
from claims.matching.index import ClaimIndex, largest
from claims.matching.prepared import IndexedClaim, Reading, read
from claims.matching.quantities import Quantity, read_quantities
from claims.matching.scoring import Nearness, likeness, score
from claims.matching.sentences import Sentence, clauses
from claims.matching.words import Token, stem, tokens

CANDIDATES = 8  # by meaning and as many by words, for each sentence
FACTS = (
    6  # facts of the reviews, by meaning and as many by words, that a sentence may state in a claim's place
)
THE_CLAIM_ITSELF = 0.75  # cosine: a fact that comes so near a claim states the claim
FUSED_SCALE = 60.0  # so much BM25 weighs as much as a cosine of one
LEAST_STEMS = 1  # "Then there is the nickel." says too little to repeat anything
_SAYING_LITTLE = frozenset(
    map(stem, "visitor object newcomer thing body no not never none nothing nobody".split())
)
QUOTED = 0.97  # the score of a phrase that is on record word for word
WINDOW = 0.9  # what is left of a score that needs the sentence before
CLAUSE = 0.95  # what is left of a score that only a clause has
LONG = 14  # words: of a longer sentence each clause is read too
BESIDE_BEST = 0.7  # a further claim of the same passage needs this share of the best one's score
SHORT = 7  # words that mean something: a sentence of no more is also read together with the one before
CONTEXT = 3  # sentences before whose concepts a sentence may take for granted
MOST_WITH_CONTEXT = 600  # sentences: no article has more
# What is given to the encoder, the most telling passages first: bounds the time of any text.
MOST_ENCODED, MOST_CHARACTERS = 400, 30_000
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
    near: dict[int, float] = field(default_factory=dict)  # of claims that others of the sentence outdo
    quoted: set[int] = field(default_factory=set)  # claims of which a phrase on record stands here
    readings: dict[int, Reading] = field(default_factory=dict)  # of the clause that a score comes from

    @property
    def words(self) -> list[Token]:
        """The words as written, names included."""
        return tokens(self.sentence.text)


@dataclass(slots=True)
class _Passage:
    """A text to compare: a sentence, a clause of a long one, or a short one together with the one before."""

    reading: Reading
    quantities: tuple[Quantity, ...]
    telling: float  # BM25 with the claim that shares most
    candidates: tuple[tuple[int, Nearness], ...] = ()  # by number of the claim
    scores: dict[frozenset[str], dict[int, float]] = field(default_factory=dict)

    def scored(self, index: ClaimIndex, context: frozenset[str]) -> dict[int, float]:
        """The scores of the claims that come near, after sentences that spoke of ``context``."""
        if context not in self.scores:
            self.scores[context] = {
                number: score(likeness(index, number, self.reading, self.quantities, near, context))
                for number, near in self.candidates
            }
        return self.scores[context]


def compare(rows: Sequence[SentenceRead], index: ClaimIndex, encode: Encode) -> int:
    """Fill in the scores of all sentences; the number of passages that had to be left out."""
    passages: dict[str, _Passage] = {}
    windows: list[str | None] = []
    parts: list[list[str]] = []
    for place, row in enumerate(rows):
        _add(passages, row.sentence.text, row.reading, row.quantities, index)
        windows.append(_add_window(passages, rows, place, index))
        parts.append(clauses(row.sentence.text) if len(row.reading.words) >= LONG else [])
        for clause in parts[-1]:
            if clause not in passages:
                _add(passages, clause, read(clause), tuple(read_quantities(clause)), index)
    left_out = _find_candidates(passages, index, encode)
    context: frozenset[str] = frozenset()
    before: dict[int, float] = {}
    for place, row in enumerate(rows):
        own = passages[row.sentence.text]
        context = _context(rows, place)
        _settle(row, index, [own, *(passages[clause] for clause in parts[place])], context)
        if window := windows[place]:
            _settle_window(row, index, passages[window].scored(index, context), before)
        before = own.scored(index, context)
        for number in index.quoted(row.words):
            if _same_object(row, index.claims[number]):
                row.scores[number] = max(row.scores.get(number, 0.0), QUOTED)
                row.quoted.add(number)
    return left_out


def _find_candidates(passages: dict[str, _Passage], index: ClaimIndex, encode: Encode) -> int:
    """Encode the most telling passages and note the claims that come near; the number of those not encoded."""
    ranked = sorted(
        (text for text, passage in passages.items() if passage.telling >= LEAST_TELLING),
        key=lambda text: -passages[text].telling,
    )
    chosen: list[str] = []
    room = MOST_CHARACTERS
    for text in ranked[:MOST_ENCODED]:
        room -= len(text)
        if room < 0:
            break
        chosen.append(text)
    if not chosen:
        return len(ranked)
    vectors = encode([passages[text].reading.nameless for text in chosen])
    facts = index.nearest_facts(vectors, FACTS)
    words = index.kindred.directions(passages[text].reading.words for text in chosen)
    for text, vector, meaning, apart, near in zip(
        chosen, vectors, *index.nearest(vectors), facts, strict=True
    ):
        passages[text].candidates = _candidates(index, passages[text], words, vector, meaning, apart, near)
    return len(ranked) - len(chosen)


def _candidates(
    index: ClaimIndex,
    passage: _Passage,
    words: Mapping[str, NDArray[np.float32]],
    vector: NDArray[np.float32],
    meaning: NDArray[np.float32],
    apart: NDArray[np.float32],
    facts: NDArray[np.int64],
) -> tuple[tuple[int, Nearness], ...]:
    """The claims that come near a passage by meaning or by words, and how near."""
    if (
        len({term for term in passage.reading.terms if not term.startswith("#")} - _SAYING_LITTLE)
        < LEAST_STEMS
    ):
        return ()
    bm25 = index.lexical.scores(passage.reading.terms)
    fused = meaning + bm25 / FUSED_SCALE
    ahead, farthest = float(fused.max()), float(apart.max())
    fact_bm25 = index.fact_terms.scores(passage.reading.terms)
    facts = np.union1d(facts, largest(fact_bm25, FACTS)).astype(np.int64)
    chosen = index.fact_vectors[facts]
    found = []
    # a likeness without a single common word is a coincidence
    near = [
        number
        for number in sorted({*largest(meaning, CANDIDATES).tolist(), *largest(bm25, CANDIDATES).tolist()})
        if bm25[number] > 0
    ]
    kinship = index.kindred(passage.reading.words, near, words)
    for place, number in enumerate(near):
        fact, fact_terms = 0.0, 0.0
        if len(facts):
            cosines, with_claim = index.fact_likeness(number, chosen, vector)
            others = with_claim < THE_CLAIM_ITSELF
            fact = float(cosines[others].max(initial=0.0))
            fact_terms = float(fact_bm25[facts][others].max(initial=0.0))
        found.append(
            (
                number,
                Nearness(
                    index.cosines(number, vector),
                    float(fused[number]) - ahead,
                    fact,
                    fact_terms,
                    float(kinship[place]),
                    float(apart[number]) - farthest,
                ),
            )
        )
    return tuple(found)


def _context(rows: Sequence[SentenceRead], place: int) -> frozenset[str]:
    """The concepts of the sentences before: who "the telescope" and "the images" are."""
    if place >= MOST_WITH_CONTEXT:
        return frozenset()
    return frozenset(name for row in rows[max(0, place - CONTEXT) : place] for name in row.reading.states)


def _add(
    passages: dict[str, _Passage],
    text: str,
    reading: Reading,
    quantities: tuple[Quantity, ...],
    index: ClaimIndex,
) -> None:
    if text not in passages:
        telling = float(index.lexical.scores(reading.terms).max(initial=0.0))
        passages[text] = _Passage(reading, quantities, telling)


def _add_window(
    passages: dict[str, _Passage], rows: Sequence[SentenceRead], place: int, index: ClaimIndex
) -> str | None:
    """A short sentence leans on the one before: "Sixty kilometers per second." says nothing alone."""
    row = rows[place]
    stems = sum(not term.startswith("#") for term in row.reading.terms)
    if place == 0 or stems > SHORT or not stems:
        return None
    before = rows[place - 1]
    if row.sentence.paragraph - before.sentence.paragraph > 1:
        return None
    text = f"{before.sentence.text} {row.sentence.text}"
    if text not in passages:
        _add(passages, text, read(text), (*before.quantities, *row.quantities), index)
    return text


def _settle(
    row: SentenceRead, index: ClaimIndex, passages: Sequence[_Passage], context: frozenset[str]
) -> None:
    """The scores of a sentence from itself and its clauses; only the best claims of each passage count."""
    for place, passage in enumerate(passages):
        allowed = {
            number: value
            for number, value in passage.scored(index, context).items()
            if _same_object(row, index.claims[number])
        }
        best = max(allowed.values(), default=0.0)
        for number, value in allowed.items():
            value = value if place == 0 else value * CLAUSE
            if value > row.scores.get(number, 0.0) and (value >= BESIDE_BEST * best):
                row.scores[number] = value
                row.readings[number] = passage.reading
            elif value < BESIDE_BEST * best:
                row.near[number] = max(row.near.get(number, 0.0), value)


def _settle_window(
    row: SentenceRead, index: ClaimIndex, window: dict[int, float], before: dict[int, float]
) -> None:
    """The scores that a short sentence has only together with the one before."""
    for number, value in window.items():
        # the sentence itself must add something, else the match belongs to the one before
        adds = value > before.get(number, 0.0) + WINDOW_GAIN and value * WINDOW > row.scores.get(number, 0.0)
        if adds and _same_object(row, index.claims[number]) and _shares(row, index, number):
            row.scores[number] = value * WINDOW


def _same_object(row: SentenceRead, claim: IndexedClaim) -> bool:
    """False when the sentence speaks of another object than the claim."""
    if not row.about or row.about & claim.bodies:
        return True
    return claim.general and not row.named


def _shares(row: SentenceRead, index: ClaimIndex, number: int) -> bool:
    return any(index.lexical.has(number, term) for term in row.reading.terms)
