"""How well the article checker finds claims: sentences held out while it was tuned.

The table is printed with `-s`.  The sets, and what was tuned on which, are described in docs/article-checker.md.
"""

from __future__ import annotations

from functools import lru_cache

import pytest

from claims.matching.encoder import WEIGHTS_SHA256, model_folder, sentence_encoder
from tests.claims.matching.catalogue import catalogue_index
from tests.claims.matching.evaluation import (
    Answer,
    answers,
    false_match_rate,
    labelled,
    precision,
    quantity_agreement,
    recall_at,
    stance_accuracy,
    table,
)

pytestmark = pytest.mark.once
HARD = ("refuting", "true_fact", "same_number", "other_object")


@lru_cache(maxsize=4)
def told(half: str, *, led: bool) -> list[Answer]:
    found = answers(labelled(half), catalogue_index(), sentence_encoder(), led=led)
    print(table(found, f"{half}, {'after the first sentence of an article' if led else 'each alone'}"))
    return found


def test_held_out_sentences_find_their_claims() -> None:
    found = told("held_out", led=False)
    assert recall_at(found, 3, shown=True) >= 0.90
    assert precision(found) >= 0.90
    assert false_match_rate(found, HARD) <= 0.10
    assert false_match_rate(found, ("off_topic",)) == 0
    assert stance_accuracy(found) >= 0.90
    assert quantity_agreement(found) >= 0.90


def test_sentences_as_newspapers_write_them_find_their_claims() -> None:
    # written blind and asked once; since then these are floors
    found = told("fourth_held_out", led=True)
    assert recall_at(found, 3, shown=True) >= 0.90
    assert precision(found) >= 0.90
    assert false_match_rate(found, HARD) <= 0.10
    assert false_match_rate(found, ("off_topic",)) == 0
    assert stance_accuracy(found) >= 0.88


def test_plain_sentences_find_their_claims() -> None:
    # precision is the weak side of short sentences: a floor below what was measured, so that it gets no worse
    found = told("plain_development", led=True)
    assert recall_at(found, 3, shown=True) >= 0.90
    assert precision(found) >= 0.80
    assert stance_accuracy(found) >= 0.90


def test_no_rejecting_sentence_about_an_alloy_is_shown_as_asserting_one() -> None:
    index, encode = catalogue_index(), sentence_encoder()
    from claims.matching.article import match_text

    for sentence in (
        "Webb found no alloy in the gas around 3I/ATLAS.", "There is no alien alloy at 3I/ATLAS.",
        "The alloy that 3I/ATLAS is said to leak does not exist.", "Spectra of 3I/ATLAS rule out an artificial alloy.",
        "The Webb telescope did not confirm any alien alloy leaking from 3I/ATLAS.",
    ):  # fmt: skip
        stances = {match.stance for match in match_text(sentence, index, encode).matches}
        assert stances <= {"refutes", "unclear"}, sentence


def test_every_claim_of_the_catalogue_has_paraphrases_in_every_whole_set() -> None:
    slugs = {indexed.claim.slug for indexed in catalogue_index().claims}
    for half in ("development", "held_out", "fourth_held_out"):
        assert {slug for row in labelled(half) if row.kind == "paraphrase" for slug in row.claims} >= slugs


def test_no_sentence_stands_in_two_sets() -> None:
    sets = (
        "development",
        "held_out",
        "second_held_out",
        "third_held_out",
        "fourth_held_out",
        "loose_development",
        "plain_development",
    )
    texts = [row.text for half in sets for row in labelled(half)]
    assert len(texts) == len(set(texts))


def test_the_weights_are_those_that_were_measured() -> None:
    import hashlib

    with (model_folder() / "model.safetensors").open("rb") as handle:
        assert hashlib.file_digest(handle, "sha256").hexdigest() == WEIGHTS_SHA256
