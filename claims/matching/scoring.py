"""How alike a sentence and a claim are: a few numbers that mean something, and one score from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from operator import mul
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from claims.matching.agreement import agreement
from claims.matching.index import ClaimIndex
from claims.matching.prepared import Reading
from claims.matching.quantities import Quantity


class Likeness(NamedTuple):
    """What speaks for a match, each about 0 to 1."""

    meaning: float  # cosine with the nearest wording
    meaning_mean: float  # mean cosine of the three nearest wordings
    core: float  # share of the concepts of all wordings, by how many wordings have them
    salient: float  # share of the concepts that most wordings have
    point: float  # 0: the sentence has none of the concepts that make the claim remarkable
    agrees: float  # 1: a number of the claim stands in the sentence
    conflicts: float  # 1: other numbers stand in their place
    behind: float  # how far the claim lies behind the one that comes nearest to the sentence, 0 or less
    fact: float  # cosine with the nearest fact of a review that does not itself state the claim
    fact_ahead: (
        float  # by how much that fact comes nearer than the claim; 0 for a claim that the data support
    )
    fact_terms: float  # BM25 of the nearest such fact
    kindred: float  # how much of the sentence few wordings have, or have a word near in meaning for
    apart_behind: float  # as `behind`, by meaning alone and without what all claims share


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a claim comes to a sentence before anything in it is read."""

    cosines: NDArray[np.float32]  # of the claim's wordings
    behind: float
    fact: float
    fact_bm25: float
    kindred: float
    apart_behind: float


# What these claims say is itself a fact: another fact that comes nearer proves nothing against them.
SUPPORTED = frozenset({"supported", "mostly_supported"})
# Fitted by tools/fit_matching.py on the development sets of tests/claims/matching/labelled.
WEIGHTS = (3.07, 8.72, 2.2, 0.34, 0.49, 0.18, -2.85, 5.84, -6.36, -3.22, -5.34, 12.29, 6.56)
BIAS = -5.68
BM25_SCALE = 30.0
TAKEN_OVER = 0.7  # how much a concept counts that only the sentences before have


def score(likeness: Likeness) -> float:
    """The score of a likeness, 0 to 1."""
    return 1 / (1 + exp(-(sum(map(mul, WEIGHTS, likeness)) + BIAS)))


def likeness(
    index: ClaimIndex,
    number: int,
    reading: Reading,
    quantities: Sequence[Quantity],
    near: Nearness,
    context: frozenset[str] = frozenset(),
) -> Likeness:
    """The likeness of a sentence and one claim; ``context`` are the concepts of the sentences before."""
    claim = index.claims[number]
    nearest = np.sort(near.cosines)[-3:]
    core = index.core(number)
    whole = sum(weight for _, weight in core)
    covered = sum(weight * _present(name, reading, context) for name, weight in core)
    agrees, conflicts = (
        agreement(quantities, index.claims.quantities(number)) if quantities else (False, False)
    )
    return Likeness(
        meaning=float(nearest[-1]),
        meaning_mean=float(nearest.mean()),
        core=covered / whole if whole else 0.0,
        salient=_share(claim.salient, reading, context),
        point=1.0
        if not claim.remarkable or any(name in reading.states for name in claim.remarkable)
        else 0.0,
        agrees=float(agrees),
        conflicts=float(conflicts),
        behind=near.behind,
        fact=near.fact,
        fact_ahead=0.0 if claim.claim.verdict in SUPPORTED else near.fact - float(nearest[-1]),
        fact_terms=near.fact_bm25 / BM25_SCALE,
        kindred=near.kindred,
        apart_behind=near.apart_behind,
    )


def _present(name: str, reading: Reading, context: frozenset[str]) -> float:
    return 1.0 if name in reading.states else TAKEN_OVER if name in context else 0.0


def _share(names: frozenset[str], reading: Reading, context: frozenset[str]) -> float:
    return sum(_present(name, reading, context) for name in names) / len(names) if names else 1.0
