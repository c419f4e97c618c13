"""BM25 over the wordings of the claims: the same answer whatever database stands behind the site.

Reference: Robertson and Zaragoza 2009, Foundations and Trends in Information Retrieval 3, 333.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.6

Floats = NDArray[np.float32]
_NONE = np.zeros(0, dtype=np.int64)


class LexicalIndex:
    """Terms of documents, ready to be scored against many sentences."""

    def __init__(self, documents: Iterable[Sequence[str]]) -> None:
        # flat arrays: a list of pairs a term would take twenty times the memory while it is made
        self._terms: dict[str, int] = {}
        terms, rows, counts, lengths = array("i"), array("i"), array("i"), array("i")
        for number, document in enumerate(documents):
            lengths.append(len(document))
            for term, count in Counter(document).items():
                terms.append(self._terms.setdefault(term, len(self._terms)))
                rows.append(number)
                counts.append(count)
        self.size = len(lengths)
        spread = np.array(lengths, dtype=np.float32)
        mean = float(spread.mean()) if self.size else 1.0
        order = np.argsort(np.frombuffer(terms, dtype=np.int32), kind="stable") if terms else _NONE
        term_of = np.array(terms, dtype=np.int32)[order]
        self._rows = np.array(rows, dtype=np.int32)[order]
        documents_with = np.bincount(term_of, minlength=len(self._terms))
        self._bounds = [0, *np.cumsum(documents_with).tolist()]
        self._idf = [self._rarity(number) for number in documents_with.tolist()]
        often = np.array(counts, dtype=np.float32)[order]
        often *= (K1 + 1) / (often + K1 * (1 - B + B * spread[self._rows] / np.float32(mean)))
        self._gains: Floats = often * np.array(self._idf, dtype=np.float32)[term_of]
        self._unknown = self._rarity(0)
        self._rarest = self._rarity(1)

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
