"""The file that an index is kept in."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from claims.matching.index import _prints, index_of
from claims.matching.prepared import IndexedClaim, Wordings, prepared, unpacked_quantities
from claims.matching.records import ClaimNumber, ClaimText
from claims.matching.sealed import NotSealed, SealedFile, SealedWriter
from claims.matching.vectors import PackedVectors, UnitVectors
from claims.matching.words import tokens
from tests.claims.matching.test_vectors import unit_vectors

CLAIM = ClaimText(
    slug="wide", body="3I", title="3I/ATLAS is 46 km wide", statement="The comet 3I/ATLAS is 46 kilometres wide.",
    truth_condition="", aliases=("the nucleus is as wide as Manhattan is long",), phrases=("a giant of Manhattan's size",),
    facts=("The nucleus is smaller than 5.6 km.",), asserted=(ClaimNumber("nucleus_diameter", 46.0, "km"),),
    verdict="contradicted", url="https://example.org/claims/wide/",
)  # fmt: skip


def written(path: Path) -> Path:
    with path.open("w+b") as file:
        writer = SealedWriter(file)
        writer.add_records("texts", [b"one", b"", b"three"])
        writer.add("numbers", np.arange(12, dtype=np.float32).reshape(3, 4))
        writer.add("none", np.zeros((0, 4), dtype=np.int64))
        writer.add_words("words", ["C₂", "comet"])
        PackedVectors.of(unit_vectors(9)).keep(writer, "vectors")
        writer.close()
    return path


def opened(path: Path) -> SealedFile:
    with path.open("rb") as file:
        return SealedFile(file)


def test_every_part_comes_back_also_when_the_file_has_lost_its_name(tmp_path: Path) -> None:
    path = written(tmp_path / "a")
    file = opened(path)
    path.unlink()
    texts = file.records("texts")
    assert [texts[number] for number in range(len(texts))] == [b"one", b"", b"three"]
    assert np.array_equal(file.array("numbers"), np.arange(12, dtype=np.float32).reshape(3, 4))
    assert file.array("none").shape == (0, 4)
    assert file.words("words") == ["C₂", "comet"]
    packed = PackedVectors.of(unit_vectors(9))
    for mapped in (True, False):
        vectors = UnitVectors.kept(file, "vectors", mapped=mapped)
        assert len(vectors) == 9
        for rows in (slice(2, 5), slice(0, 0), slice(None), np.array([7, 0, 7])):
            assert np.array_equal(vectors[rows], packed[rows])


def test_a_file_that_was_cut_or_altered_anywhere_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "a")
    whole = path.read_bytes()
    for place in {*range(0, len(whole), 97), len(whole) - 1}:
        path.write_bytes(whole[:place])
        with pytest.raises(NotSealed):
            opened(path)
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(NotSealed):
            opened(path)


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"SQLite format 3\0" * 100)
    with pytest.raises(NotSealed):
        opened(tmp_path / "a")


def test_nothing_is_written_into_the_file_but_its_parts() -> None:
    file = io.BytesIO()
    writer = SealedWriter(file)
    writer.add_words("words", ["comet"])
    writer.close()
    assert b'["comet"]' in file.getvalue()
    assert len(file.getvalue()) < 200


def test_a_claim_comes_back_as_it_was_read() -> None:
    one = prepared(CLAIM, "d1")
    assert one.name == "wide d1"
    indexed = IndexedClaim.unpacked(one.indexed)
    assert (indexed.claim.slug, indexed.claim.url) == ("wide", CLAIM.url)
    assert indexed.bodies == {"3I"}
    assert not indexed.general
    assert indexed.packed() == one.indexed
    numbers = unpacked_quantities(one.quantities)
    assert numbers.asserted == CLAIM.asserted
    assert [quantity.value for quantity in numbers.worded if quantity.unit == "km"] == [46.0, 46.0]
    wordings = Wordings.unpacked(one.wordings)
    assert len(wordings.nameless) == 3
    assert wordings.packed() == one.wordings
    index = index_of([one], lambda texts: unit_vectors(len(texts)))
    assert index.claims.prepared(0, "wide d1") == one
    assert index.names() == ["wide d1"]


def test_a_phrase_on_record_is_found_word_for_word_and_nowhere_else() -> None:
    index = index_of([prepared(CLAIM)], lambda texts: unit_vectors(len(texts)))
    assert index.quoted(tokens("They call it a giant of Manhattan's size, no less.")) == {0}
    for other in (
        "a giant of Manhattan's",
        "a size of Manhattan's giant",
        "giant of Manhattan's size",
        "",
        "a",
    ):
        assert index.quoted(tokens(other)) == set()
    assert index_of([], lambda texts: unit_vectors(len(texts))).quoted(tokens("a giant of size")) == set()


def test_runs_of_words_have_the_same_number_wherever_they_stand() -> None:
    words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    runs = list(_prints(words))
    assert [len(each) for each in runs] == [10, 9, 8, 7, 6, 5, 4, 3]
    assert len(np.unique(np.concatenate(runs))) == sum(map(len, runs))
    assert runs[2][4] == list(_prints(words[4:7]))[-1][0]
    assert runs[1][0] != list(_prints(words[1::-1]))[-1][0]
    assert list(_prints([])) == []
