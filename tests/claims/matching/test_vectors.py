"""Vectors in a byte a number, and the flat lists of words."""

from __future__ import annotations

import numpy as np
import pytest

from claims.matching.index import index_of
from claims.matching.lexical import LexicalIndex
from claims.matching.prepared import prepared
from claims.matching.vectors import BLOCK, PackedVectors
from tests.claims.matching.catalogue import DATA, claim_text


def unit_vectors(number: int) -> np.ndarray:
    vectors = np.random.default_rng(3).normal(size=(number, 384)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_packing_moves_no_scalar_product_by_more_than_three_thousandths() -> None:
    given = unit_vectors(BLOCK + 500)
    packed = PackedVectors.of(given.astype(np.float16))
    assert len(packed) == len(given)
    unpacked = np.concatenate([packed[part] for part in packed.blocks()])
    assert np.abs(unpacked @ given[:200].T - given @ given[:200].T).max() < 0.003
    assert np.array_equal(packed[np.array([BLOCK + 1, 0])], unpacked[[BLOCK + 1, 0]])


def test_a_vector_of_zeros_stays_one() -> None:
    assert not PackedVectors.of(np.zeros((2, 384), dtype=np.float32))[0:2].any()


def test_facts_are_found_across_blocks_as_by_sorting_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.matching.vectors.BLOCK", 7)
    claims = [prepared(claim_text(path)) for path in sorted((DATA / "claims").glob("*.toml"))[:10]]
    index = index_of(claims, lambda texts: unit_vectors(len(texts)))
    asked = unit_vectors(90)[60:]
    cosines = asked @ index.fact_vectors[slice(None)].T
    expected = np.argsort(-cosines, axis=1, kind="stable")[:, :6]
    assert len(index.fact_vectors) > 14
    assert np.array_equal(np.array(index.nearest_facts(asked, 6)), expected)
    assert len(index.nearest_facts(asked, 10_000)[0]) == len(index.fact_vectors)


def test_words_score_as_the_formula_of_bm25_says() -> None:
    documents = [["nickel", "iron", "nickel"], ["iron"], [], ["comet", "tail", "iron", "sun"]]
    index = LexicalIndex.of(documents)
    idf = np.log1p((4 - 1 + 0.5) / (1 + 0.5))
    assert index.idf("nickel") == pytest.approx(idf)
    assert index.idf("green") == pytest.approx(np.log1p(4.5 / 0.5))
    expected = idf * 2 * 2.2 / (2 + 1.2 * (1 - 0.6 + 0.6 * 3 / 2))
    assert index.scores(["nickel", "green", "nickel"]) == pytest.approx([expected, 0, 0, 0])
    assert [index.has(number, "iron") for number in range(4)] == [True, True, False, True]
    assert not index.has(0, "green")
    assert LexicalIndex.of([]).scores(["iron"]).shape == (0,)
