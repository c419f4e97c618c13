"""Search finds the same claims on both databases: those of which some word begins with every word asked for."""

from __future__ import annotations

import pytest

from claims.queries import published_claims
from claims.search import MOST_WORDS, folded, matching, stems
from tests.claims import publishing

pytestmark = pytest.mark.django_db


def by_hand(query: str) -> set[str]:
    """Membership worked out in Python from the indexed words."""
    asked = stems(query)
    found = set()
    for claim in published_claims():
        assert claim.current_version is not None
        words = claim.current_version.search_text.split()
        if asked and all(any(word.startswith(stem) for word in words) for stem in asked):
            found.add(claim.slug)
    return found


def by_database(query: str) -> set[str]:
    return set(matching(published_claims(), query).values_list("slug", flat=True))


@pytest.mark.parametrize(
    "query",
    [
        "nickel", "Nickel iron", "tails", "accelerating", "acceleration", "jets", "the", "3I/ATLAS", "Oumuamua",
        "ʻOumuamua", "'Oumuamua's", "Borisov", "22 s", "1420 MHz", "-0.16", "60 km/s", "dicarbon C2", "C₂",
        "extended-data", "Wow!", "co2 cyanogen", "Mars pictures", "aliens", "not", "a", "2025", "10²⁵", "Jet's",
        "e1", "1e5", "HiRISE", "Hill radius", "data release", "ice AND NOT gas",
    ],
)  # fmt: skip
def test_it_finds_what_the_words_say_and_nothing_else(query: str) -> None:
    assert by_database(query) == by_hand(query)


def test_it_finds_other_forms_of_a_word() -> None:
    assert by_database("accelerating") == by_database("acceleration") == by_database("accelerated") != set()
    assert "oumuamua-metallic-cigar" in by_database("‘Oumuamua cigar")
    assert "nickel-vapour-detected" in by_database("NICKEL vapour")


def test_it_finds_accented_names_and_awkward_words() -> None:
    publishing.published(
        publishing.claim(
            "awkward", title="Wierzchoś’s 0.9e22 Ångström file_name.tar.gz http://x.example/y?z=1 a-b-c"
        )
    )
    for query in [
        "wierzchos",
        "Wierzchoś",
        "0.9e22",
        "9e22",
        "angstrom",
        "file name",
        "example",
        "z=1",
        "b-c",
    ]:
        assert "awkward" in by_database(query), query
        assert by_database(query) == by_hand(query), query


def test_it_does_not_find_the_words_of_a_version_that_was_replaced() -> None:
    row = publishing.claim("replaced", statement="It is made of gadolinium.")
    publishing.published(row)
    assert by_database("gadolinium") == {"replaced"}
    row.refresh_from_db()
    row.statement = "It is made of ice."
    row.save()
    publishing.published(row, reason_code="wording", severity="clarification", change_note="No metal.")
    assert by_database("gadolinium") == set()


def test_it_folds_text_to_plain_words() -> None:
    assert folded("ʻOumuamua’s  Ni/Fe: −0.16 (C₂)") == "oumuamuas ni fe 0 16 c2"
    assert folded("STRASSE Straße") == "strasse strasse"
    assert folded("\x00\ud800") == ""


def test_it_asks_for_few_words_however_long_the_query_is() -> None:
    assert len(stems(" ".join(f"word{number}" for number in range(500)))) == MOST_WORDS
    assert stems("nickel Nickel NICKEL") == ["nickel"]
