"""Words that are not the claim's and mean nearly the same, by the encoder's own vectors of words.

"Crumbled" stands near "broke", "stripe" near "streak": a sentence in other words than the claim still says how
much of it the claim could have said.  The vectors are those that the encoder begins with, a word by itself.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from claims.matching.encoder import DIMENSIONS, word_vectors
from claims.matching.lexical import LexicalIndex
from claims.matching.sealed import SealedFile, SealedWriter
from claims.matching.vectors import PackedVectors, UnitVectors
from claims.matching.words import STOP_WORDS, Token, stem, vocabulary

UNLIKE = 0.3  # cosine: words no nearer than this have nothing to do with one another
SCALE = 7.0  # so many words that only one claim has, all found, count as one
Floats = NDArray[np.float32]


class KindredWords:
    """The words of the claims as vectors, ready to be compared with those of sentences."""

    def __init__(self, file: SealedFile, lexical: LexicalIndex) -> None:
        """Those that `keep_kindred_words` put into a file."""
        self._numbers = {term: number for number, term in enumerate(file.words("kindred terms"))}
        self._starts = file.array("kindred starts")
        self._words = file.array("kindred words")
        self._shares = file.array("kindred shares")
        self._middle: Floats = file.array("kindred middle")
        self._vectors = UnitVectors.kept(file, "kindred vectors", mapped=True)
        self._lexical = lexical

    def directions(self, sentences: Iterable[Sequence[Token]]) -> dict[str, Floats]:
        """The vectors of the telling words of some sentences, by the word."""
        words = list(dict.fromkeys(word.word for each in sentences for word in each if _tells(word)))
        return dict(zip(words, _directions(word_vectors(words), self._middle), strict=True))

    def __call__(
        self, words: Sequence[Token], claims: Sequence[int], directions: Mapping[str, Floats]
    ) -> Floats:
        """How much of a sentence each of some claims could have said beyond what all its wordings say.

        The name of a topic stands in all wordings of a claim, and in every sentence about the topic.
        """
        asked = {word.stem: word.word for word in words if _tells(word)}
        if not asked or not claims:
            return np.zeros(len(claims), dtype=np.float32)
        tell = np.array([self._lexical.telling(one) for one in asked], dtype=np.float32) / np.float32(SCALE)
        places = [slice(int(self._starts[one]), int(self._starts[one + 1])) for one in claims]
        numbers = np.concatenate([self._words[place] for place in places])
        shares = np.concatenate([self._shares[place] for place in places])
        distinct, column = np.unique(numbers, return_inverse=True)
        own = np.array([directions[word] for word in asked.values()])
        alike = own @ self._vectors[distinct.astype(np.int64)].T
        alike -= np.float32(UNLIKE)
        alike *= np.float32(1 / (1 - UNLIKE))
        np.clip(alike, 0, 1, out=alike)
        same = np.array([self._numbers.get(one, -1) for one in asked])
        alike[same[:, None] == distinct[None, :]] = 1
        alike = alike[:, column]
        starts = np.cumsum([0, *(place.stop - place.start for place in places[:-1])])
        said = np.maximum.reduceat(alike, starts, axis=1)
        said -= np.maximum.reduceat(alike * shares, starts, axis=1)
        return np.asarray(tell @ said, dtype=np.float32)


def keep_kindred_words(
    file: SealedWriter, wordings: Iterable[str], numbers: Iterable[int], terms: Iterable[Sequence[str]]
) -> None:
    """Put the words of all ``wordings`` into a file; each claim has so many of them (``numbers``), and these ``terms``."""
    spelled: dict[str, str] = {}
    for word in sorted(vocabulary(wordings), key=lambda word: (len(word), word)):
        spelled.setdefault(stem(word), word)
    known: dict[str, int] = {}
    starts, words, shares = array("i", [0]), array("i"), array("f")
    for number, each in zip(numbers, terms, strict=True):
        for term, often in Counter(each).items():
            if not term.startswith("#"):
                words.append(known.setdefault(term, len(known)))
                shares.append((often / number) ** 0.5)
        starts.append(len(words))
    vectors = word_vectors([spelled.get(term, term) for term in known])
    middle = vectors.mean(axis=0) if len(vectors) else np.zeros(DIMENSIONS, dtype=np.float32)
    file.add_words("kindred terms", known)
    file.add("kindred starts", np.array(starts, dtype=np.int64))
    file.add("kindred words", np.array(words, dtype=np.int32))
    file.add("kindred shares", np.array(shares, dtype=np.float32))
    file.add("kindred middle", middle)
    PackedVectors.of(_directions(vectors, middle)).keep(file, "kindred vectors")


def _tells(word: Token) -> bool:
    return word.word not in STOP_WORDS and word.stem != "comet"


def _directions(vectors: Floats, middle: Floats) -> Floats:
    """Unit vectors from the middle of the record's words: what all words share says nothing."""
    away = vectors - middle
    length = np.linalg.norm(away, axis=1, keepdims=True)
    return np.asarray(np.divide(away, length, out=np.zeros_like(away), where=length > 0), dtype=np.float32)
