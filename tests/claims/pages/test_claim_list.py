"""The list of claims: facets that count right, pages that miss nothing, parameters that say what they take."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.queries import published_claims
from claims.scales import VERDICTS
from tests.claims import publishing

pytestmark = pytest.mark.django_db


def slugs(page: str) -> list[str]:
    ledger = page[page.index('<ol class="ledger">') :] if '<ol class="ledger">' in page else ""
    return re.findall(r'<h2><a href="/claims/([a-z0-9-]+)/">', ledger)


def walk(client: Client, address: str) -> list[str]:
    """The slugs of all pages from ``address`` on, in order."""
    found: list[str] = []
    for _ in range(50):
        page = client.get(address).content.decode()
        found += slugs(page)
        following = re.search(r'<a href="([^"]*)" rel="next">', page)
        if following is None:
            return found
        assert len(slugs(page)) == 25
        address = f"/claims/{unescape(following[1])}"
    raise AssertionError("the pages do not end")


def test_it_shows_every_claim_exactly_once_over_its_pages(client: Client) -> None:
    publishing.published_claims(7)
    found = walk(client, "/claims/")
    expected = list(published_claims().order_by("-first_published_at", "-pk").values_list("slug", flat=True))
    assert found == expected
    assert len(found) >= 107


def test_it_pages_through_a_search_with_titles_first(client: Client) -> None:
    found = walk(client, "/claims/?q=comet")
    assert len(found) == len(set(found)) > 25
    titled = {
        row.slug for row in published_claims() if row.current_version and "comet" in row.current_version.title.lower()
    }  # fmt: skip
    assert titled
    assert set(found[: len(titled)]) == titled


@pytest.mark.parametrize("verdict", sorted(VERDICTS))
def test_it_counts_a_facet_as_the_list_shows_it(client: Client, verdict: str) -> None:
    page = client.get("/claims/?object=3I").content.decode()
    counted = re.search(
        rf'href="\?object=3I&amp;verdict={verdict}"><span>[^<]*</span><span class="count">(\d+)</span>', page
    )
    listed = walk(client, f"/claims/?object=3I&verdict={verdict}")
    assert len(listed) == (int(counted[1]) if counted else 0)
    assert f"{len(listed)} claim" in client.get(f"/claims/?object=3I&verdict={verdict}").content.decode()


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("verdict=bogus", ["verdict", "bogus", "mostly_supported"]),
        ("topic=cooking", ["topic", "cooking", "mars-flyby"]),
        ("object=9I", ["object", "9I", "3I"]),
        ("after=bogus", ["after", "bogus", "next page"]),
        ("after=7.1-1", ["after", "7.1-1"]),
        ("after=0.99999999999999999999-1", ["after"]),
    ],
)
def test_it_names_a_bad_value_and_what_is_allowed(client: Client, query: str, named: list[str]) -> None:
    answer = client.get(f"/claims/?{query}")
    assert answer.status_code == 400
    page = answer.content.decode()
    for words in named:
        assert words in page


def test_it_names_a_bad_value_of_the_other_lists_too(client: Client) -> None:
    for address, value in [
        ("/sources/?tier=9", "9"), ("/sources/?kind=rumour", "rumour"), ("/measurements/?object=Pluto", "Pluto"),
        ("/measurements/?quantity=aura", "aura"), ("/archives/?object=Pluto", "Pluto"),
        (f"/sources/?after={'x' * 97}", "next page"),
    ]:  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 400, address
        assert value in answer.content.decode(), address


@pytest.mark.parametrize(
    "query",
    [
        '"', "'", "*", "NEAR(", "nickel OR", "a AND b NOT", "{}", "col:nickel", "^nickel", "nickel*", "-nickel",
        "(((", "\\", "%", "_", ";DROP TABLE claims_claim", "🛸", "ʻOumuamua", "3I/ATLAS", "!", "&|<->",
        "nickel & !iron", "'nickel':*", "x" * 5000, " ".join(["nickel"] * 300), "\ud800",
    ],
)  # fmt: skip
def test_it_answers_every_hostile_query(client: Client, query: str) -> None:
    answer = client.get("/claims/?q=" + quote(query.encode("utf-8", "surrogatepass")))
    assert answer.status_code == 200


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=60), cursor=st.text(max_size=40))
def test_it_never_fails_whatever_is_asked(client: Client, query: str, cursor: str) -> None:
    # a zero byte is refused before any page sees it
    assert client.get("/claims/", {"q": query}).status_code == (400 if "\0" in query else 200)
    assert client.get("/claims/", {"after": cursor}).status_code in (200, 400)


def test_it_says_honestly_that_nothing_matches(client: Client) -> None:
    page = client.get("/claims/?q=xylophone").content.decode()
    assert "0 claims" in page
    assert "nobody has reviewed such a sentence here" in page
    assert "no letters or digits" in client.get("/claims/?q=!!!").content.decode()


def test_it_pages_sources_and_measurements_without_a_gap(client: Client) -> None:
    from claims.models import Measurement, Source

    for path, expected in [
        ("/sources/", set(Source.objects.values_list("key", flat=True))),
        ("/measurements/", set(Measurement.objects.filter(superseded_by=None).values_list("key", flat=True))),
    ]:
        found: list[str] = []
        address = path
        while address:
            page = client.get(address).content.decode()
            found += [
                unescape(key)
                for key in re.findall(rf'<th role="rowheader"[^>]*><a href="{path}([^"]+)/">', page)
            ]
            following = re.search(r'<a rel="next" href="([^"]*)">', page)
            address = f"{path}{unescape(following[1])}" if following else ""
        assert len(found) == len(set(found))
        assert {key.replace("%26", "&") for key in found} == expected
