"""The claims as the matching holds them: vectors, terms, concepts, numbers and names, built once."""

from __future__ import annotations

import json
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from sys import intern
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from claims.matching.agreement import ClaimQuantities, claim_quantities
from claims.matching.concepts import REMARKABLE, concepts
from claims.matching.encoder import DIMENSIONS, Encode, EncodePacked
from claims.matching.kindred import KindredWords
from claims.matching.lexical import LexicalIndex
from claims.matching.normalise import plain
from claims.matching.objects import mentions, without_names
from claims.matching.records import ClaimText
from claims.matching.stance import calls_false, negated_tokens, negates, polarities
from claims.matching.vectors import PackedVectors
from claims.matching.words import STOP_WORDS, Token, tokens

# Concepts that every claim of the record shares: they say nothing about which.
EVERYWHERE = frozenset({"comet", "interstellar"})
SALIENT, OFTEN = 0.6, 0.4  # share of the wordings
UNDECIDED = (
    0.3  # a concept affirmed in more than this share of its wordings and negated in as many is neither
)
STATED = 2  # wordings that are the claim's own: title and statement
NEGATED, AFFIRMED, NEITHER = 0, 1, 2
LEAST_PHRASE_WORDS = 3  # a quoted phrase of one or two words is no fingerprint
MOST_PHRASE_WORDS = 8
BLOCK = 512  # claims compared at once: bounds the memory of one step


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
    return Reading(text, nameless, tuple(words), (*stems, *(intern(f"#{name}") for name in states)), states)


@dataclass(frozen=True, slots=True)
class IndexedClaim:
    """What is known of one claim: how much each concept matters, and whether it is affirmed."""

    claim: ClaimText
    concepts: tuple[str, ...]  # of any wording
    shares: array[float]  # of the wordings that have each concept
    polarities: bytes  # of each concept: AFFIRMED, NEGATED, or neither
    salient: frozenset[str]  # concepts of most wordings
    remarkable: frozenset[str]  # those of many wordings that make the claim remarkable
    quantities: ClaimQuantities
    bodies: frozenset[str]  # its own and those it names
    general: bool  # title and statement name no object: comets at large, orbiters, a streak
    rejects: bool
    negates: bool

    @property
    def states(self) -> dict[str, bool]:
        """Whether the claim affirms or negates each concept, where it does either."""
        said = zip(self.concepts, self.polarities, strict=True)
        return {name: state == AFFIRMED for name, state in said if state != NEITHER}


class Wordings(NamedTuple):
    """What an index is made of and does not keep."""

    terms: tuple[str, ...]
    nameless: tuple[str, ...]  # the wordings, to be encoded
    phrases: tuple[tuple[str, ...], ...]
    facts: tuple[tuple[str, tuple[str, ...]], ...]  # nameless text, terms


@dataclass(frozen=True, slots=True)
class PreparedClaim:
    """A claim as far as it can be read without the others: what an index is put together from.

    Its wordings lie packed, for they are read when an index is made and never between: a large record would
    fill the memory of every web process with them.
    """

    indexed: IndexedClaim
    packed: bytes

    @property
    def wordings(self) -> Wordings:
        """The wordings, unpacked."""
        terms, nameless, phrases, facts = json.loads(zlib.decompress(self.packed))
        return Wordings(
            tuple(map(intern, terms)),
            tuple(nameless),
            tuple(map(tuple, phrases)),
            tuple((text, tuple(map(intern, words))) for text, words in facts),
        )


def prepared(claim: ClaimText) -> PreparedClaim:
    """The claim read by itself."""
    wordings = [plain(variant) for variant in claim.variants]
    readings = [read(wording) for wording in wordings]
    facts = [read(plain(fact)) for fact in claim.facts]
    spelled = [tuple(token.word for token in tokens(plain(phrase))) for phrase in claim.phrases]
    found = Wordings(
        terms=tuple(term for reading in readings for term in reading.terms),
        nameless=tuple(reading.nameless for reading in readings),
        phrases=tuple(key for key in spelled if LEAST_PHRASE_WORDS <= len(key) <= MOST_PHRASE_WORDS),
        facts=tuple((fact.nameless, fact.terms) for fact in facts),
    )
    return PreparedClaim(_indexed(claim, wordings, readings), zlib.compress(json.dumps(found).encode()))


