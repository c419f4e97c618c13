"""Word by word and fact by fact: what came, what went, and what only moved its spaces."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.differences import MOST_WORDS, fact_differences, field_differences, word_differences


def told(before: str, after: str) -> str:
    marks = {"same": "{}", "added": "+[{}]", "removed": "-[{}]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in word_differences(before, after))


def test_it_shows_the_words_that_came_and_went() -> None:
    assert told("The radius is 1.3 km.", "The radius is 2.6 km.") == "The radius is -[1.3 ]+[2.6 ]km."
    assert told("", "New.") == "+[New.]"
    assert told("Old.", "") == "-[Old.]"
    assert told("Same.", "Same.") == "Same."


def test_a_number_and_a_date_are_one_word() -> None:
    assert told("on 2025-10-03 at 60.1", "on 2025-10-04 at 60.1") == "on -[2025-10-03 ]+[2025-10-04 ]at 60.1"


def test_spaces_alone_make_no_difference() -> None:
    pieces = word_differences("one  two\nthree", "one two three")
    assert [piece.kind for piece in pieces] == ["same"]


WORDS = st.text(alphabet="ab .,1\n−é", max_size=60)


@given(WORDS, WORDS)
@settings(max_examples=200)
def test_both_texts_can_be_read_back(before: str, after: str) -> None:
    pieces = word_differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    old = "".join(piece.text for piece in pieces if piece.kind != "added")
    assert old.split() == before.split() or "".join(old.split()) == "".join(before.split())


def test_a_text_beyond_all_measure_is_shown_as_replaced_whole() -> None:
    long = "word " * (MOST_WORDS + 1)
    assert [piece.kind for piece in word_differences(long, long + "more")] == ["removed", "added"]
    assert [piece.kind for piece in word_differences(long, long)] == ["same"]


def fact(key: str, **given: Any) -> dict[str, Any]:
    return {"kind": "source", "id": key, "title": f"Paper {key}", "stance": "refutes", "note": "", **given}


def test_it_tells_facts_that_came_went_and_changed() -> None:
    before = {"evidence": [fact("a"), fact("b"), fact("c")]}
    after = {"evidence": [fact("a"), fact("b", stance="context"), fact("d")]}
    found = [(row.change, row.row["id"]) for row in fact_differences(before, after)]
    assert found == [("same", "a"), ("changed", "b"), ("added", "d"), ("removed", "c")]


def test_a_field_that_an_older_document_lacks_is_new() -> None:
    fields = field_differences({"title": "One"}, {"title": "One", "would_change": "A picture."})
    assert [(field.name, field.changed) for field in fields] == [("title", False), ("would_change", True)]
