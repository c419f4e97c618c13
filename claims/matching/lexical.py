"""BM25 over the wordings of the claims: the same answer whatever database stands behind the site.

Reference: Robertson and Zaragoza 2009, Foundations and Trends in Information Retrieval 3, 333.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from claims.matching.sealed import SealedFile, SealedWriter

K1 = 1.2
B = 0.6

Floats = NDArray[np.float32]
_NONE = np.zeros(0, dtype=np.int64)


class LexicalIndex:
    """Terms of documents, ready to be scored against many sentences."""

    def __init__(
        self, terms: dict[str, int], bounds: Sequence[int], rows: NDArray[np.int32], gains: Floats, size: int
    ) -> None:
        """Of ``size`` documents; the ``rows`` of each term and what it adds to them lie between its bounds."""
        self._terms, self._bounds, self._rows, self._gains, self.size = terms, bounds, rows, gains, size
        self._idf = [self._rarity(stop - start) for start, stop in pairwise(bounds)]
        self._unknown = self._rarity(0)
        self._rarest = self._rarity(1)

    @classmethod
    def of(cls, documents: Iterable[Sequence[str]]) -> LexicalIndex:
        """The index of some documents, each the terms it has."""
        # flat arrays: a list of pairs a term would take twenty times the memory while it is made
        known: dict[str, int] = {}
        terms, rows, counts, lengths = array("i"), array("i"), array("i"), array("i")
        for number, document in enumerate(documents):
            lengths.append(len(document))
            for term, count in Counter(document).items():
                terms.append(known.setdefault(term, len(known)))
                rows.append(number)
                counts.append(count)
        spread = np.array(lengths, dtype=np.float32)
        mean = float(spread.mean()) if lengths else 1.0
        order = np.argsort(np.frombuffer(terms, dtype=np.int32), kind="stable") if terms else _NONE
        term_of = np.array(terms, dtype=np.int32)[order]
        placed = np.array(rows, dtype=np.int32)[order]
        bounds = [0, *np.cumsum(np.bincount(term_of, minlength=len(known))).tolist()]
        often = np.array(counts, dtype=np.float32)[order]
        often *= (K1 + 1) / (often + K1 * (1 - B + B * spread[placed] / np.float32(mean)))
        made = cls(known, bounds, placed, often, len(lengths))
        often *= np.array(made._idf, dtype=np.float32)[term_of]
        return made

    @classmethod
    def kept(cls, file: SealedFile, name: str) -> LexicalIndex:
        """One that was put into a file."""
        terms = {term: number for number, term in enumerate(file.words(f"{name} terms"))}
        bounds = file.array(f"{name} bounds").tolist()
        [size] = file.array(f"{name} size").tolist()
        return cls(terms, bounds, file.array(f"{name} rows"), file.array(f"{name} gains"), size)

    def keep(self, file: SealedWriter, name: str) -> None:
        """Put it into a file."""
        file.add_words(f"{name} terms", self._terms)
        file.add(f"{name} bounds", np.array(self._bounds, dtype=np.int64))
        file.add(f"{name} rows", self._rows)
        file.add(f"{name} gains", self._gains)
        file.add(f"{name} size", np.array([self.size]))

    def _rarity(self, documents: int) -> float:
        return float(np.log1p((self.size - documents + 0.5) / (documents + 0.5)))

    def idf(self, term: str) -> float:
        """How much a term tells: the rarer, the more.  A term that no claim has tells most."""
        number = self._terms.get(term)
        return self._unknown if number is None else self._idf[number]

    def telling(self, term: str) -> float:
        """How much a term tells, as a share of what a term tells that only one document has; 1 at most."""
        return min(1.0, self.idf(term) / self._rarest)

    def _part(self, term: str) -> slice | None:
        number = self._terms.get(term)
        return None if number is None else slice(self._bounds[number], self._bounds[number + 1])

    def has(self, document: int, term: str) -> bool:
        """True when a document has a term."""
        part = self._part(term)
        if part is None:
            return False
        rows = self._rows[part]
        place = int(rows.searchsorted(document))
        return place < len(rows) and int(rows[place]) == document

    def scores(self, terms: Iterable[str]) -> Floats:
        """The BM25 score of every document for the terms of one sentence."""
        total = np.zeros(self.size, dtype=np.float32)
        for term in dict.fromkeys(terms):
            if part := self._part(term):
                total[self._rows[part]] += self._gains[part]
        return total
