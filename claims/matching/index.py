"""The claims as the matching holds them: vectors, terms, concepts, numbers and names, built once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from claims.matching.agreement import ClaimQuantities, claim_quantities
from claims.matching.concepts import REMARKABLE, concepts
from claims.matching.encoder import Encode
from claims.matching.lexical import LexicalIndex
from claims.matching.normalise import plain
from claims.matching.objects import mentions, without_names
from claims.matching.records import ClaimText
from claims.matching.stance import negated_tokens, polarities, rejects
from claims.matching.words import STOP_WORDS, Token, tokens

# Concepts that every claim of the record shares: they say nothing about which.
EVERYWHERE = frozenset({"comet", "interstellar"})
SALIENT, OFTEN = 0.6, 0.4  # share of the wordings
UNDECIDED = (
    0.3  # a concept affirmed in more than this share of its wordings and negated in as many is neither
)
LEAST_PHRASE_WORDS = 3  # a quoted phrase of one or two words is no fingerprint
MOST_PHRASE_WORDS = 8
BLOCK = 1024  # claims compared at once: bounds the memory of one step


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence or a wording as the matching reads it."""

    plain: str
    nameless: str  # names of interstellar objects replaced
    words: tuple[Token, ...]
    terms: tuple[str, ...]  # stems that mean something, then "#concept"
    states: dict[str, bool]  # concept: affirmed or negated


def read(text: str) -> Reading:
    """The reading of a normalised sentence."""
    nameless = without_names(text)
    words = tokens(nameless)
    found = concepts(words)
    states = polarities(found, negated_tokens(words, nameless, found))
    for name in EVERYWHERE:
        states.pop(name, None)
    stems = dict.fromkeys(
        token.stem for token in words if token.word not in STOP_WORDS and token.stem != "comet"
    )
    return Reading(text, nameless, tuple(words), (*stems, *(f"#{name}" for name in states)), states)


@dataclass(frozen=True, slots=True)
class IndexedClaim:
    """What is known of one claim: how much each concept matters, and whether it is affirmed."""

    claim: ClaimText
    core: dict[str, float]  # concept: share of the wordings that have it
    states: dict[str, bool]
    salient: frozenset[str]  # concepts of most wordings
    remarkable: frozenset[str]  # those of many wordings that make the claim remarkable
    quantities: ClaimQuantities
    bodies: frozenset[str]  # its own and those it names
    general: bool  # title and statement name no object: comets at large, orbiters, a streak
    rejects: bool


class ClaimIndex:
    """All claims, ready to be compared with sentences."""

    def __init__(self, claims: Iterable[ClaimText], encode: Encode) -> None:
        self.claims: list[IndexedClaim] = []
        nameless: list[str] = []
        owners: list[int] = []
        documents: list[list[str]] = []
        self.phrases: dict[tuple[str, ...], list[int]] = {}
        for number, claim in enumerate(sorted(claims, key=lambda one: one.slug)):
            wordings = [plain(variant) for variant in claim.variants]
            readings = [read(wording) for wording in wordings]
            self.claims.append(_indexed(claim, wordings, readings))
            documents.append([term for reading in readings for term in reading.terms])
            nameless += [reading.nameless for reading in readings]
            owners += [number] * len(readings)
            for phrase in claim.phrases:
                key = tuple(token.word for token in tokens(plain(phrase)))
                if LEAST_PHRASE_WORDS <= len(key) <= MOST_PHRASE_WORDS:
                    self.phrases.setdefault(key, []).append(number)
        self.lexical = LexicalIndex(documents)
        self.owners: NDArray[np.int32] = np.array(owners, dtype=np.int32)
        # where the wordings of each claim begin: np.maximum.reduceat wants that
        self.starts = (
            np.flatnonzero(np.r_[True, np.diff(self.owners) > 0]) if owners else np.zeros(0, dtype=np.int64)
        )
        # half precision: 10,000 claims take 46 MB, and no scalar product moves by more than 0.001
        self.vectors: NDArray[np.float16] = (
            encode(nameless).astype(np.float16) if nameless else np.zeros((0, 1), dtype=np.float16)
        )

    def nearest(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """The cosine of every claim's nearest wording, one row a vector, one column a claim."""
        best = np.empty((len(vectors), len(self.claims)), dtype=np.float32)
        for first in range(0, len(self.claims), BLOCK):
            last = min(first + BLOCK, len(self.claims))
            start, stop = self._bounds(first)[0], self._bounds(last - 1)[1]
            cosines = vectors @ self.vectors[start:stop].astype(np.float32).T
            best[:, first:last] = np.maximum.reduceat(cosines, self.starts[first:last] - start, axis=1)
        return best

    def cosines(self, number: int, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """The cosines of all wordings of one claim with one vector."""
        start, stop = self._bounds(number)
        cosines: NDArray[np.float32] = self.vectors[start:stop].astype(np.float32) @ vector
        return cosines

    def _bounds(self, number: int) -> tuple[int, int]:
        start = int(self.starts[number])
        return start, int(self.starts[number + 1]) if number + 1 < len(self.starts) else len(self.vectors)

    def __len__(self) -> int:
        return len(self.claims)

    def quoted(self, words: Sequence[Token]) -> set[int]:
        """The claims of which a recorded phrase stands in a sentence, word for word."""
        spelled = [token.word for token in words]
        if not self.phrases:
            return set()
        return {
            number
            for first in range(len(spelled))
            for stop in range(first + LEAST_PHRASE_WORDS, min(first + MOST_PHRASE_WORDS, len(spelled)) + 1)
            for number in self.phrases.get(tuple(spelled[first:stop]), ())
        }


def _indexed(claim: ClaimText, wordings: Sequence[str], readings: Sequence[Reading]) -> IndexedClaim:
    present = Counter(name for reading in readings for name in reading.states)
    affirmed = Counter(name for reading in readings for name, state in reading.states.items() if state)
    named = {mention.body for wording in wordings for mention in mentions(wording)}
    statement = [mention for wording in wordings[:2] for mention in mentions(wording)]
    return IndexedClaim(
        claim=claim,
        core={name: number / len(readings) for name, number in present.items()},
        # where the wordings disagree, the polarity says nothing
        states={
            name: 2 * affirmed[name] > number
            for name, number in present.items()
            if not UNDECIDED < affirmed[name] / number < 1 - UNDECIDED
        },
        salient=frozenset(name for name, number in present.items() if number >= SALIENT * len(readings)),
        remarkable=frozenset(
            name for name, number in present.items() if name in REMARKABLE and number >= OFTEN * len(readings)
        ),
        quantities=claim_quantities(claim, wordings),
        bodies=frozenset(named | {claim.body}),
        general=not statement,
        rejects=any(rejects(wording) for wording in wordings),
    )
