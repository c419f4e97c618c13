"""BM25 over the wordings of the claims: the same answer whatever database stands behind the site.

Reference: Robertson and Zaragoza 2009, Foundations and Trends in Information Retrieval 3, 333.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.6

Floats = NDArray[np.float32]


class LexicalIndex:
    """Terms of documents, ready to be scored against many sentences."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self.size = len(documents)
        lengths = np.array([len(document) for document in documents], dtype=np.float32)
        mean = float(lengths.mean()) if self.size else 1.0
        postings: dict[str, list[tuple[int, int]]] = {}
        for number, document in enumerate(documents):
            for term, count in Counter(document).items():
                postings.setdefault(term, []).append((number, count))
        self._rows: dict[str, NDArray[np.int32]] = {}
        self._gains: dict[str, Floats] = {}
        self._idf: dict[str, float] = {}
        for term, entries in postings.items():
            rows = np.array([row for row, _ in entries], dtype=np.int32)
            counts = np.array([count for _, count in entries], dtype=np.float32)
            idf = self._rarity(len(entries))
            self._idf[term] = idf
            self._rows[term] = rows
            saturation = counts * (K1 + 1) / (counts + K1 * (1 - B + B * lengths[rows] / mean))
            self._gains[term] = np.asarray(idf * saturation, dtype=np.float32)
        self._unknown = self._rarity(0)

    def _rarity(self, documents: int) -> float:
        return float(np.log1p((self.size - documents + 0.5) / (documents + 0.5)))

    def idf(self, term: str) -> float:
        """How much a term tells: the rarer, the more.  A term that no claim has tells most."""
        return self._idf.get(term, self._unknown)

    def __contains__(self, term: object) -> bool:
        return term in self._idf

    def has(self, document: int, term: str) -> bool:
        """True when a document has a term."""
        rows = self._rows.get(term)
        if rows is None:
            return False
        place = int(np.searchsorted(rows, document))
        return place < len(rows) and int(rows[place]) == document

    def scores(self, terms: Iterable[str]) -> Floats:
        """The BM25 score of every document for the terms of one sentence."""
        total = np.zeros(self.size, dtype=np.float32)
        for term in dict.fromkeys(terms):
            if term in self._rows:
                total[self._rows[term]] += self._gains[term]
        return total
