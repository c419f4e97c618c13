"""The claims as the matching holds them: vectors, terms, concepts, numbers and names, in one file made once.

A process opens the file and reads from it what it compares; another process of the machine reads the same one.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from claims.matching.agreement import ClaimQuantities
from claims.matching.encoder import DIMENSIONS, Encode, EncodePacked
from claims.matching.kindred import KindredWords, keep_kindred_words
from claims.matching.lexical import LexicalIndex
from claims.matching.prepared import (
    LEAST_PHRASE_WORDS,
    MOST_PHRASE_WORDS,
    IndexedClaim,
    PreparedClaim,
    Wordings,
    unpacked_quantities,
)
from claims.matching.sealed import Records, SealedFile, SealedWriter
from claims.matching.vectors import PackedVectors, UnitVectors
from claims.matching.words import Token

BLOCK = 512  # claims compared at once: bounds the memory of one step
FACTOR = np.uint64(
    0x9E3779B97F4A7C15
)  # odd, its bits without a pattern: Knuth's for hashing by multiplication
RECORDS = 3  # of a claim: as it is compared, its numbers, its wordings
UNPACKED = 1_024  # claims that a process keeps unpacked: as many as come near an article


def index_of(claims: Iterable[PreparedClaim], encode: Encode | EncodePacked) -> ClaimIndex:
    """The index of some claims, in a file without a name that ends with it."""
    with tempfile.TemporaryFile() as file:
        keep_index(sorted(claims), encode, file)
        return ClaimIndex(SealedFile(file))


def keep_index(claims: Iterable[PreparedClaim], encode: Encode | EncodePacked, into: BinaryIO) -> None:
    """Put the index of claims, given in the order of their names, into a file."""
    file = SealedWriter(into)
    names: list[str] = []
    nameless: list[str] = []
    starts: list[int] = []
    terms: list[tuple[str, ...]] = []
    facts: dict[str, tuple[str, ...]] = {}
    phrases: list[tuple[int, int]] = []

    def read_once() -> Iterator[bytes]:
        for number, one in enumerate(claims):
            names.append(one.name)
            wordings = Wordings.unpacked(one.wordings)
            starts.append(len(nameless))
            nameless.extend(wordings.nameless)
            terms.append(wordings.terms)
            facts.update(wordings.facts)
            phrases.extend((int(list(_prints(key))[-1][0]), number) for key in wordings.phrases)
            yield from (one.indexed, one.quantities, one.wordings)

    file.add_records("claims", read_once())
    file.add_words("names", names)
    file.add("starts", np.array(starts, dtype=np.int64))
    phrases.sort()
    file.add("phrases", np.array([key for key, _ in phrases], dtype=np.uint64))
    file.add("phrases of", np.array([number for _, number in phrases], dtype=np.int32))
    LexicalIndex.of(terms).keep(file, "wordings")
    keep_kindred_words(file, nameless, np.diff([*starts, len(nameless)]).tolist(), terms)
    terms.clear()
    LexicalIndex.of(facts.values()).keep(file, "facts")
    texts = list(facts)
    facts.clear()
    _packed(encode, texts).keep(file, "fact vectors")
    texts.clear()
    vectors = _packed(encode, nameless)
    vectors.keep(file, "vectors")
    _keep_middle(file, vectors)
    file.close()


def _packed(encode: Encode | EncodePacked, texts: list[str]) -> PackedVectors:
    if not texts:
        return PackedVectors(0, DIMENSIONS)
    vectors = encode(texts)
    return vectors if isinstance(vectors, PackedVectors) else PackedVectors.of(vectors)


def _keep_middle(file: SealedWriter, vectors: PackedVectors) -> None:
    """The mean of all wordings, and from it the length of each: what they share says nothing about which."""
    middle = np.zeros(DIMENSIONS, dtype=np.float32)
    for part in vectors.blocks():
        middle += vectors[part].sum(axis=0)
    middle /= max(1, len(vectors))
    own = float(middle @ middle)
    along_middle = np.empty(len(vectors), dtype=np.float32)
    inverse_length = np.empty(len(vectors), dtype=np.float32)
    for part in vectors.blocks():
        given = vectors[part]
        along = given @ middle
        squared = (given * given).sum(axis=1) - 2 * along + own
        along_middle[part] = along - own
        inverse_length[part] = 1 / np.sqrt(np.maximum(squared, 1e-6))
    file.add("middle", middle)
    file.add("along the middle", along_middle)
    file.add("inverse lengths", inverse_length)


def _prints(words: Sequence[str]) -> Iterator[NDArray[np.uint64]]:
    """The runs of one word, of two, of three … each as a number of 64 bits, which no other run is likely to have."""
    own = b"".join(blake2b(word.encode(), digest_size=8).digest() for word in words)
    marks = np.frombuffer(own, dtype=np.uint64)
    runs = marks
    for length in range(1, min(len(words), MOST_PHRASE_WORDS) + 1):
        if length > 1:
            runs = runs[:-1] * FACTOR + marks[length - 1 :]
        yield runs


class KeptClaims:
    """The claims of an index by their number."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._unpacked = lru_cache(maxsize=UNPACKED)(
            lambda number: IndexedClaim.unpacked(records[RECORDS * number])
        )

    def __len__(self) -> int:
        return len(self._records) // RECORDS

    def __getitem__(self, number: int) -> IndexedClaim:
        return self._unpacked(number)

    def __iter__(self) -> Iterator[IndexedClaim]:
        return map(self._unpacked, range(len(self)))

    def quantities(self, number: int) -> ClaimQuantities:
        """The numbers of a claim."""
        return unpacked_quantities(self._records[RECORDS * number + 1])

    def prepared(self, number: int, name: str) -> PreparedClaim:
        """A claim as it was put in."""
        first = RECORDS * number
        return PreparedClaim(name, *(self._records[first + place] for place in range(RECORDS)))


