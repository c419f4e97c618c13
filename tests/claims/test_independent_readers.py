"""Readers that others wrote take our output as it is: feeds, structured data, the package, on the whole catalogue."""

import csv
import io
import json
import re
import warnings
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import bibtexparser
import feedparser
import jsonfeed
import pytest
from astropy.io.votable import parse_single_table, validate
from django.conf import settings
from django.test import Client
from rdflib import RDF, Graph, Literal, Namespace, URIRef

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its own imports are deprecated
    from citeproc.source.json import CiteProcJSON

from claims.queries import published_claims
from claims.scales import VERDICTS
from tests.claims.feeds.json_feed_validator import faults

pytestmark = pytest.mark.django_db
SCHEMA = Namespace("https://schema.org/")
# the context of schema.org for what we say: its terms are in one namespace, and these are addresses
CONTEXT = {
    "@vocab": str(SCHEMA),
    **{name: {"@type": "@id"} for name in ("url", "isBasedOn", "license")},
}
CLAIMS = [
    "/feed.json", "/claims/feed.json?verdict=contradicted", "/claims/feed.json?topic=signals", "/objects/1I/feed.json",
    "/objects/2I/feed.json", "/objects/3I/feed.json", "/changes.json",
]  # fmt: skip


def path(url: str) -> str:
    return url.removeprefix(settings.SITE_URL)


def pages(client: Client, address: str) -> Iterator[dict[str, Any]]:
    following: str | None = address
    while following:
        page = json.loads(client.get(path(following)).content)
        yield page
        following = page.get("next_url")


@pytest.mark.parametrize("address", CLAIMS)
def test_our_validator_and_a_json_feed_library_read_every_page(client: Client, address: str) -> None:
    told: list[str] = []
    for page in pages(client, address):
        assert faults(page) == []
        feed = jsonfeed.Feed.parse(page)
        assert (feed.title, feed.feed_url, feed.next_url) == (
            page["title"],
            page["feed_url"],
            page.get("next_url"),
        )
        assert [author.name for author in feed.authors or []] == ["Hyperbole"]
        for read, item in zip(feed.items, page["items"], strict=True):
            for name in (
                "id",
                "url",
                "title",
                "summary",
                "content_text",
                "image",
                "date_published",
                "date_modified",
                "tags",
            ):
                assert getattr(read, name) == item.get(name), name
        told += [item.id for item in feed.items]
    assert told
    assert len(told) == len(set(told))


@pytest.mark.parametrize("address", CLAIMS)
def test_an_atom_reader_finds_the_entries_of_the_json_feed(client: Client, address: str) -> None:
    items = [item for page in pages(client, address) for item in page["items"]]
    entries: list[Any] = []
    following = address.replace(".json", ".atom")
    while following:
        parsed = feedparser.parse(client.get(path(following)).content)
        assert not parsed.bozo, parsed.get("bozo_exception")
        entries += parsed.entries
        following = next((link.href for link in parsed.feed.links if link.rel == "next"), "")
    assert [(entry.id, entry.title, entry.link) for entry in entries] == [
        (item["id"], item["title"], item["url"]) for item in items
    ]


class Embedded(HTMLParser):
    """What a page says about itself to machines: JSON-LD blocks, and types named by microdata and RDFa."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.types: list[str] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.types += [value for name in ("itemtype", "typeof") if (value := given.get(name))]
        self._inside = tag == "script" and given.get("type") == "application/ld+json"
        if self._inside:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.blocks[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = False


def graph(block: str) -> Graph:
    """The triples of a JSON-LD block, by a library of RDF; schema.org's context is not fetched but spelt here."""
    document = json.loads(block)
    assert document["@context"] == "https://schema.org"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the library calls what it deprecates itself
        return Graph().parse(data=json.dumps(document | {"@context": CONTEXT}), format="json-ld")


