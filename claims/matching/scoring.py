"""How alike a sentence and a claim are: a few numbers that mean something, and one score from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from claims.matching.agreement import agreement
from claims.matching.index import ClaimIndex, Reading
from claims.matching.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Likeness:
    """What speaks for a match, each about 0 to 1."""

    meaning: float  # cosine with the nearest wording
    meaning_mean: float  # mean cosine of the three nearest wordings
    core: float  # share of the concepts of all wordings, by how many wordings have them
    explained: float  # share of the sentence's terms that the claim has
    terms: float  # BM25
    salient: float  # share of the concepts that most wordings have
    point: float  # 0: the sentence has none of the concepts that make the claim remarkable
    agrees: float  # 1: a number of the claim stands in the sentence
    conflicts: float  # 1: other numbers stand in their place


# Fitted by bench/matching_weights.py on tests/claims/matching/labelled/development.toml.
WEIGHTS = (5.52, 5.91, 3.05, 4.87, 1.93, 3.34, 1.46, 1.97, -2.75)
BIAS = -19.06
BM25_SCALE = 30.0
TAKEN_OVER = 0.7  # how much a concept counts that only the sentences before have
STRANGE = 0.5  # how much a word counts that no claim has


def score(likeness: Likeness) -> float:
    """The score of a likeness, 0 to 1."""
    return float(1 / (1 + np.exp(-(np.dot(WEIGHTS, astuple(likeness)) + BIAS))))


def likeness(
    index: ClaimIndex,
    number: int,
    reading: Reading,
    quantities: Sequence[Quantity],
    cosines: NDArray[np.float32],
    bm25: float,
    context: frozenset[str] = frozenset(),
) -> Likeness:
    """The likeness of a sentence and one claim.

    ``cosines`` are those of the claim's wordings, ``context`` the concepts of the sentences before.
    """
    claim = index.claims[number]
    lexical = index.lexical

    def rarity(name: str) -> float:
        return lexical.idf(f"#{name}")

    nearest = np.sort(cosines)[-3:]
    whole = sum(rarity(name) * share for name, share in claim.core.items())
    covered = sum(
        rarity(name) * share * _present(name, reading, context) for name, share in claim.core.items()
    )
    told = sum(
        lexical.idf(term) if term in lexical else STRANGE * lexical.idf(term) for term in reading.terms
    )
    explained = sum(lexical.idf(term) for term in reading.terms if lexical.has(number, term))
    agrees, conflicts = agreement(quantities, claim.quantities)
    return Likeness(
        meaning=float(nearest[-1]),
        meaning_mean=float(nearest.mean()),
        core=covered / whole if whole else 0.0,
        explained=explained / told if told else 0.0,
        terms=bm25 / BM25_SCALE,
        salient=_share(claim.salient, reading, context),
        point=1.0
        if not claim.remarkable or any(name in reading.states for name in claim.remarkable)
        else 0.0,
        agrees=float(agrees),
        conflicts=float(conflicts),
    )


def _present(name: str, reading: Reading, context: frozenset[str]) -> float:
    return 1.0 if name in reading.states else TAKEN_OVER if name in context else 0.0


def _share(names: frozenset[str], reading: Reading, context: frozenset[str]) -> float:
    return sum(_present(name, reading, context) for name in names) / len(names) if names else 1.0