class ClaimIndex:
    """All claims, ready to be compared with sentences."""

    def __init__(self, claims: Iterable[PreparedClaim], encode: Encode | EncodePacked) -> None:
        ordered = sorted(claims, key=lambda one: one.indexed.claim.slug)
        self.claims = [one.indexed for one in ordered]
        self.phrases: dict[tuple[str, ...], list[int]] = {}
        facts: dict[str, tuple[str, ...]] = {}
        nameless: list[str] = []
        starts: list[int] = []
        for number, one in enumerate(ordered):
            read_once = one.wordings
            starts.append(len(nameless))
            nameless += read_once.nameless
            facts.update(read_once.facts)
            for key in read_once.phrases:
                self.phrases.setdefault(key, []).append(number)
        self.starts = np.array(starts, dtype=np.int64)  # where the wordings of each claim begin
        self.fact_terms = LexicalIndex(facts.values())
        self.fact_vectors = _packed(encode, list(facts))
        facts.clear()
        self.lexical = LexicalIndex(one.wordings.terms for one in ordered)
        self.kindred = KindredWords(
            nameless, np.diff([*starts, len(nameless)]), (one.wordings.terms for one in ordered), self.lexical
        )
        self._rarities = {
            name: self.lexical.idf(f"#{name}")
            for name in {name for one in self.claims for name in one.concepts}
        }
        self.vectors = _packed(encode, nameless)
        self._find_middle()

    def core(self, number: int) -> list[tuple[str, float]]:
        """The concepts of a claim, and how much each tells of it: the rarer, and the more of its wordings have it."""
        claim = self.claims[number]
        return [
            (name, self._rarities[name] * share)
            for name, share in zip(claim.concepts, claim.shares, strict=True)
        ]

    def _find_middle(self) -> None:
        """The mean of all wordings, and from it the length of each: what they share says nothing about which."""
        self.middle = np.zeros(DIMENSIONS, dtype=np.float32)
        for part in self.vectors.blocks():
            self.middle += self.vectors[part].sum(axis=0)
        self.middle /= max(1, len(self.vectors))
        own = float(self.middle @ self.middle)
        self._along = np.empty(len(self.vectors), dtype=np.float32)
        self._inverse_length = np.empty(len(self.vectors), dtype=np.float32)
        for part in self.vectors.blocks():
            given = self.vectors[part]
            along = given @ self.middle
            squared = (given * given).sum(axis=1) - 2 * along + own
            self._along[part] = along - own
            self._inverse_length[part] = 1 / np.sqrt(np.maximum(squared, 1e-6))

    def nearest(self, vectors: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The cosine of every claim's nearest wording, one row a vector, one column a claim.

        Twice: as it is, and as seen from the mean of all wordings.
        """
        best = np.empty((len(vectors), len(self.claims)), dtype=np.float32)
        apart = np.empty_like(best)
        along = vectors @ self.middle
        length = np.sqrt(np.maximum(1 - 2 * along + float(self.middle @ self.middle), 1e-6))
        for first in range(0, len(self.claims), BLOCK):
            last = min(first + BLOCK, len(self.claims))
            start, stop = self._bounds(first)[0], self._bounds(last - 1)[1]
            begins = self.starts[first:last] - start
            cosines = vectors @ self.vectors[start:stop].T
            best[:, first:last] = np.maximum.reduceat(cosines, begins, axis=1)
            cosines -= along[:, None]
            cosines -= self._along[start:stop]
            cosines *= self._inverse_length[start:stop]
            apart[:, first:last] = np.maximum.reduceat(cosines, begins, axis=1)
        apart /= length[:, None]
        return best, apart

    def nearest_facts(self, vectors: NDArray[np.float32], most: int) -> list[NDArray[np.int64]]:
        """The facts of all reviews that come nearest to each vector in meaning, nearest first."""
        places = np.zeros((len(vectors), 0), dtype=np.int64)
        cosines = np.zeros((len(vectors), 0), dtype=np.float32)
        for part in self.fact_vectors.blocks():
            # the nearest so far and those of the next block: all cosines at once would not fit the memory
            cosines = np.concatenate([cosines, vectors @ self.fact_vectors[part].T], axis=1)
            block = np.broadcast_to(np.arange(part.start, part.stop), (len(vectors), part.stop - part.start))
            places = np.concatenate([places, block], axis=1)
            if cosines.shape[1] > most:
                kept = np.sort(np.argpartition(-cosines, most - 1, axis=1)[:, :most], axis=1)
                cosines = np.take_along_axis(cosines, kept, axis=1)
                places = np.take_along_axis(places, kept, axis=1)
        return [row[largest(values, most)] for row, values in zip(places, cosines, strict=True)]

    def fact_likeness(
        self, number: int, facts: NDArray[np.int64], vector: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The cosines of some facts with a sentence's vector, and with the nearest wording of a claim."""
        start, stop = self._bounds(number)
        chosen = self.fact_vectors[facts]
        wordings = self.vectors[start:stop]
        return chosen @ vector, (chosen @ wordings.T).max(axis=1)

    def cosines(self, number: int, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """The cosines of all wordings of one claim with one vector."""
        start, stop = self._bounds(number)
        cosines: NDArray[np.float32] = self.vectors[start:stop] @ vector
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


def largest(values: NDArray[np.float32], most: int) -> NDArray[np.int64]:
    """The places of the largest values, largest first; of equals the first."""
    if most >= len(values):
        return np.argsort(-values, kind="stable")
    chosen = np.sort(np.argpartition(-values, most - 1)[:most]) if most else np.zeros(0, dtype=np.int64)
    return chosen[np.argsort(-values[chosen], kind="stable")]


def _packed(encode: Encode | EncodePacked, texts: list[str]) -> PackedVectors:
    if not texts:
        return PackedVectors(0, DIMENSIONS)
    vectors = encode(texts)
    return vectors if isinstance(vectors, PackedVectors) else PackedVectors.of(vectors)


def _indexed(claim: ClaimText, wordings: Sequence[str], readings: Sequence[Reading]) -> IndexedClaim:
    present = Counter(name for reading in readings for name in reading.states)
    named = {mention.body for wording in wordings for mention in mentions(wording)}
    statement = [mention for wording in wordings[:2] for mention in mentions(wording)]
    states = _polarities(readings)
    return IndexedClaim(
        # what has been read is not kept a second time
        claim=replace(claim, statement="", truth_condition="", aliases=(), phrases=(), facts=()),
        concepts=tuple(present),
        shares=array("f", (number / len(readings) for number in present.values())),
        polarities=bytes(
            {True: AFFIRMED, False: NEGATED, None: NEITHER}[states.get(name)] for name in present
        ),
        salient=frozenset(name for name, number in present.items() if number >= SALIENT * len(readings)),
        remarkable=frozenset(
            name for name, number in present.items() if name in REMARKABLE and number >= OFTEN * len(readings)
        ),
        quantities=claim_quantities(claim, wordings),
        bodies=frozenset(named | {claim.body}),
        general=not statement,
        rejects=any(calls_false(wording) for wording in wordings[:STATED]),
        negates=any(negates(wording) for wording in wordings[:STATED]),
    )


def _polarities(readings: Sequence[Reading]) -> dict[str, bool]:
    """Whether a claim affirms or negates each concept: as its title and statement say, or most of its wordings."""
    told: dict[str, bool] = {}
    for which in (readings, readings[:STATED]):
        present = Counter(name for reading in which for name in reading.states)
        affirmed = Counter(name for reading in which for name, state in reading.states.items() if state)
        for name, number in present.items():
            told.pop(name, None)
            # where the wordings disagree, the polarity says nothing
            if not UNDECIDED < affirmed[name] / number < 1 - UNDECIDED:
                told[name] = 2 * affirmed[name] > number
    return told