def test_every_claim_page_holds_exactly_one_claim_review(client: Client) -> None:
    for row in published_claims():
        page = Embedded(client.get(f"/claims/{row.slug}/").content.decode())
        assert len(page.blocks) == 1, row.slug
        assert not [name for name in page.types if "ClaimReview" in name]
        facts = graph(page.blocks[0])
        [review] = facts.subjects(RDF.type, SCHEMA.ClaimReview)
        [claim] = facts.subjects(RDF.type, SCHEMA.Claim)
        own = f"{settings.SITE_URL}/claims/{row.slug}/"
        assert (review, claim) == (URIRef(f"{own}#review"), URIRef(f"{own}#claim"))
        assert facts.value(review, SCHEMA.itemReviewed) == claim
        assert facts.value(review, SCHEMA.url) == URIRef(own)
        assert facts.value(review, SCHEMA.claimReviewed)
        assert facts.value(facts.value(review, SCHEMA.author), SCHEMA.name) == Literal("Hyperbole")
        for appearance in facts.objects(claim, SCHEMA.appearance):
            assert isinstance(appearance, URIRef), "an appearance has its address"
        rating = facts.value(review, SCHEMA.reviewRating)
        assert row.current_version is not None
        wanted = VERDICTS[row.current_version.verdict].rating
        if wanted is None:
            assert rating is None
        else:
            [value, best, worst] = [facts.value(rating, SCHEMA[name]).toPython() for name in ("ratingValue", "bestRating", "worstRating")]  # fmt: skip
            assert (type(value), value) == (int, wanted)
            assert worst <= value <= best


@pytest.mark.parametrize(
    "address",
    ["/", "/claims/", "/claims/?topic=signals", "/objects/", "/objects/3I/", "/sources/", "/measurements/", "/archives/",
     "/corrections/", "/method/", "/status/", "/api/v1/docs", "/claims/manhattan-sized/history/",
     "/claims/manhattan-sized/v/1/", "/claims/manhattan-sized/embed/", "/claims/manhattan-sized/v/1/embed/"],
)  # fmt: skip
def test_no_other_page_holds_a_claim_review(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    page = Embedded(response.content.decode())
    assert page.blocks == []
    assert not [name for name in page.types if "ClaimReview" in name]


def test_reference_managers_read_every_reference_of_the_catalogue(client: Client) -> None:
    for row in published_claims().order_by("slug")[::3]:
        for whose in ("cite", "sources"):
            base = f"/claims/{row.slug}/v/1/{whose}"
            library = bibtexparser.parse_string(client.get(f"{base}.bib").content.decode())
            assert library.failed_blocks == [], row.slug
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # citeproc warns of CSL fields that it does not know
                items = CiteProcJSON(json.loads(client.get(f"{base}.csl.json").content))
            assert [entry.key.lower() for entry in library.entries] == [
                re.sub(r"[^a-z0-9.:_+-]", "", key.lower()) for key in items
            ], row.slug


def test_a_validator_of_votables_finds_nothing_to_say(client: Client) -> None:
    asked = {
        "observer": "500",
        "start": "2025-10-01T00:00Z",
        "stop": "2025-10-02T00:00Z",
        "step": "6h",
        "format": "votable",
    }
    written = client.get("/api/v1/objects/3I/ephemeris/", asked).content
    said = io.StringIO()
    assert validate(io.BytesIO(written), output=said), said.getvalue()
    assert len(parse_single_table(io.BytesIO(written), verify="exception").array) == 5


def test_the_package_counts_what_feed_and_api_count(client: Client) -> None:
    archive = zipfile.ZipFile(io.BytesIO(b"".join(client.get("/data/hyperbole.zip").streaming_content)))
    tables = {
        name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(archive.read(name).decode())))
        for name in archive.namelist()
        if name.endswith(".csv")
    }
    items = [item["_hyperbole"] for page in pages(client, "/feed.json") for item in page["items"]]
    assert sorted(row["slug"] for row in tables["claims"]) == sorted(item["slug"] for item in items)
    assert {row["slug"]: row["verdict"] for row in tables["claims"]} == {
        item["slug"]: item["verdict"] for item in items
    }
    assert len(tables["evidence"]) == sum(len(item["evidence"]) for item in items)
    assert len(tables["appearances"]) == sum(len(item["appearances"]) for item in items)
    assert len(tables["versions"]) == sum(item["version"] for item in items)
    left_out = json.loads(archive.read("datapackage.json"))["left_out"]
    for name in ("measurements", "sources", "campaigns"):
        counted, following = 0, f"/api/v1/{name}/?limit=200&fields=id"
        while following:
            answer = json.loads(client.get(path(following)).content)
            counted, following = counted + len(answer["items"]), answer["next"] and path(answer["next"])
        assert len(tables[name]) + left_out.get(name, 0) == counted, name
    assert not re.search("[\x00-\x08]", archive.read("claims.csv").decode())
