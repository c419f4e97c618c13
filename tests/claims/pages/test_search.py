"""Search finds the same claims on both databases: those of which some word begins with every word asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

import pytest
from django.db import connection
from django.db.models import Max
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims import search
from claims.models import Claim
from claims.paging import PAGE
from claims.queries import published_claims
from claims.search import MOST_WORDS, matches, stems
from claims.search_words import folded
from claims.views import claim_list
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
    found = matches(query)
    assert found.whole
    return set(
        published_claims().filter(pk__in=[row.pk for row in found.rows]).values_list("slug", flat=True)
    )


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


def publish_with(word: str, slug: str) -> None:
    publishing.published(publishing.claim(slug, statement=f"It is made of {word}."))


def test_of_more_than_it_shows_it_takes_those_with_the_newest_versions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "MOST_FOUND", 3)
    for number in range(3):
        publish_with("gadolinium", f"made-{number}")
    assert matches("gadolinium").whole
    publish_with("gadolinium", "made-3")
    row = Claim.objects.get(slug="made-0")
    publishing.published(row, reason_code="wording", severity="clarification", change_note="Again.")
    found = matches("gadolinium")
    assert not found.whole
    newest = Claim.objects.filter(slug__in=["made-0", "made-2", "made-3"])
    assert [one.pk for one in found.rows] == [
        one.pk for one in newest.order_by("-first_published_at", "-pk")
    ], "in the order of every list, whatever brought them in"


def test_versions_that_were_replaced_crowd_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_FOUND", 1)
    publish_with("gadolinium", "made")
    for number in range(4):
        publish_with("gadolinium", f"replaced-{number}")
        row = Claim.objects.get(slug=f"replaced-{number}")
        row.statement = "It is made of ice."
        row.save()
        publishing.published(row, reason_code="wording", severity="clarification", change_note="No metal.")
    assert by_database("gadolinium") == {"made"}


def test_older_shards_are_asked_until_enough_is_found_and_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def versions(words: Sequence[str], shards: Sequence[int]) -> list[int]:
        asked.extend(shards)
        return [shard for shard in shards for _ in range(per_shard)]

    monkeypatch.setattr(search, "SHARD", 1)
    monkeypatch.setattr(search, "_versions", versions)
    newest = Claim.objects.aggregate(newest=Max("current_version"))["newest"]
    per_shard = 0
    assert list(search._newest_versions(["zzzz"])) == []
    assert asked == list(range(newest, -1, -1)), "every shard once, the newest first"
    asked.clear()
    per_shard = search.MOST_FOUND
    found = next(search._newest_versions(["the"]))
    assert found == [newest] * search.MOST_FOUND + [newest - 1]
    assert len(asked) == search.FIRST_SHARDS


def test_its_pages_show_each_claim_once_and_say_when_there_are_more(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pages(address: str) -> list[str]:
        shown = []
        while address:
            page = client.get(f"/claims/{address}").content.decode()
            shown += re.findall(r'<h2><a href="/claims/([^/"]+)/', page)
            assert ("among the newest" in page) == more
            following = re.search(r'href="([^"]+)" rel="next"|rel="next" href="([^"]+)"', page)
            address = unescape(following[1] or following[2]) if following else ""
        return shown

    more = False
    whole = pages("?q=the")
    assert len(whole) == len(set(whole)) == len(matches("the").rows) > PAGE
    monkeypatch.setattr(search, "MOST_FOUND", 40)
    monkeypatch.setattr(claim_list, "MOST_FOUND", 40)
    more = True
    some = pages("?q=the")
    assert len(some) == len(set(some)) == 40
    assert [slug for slug in whole if slug in some] == some


def test_the_index_gives_the_newest_versions_without_reading_the_texts() -> None:
    sql = search._ON_SQLITE if connection.vendor == "sqlite" else search._ON_POSTGRESQL
    with CaptureQueriesContext(connection) as captured:
        search._versions(["nickel", "vapour"], range(40))
    assert len(captured) == 1
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", ['"s0xnickel" *'])
        else:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}", [["s0xnickel:*", "s1xnickel:*"]])
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    assert "claims_search" in plan
    assert "Seq Scan" not in plan