class ClaimIndex:
    """All claims, ready to be compared with sentences."""

    def __init__(self, file: SealedFile) -> None:
        self._file = file
        self.claims = KeptClaims(file.records("claims"))
        self.starts = file.array("starts")  # where the wordings of each claim begin
        self._phrases, self._phrases_of = file.array("phrases"), file.array("phrases of")
        self.fact_terms = LexicalIndex.kept(file, "facts")
        self.fact_vectors = UnitVectors.kept(file, "fact vectors")
        self.lexical = LexicalIndex.kept(file, "wordings")
        self.kindred = KindredWords(file, self.lexical)
        self.vectors = UnitVectors.kept(file, "vectors")
        self.middle: NDArray[np.float32] = file.array("middle")
        self._along = file.array("along the middle")
        self._inverse_length = file.array("inverse lengths")

    def names(self) -> list[str]:
        """The names of the claims, in the order of their numbers."""
        return self._file.words("names")

    def core(self, number: int) -> list[tuple[str, float]]:
        """The concepts of a claim, and how much each tells of it: the rarer, and the more of its wordings have it."""
        claim = self.claims[number]
        return [
            (name, self.lexical.idf(f"#{name}") * share)
            for name, share in zip(claim.concepts, claim.shares, strict=True)
        ]

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
        self, number: int, facts: NDArray[np.float32], vector: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The cosines of the vectors of some facts with a sentence's, and with that of the nearest wording of a claim."""
        start, stop = self._bounds(number)
        return facts @ vector, (facts @ self.vectors[start:stop].T).max(axis=1)

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
        if not len(self._phrases):
            return set()
        runs = list(_prints([token.word for token in words]))[LEAST_PHRASE_WORDS - 1 :]
        prints = np.concatenate([*runs, np.zeros(0, dtype=np.uint64)])
        starts, stops = (self._phrases.searchsorted(prints, side) for side in ("left", "right"))
        return {
            number
            for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)
            for number in self._phrases_of[start:stop].tolist()
        }


def largest(values: NDArray[np.float32], most: int) -> NDArray[np.int64]:
    """The places of the largest values, largest first; of equals the first."""
    if most >= len(values):
        return np.argsort(-values, kind="stable")
    chosen = np.sort(np.argpartition(-values, most - 1)[:most]) if most else np.zeros(0, dtype=np.int64)
    return chosen[np.argsort(-values[chosen], kind="stable")]
