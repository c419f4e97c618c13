"""A claim as JSON, CSV, citation and picture: complete, permanent, and gone when it is withdrawn."""

import csv
import hashlib
import io
import json
import time
import warnings
from datetime import timedelta

import bibtexparser
import orjson
import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from claims import editing
from claims.exports.card import card_png
from claims.exports.citation_formats import CITATION_FORMATS
from tests.claims.publishing import START, claim, draft, person, published

pytestmark = pytest.mark.django_db
BASE = "/claims/as-wide-as-a-city"


def test_the_json_is_the_frozen_record_with_what_moved_since(client: Client) -> None:
    version = published(claim())
    record = json.loads(client.get(f"{BASE}.json").content)
    document = dict(version.document or {})
    for name in set(document) - {"checks"}:
        assert record[name] == document[name], name
    assert record["stale"] is False
    assert record["content_sha256"] == version.content_sha256
    assert record["versions"][0]["url"] == f"{settings.SITE_URL}{BASE}/v/1/"
    editing.mark_stale(version, "source_changed", "The page was edited.", at=START + timedelta(days=1))
    record = json.loads(client.get(f"{BASE}.json").content)
    assert record["stale_reasons"][0]["detail"] == "The page was edited."
    assert record["last_changed_at"].startswith("2026-12-02")


def test_only_published_relations_are_named(client: Client) -> None:
    row, secret, other = claim(), claim("secret-draft"), claim("known-claim")
    published(other)
    draft(secret)
    for named in (secret, other):
        row.relations.create(other=named, relation="narrows")
    published(row)
    record = json.loads(client.get(f"{BASE}.json").content)
    assert [entry["slug"] for entry in record["related"]] == ["known-claim"]


def test_a_pinned_version_never_changes_and_its_digest_can_be_computed(client: Client) -> None:
    row = claim()
    published(row)
    first = client.get(f"{BASE}/v/1.json")
    assert "immutable" in first["Cache-Control"]
    record = json.loads(first.content)
    content = orjson.dumps([record["document"], record["chart_subject"]], option=orjson.OPT_SORT_KEYS)
    assert hashlib.sha256(content).hexdigest() == record["content_sha256"]
    published(
        row, "supported", at=START + timedelta(days=1), reason_code="new_evidence", severity="verdict_change"
    )
    again = client.get(f"{BASE}/v/1.json")
    assert again.content == first.content
    assert again["ETag"] == first["ETag"]
    assert json.loads(client.get(f"{BASE}/v/2.json").content)["document"]["verdict"] == "supported"
    assert client.get(f"{BASE}/v/3.json").status_code == 404


def test_the_table_has_what_is_claimed_beside_what_was_measured(client: Client) -> None:
    published(claim())
    response = client.get(f"{BASE}.csv")
    assert response["Content-Type"].startswith("text/csv")
    [row] = csv.DictReader(io.StringIO(response.content.decode()))
    assert (row["quantity"], row["asserted_value"], row["measured_value"], row["measured_plus"]) == (
        "nucleus_radius", "23.0", "1.3", "0.2",
    )  # fmt: skip
    assert row["source"] == "2025ApJ...000..000X"
    assert row["asserted_time"] == ""


@pytest.mark.parametrize("rest", [".json", ".csv", "/v/1.json", "/v/1/cite.bib", "/v/1/sources.ris", "/card.png", "/embed/", "/v/1/embed/"])  # fmt: skip
def test_what_is_not_published_has_no_spelling_and_what_is_withdrawn_is_gone(
    client: Client, rest: str
) -> None:
    row = claim()
    draft(row)
    assert client.get(f"{BASE}{rest}").status_code == 404
    other = claim("withdrawn-claim")
    published(other)
    assert client.get(f"/claims/withdrawn-claim{rest}").status_code == 200
    editing.withdraw(other, actor=person("reviewer"), at=START, reason="It was a duplicate.")
    gone = client.get(f"/claims/withdrawn-claim{rest}")
    assert gone.status_code == 410
    assert "46 km" not in gone.content.decode()
    assert json.loads(gone.content)["reason"] == "It was a duplicate."


@pytest.mark.parametrize("whose", ["cite", "sources"])
def test_a_citation_processor_reads_bibtex_and_csl(client: Client, whose: str) -> None:
    published(claim(title="100% wide: {braces} & $dollars_under~tilde^ #1"))
    library = bibtexparser.parse_string(client.get(f"{BASE}/v/1/{whose}.bib").content.decode())
    assert library.failed_blocks == []
    [entry] = library.entries
    if whose == "cite":
        assert entry.fields_dict["url"].value == f"{settings.SITE_URL}{BASE}/v/1/"
        assert r"100\% wide" in entry.fields_dict["title"].value

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc warns of CSL fields that it does not know
        from citeproc import (
            Citation,
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.source.json import CiteProcJSON

        items = json.loads(client.get(f"{BASE}/v/1/{whose}.csl.json").content)
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        bibliography.register(Citation([CitationItem(items[0]["id"])]))
        [printed] = bibliography.bibliography()
    assert ("Hyperbole" if whose == "cite" else "Example et al.") in str(printed)


def test_ris_and_plain_text_name_the_pinned_version_and_its_digest(client: Client) -> None:
    version = published(claim())
    ris = client.get(f"{BASE}/v/1/cite.ris").content.decode()
    assert ris.startswith("TY  - ELEC\r\n")
    assert ris.endswith("ER  - \r\n")
    assert f"UR  - {settings.SITE_URL}{BASE}/v/1/\r\n" in ris
    assert version.content_sha256 in ris
    plain = client.get(f"{BASE}/v/1/cite.txt").content.decode()
    assert f"{settings.SITE_URL}{BASE}/v/1/" in plain
    assert len(plain.splitlines()) == 1
    assert {"txt", "bib", "csl.json", "ris"} == set(CITATION_FORMATS)


def test_the_card_is_a_picture_of_its_version_drawn_in_little_time(client: Client) -> None:
    version = published(claim())
    response = client.get(f"{BASE}/card.png?v=1")
    assert response["Content-Type"] == "image/png"
    assert "immutable" in response["Cache-Control"]
    assert "immutable" not in client.get(f"{BASE}/card.png")["Cache-Control"]
    picture = Image.open(io.BytesIO(response.content))
    assert picture.size == (1200, 630)
    assert len(picture.getcolors(maxcolors=1000) or []) > 5
    assert len(response.content) < 80_000
    document = dict(version.document or {})
    best = min(_seconds(document) for _ in range(3))
    assert best < 0.2
    for normalized in ("TRUE", "MIXTURE", "OTHER"):
        long = document | {"normalized": normalized, "statement": "word " * 120, "one_line": "x" * 160}
        assert Image.open(io.BytesIO(card_png(long))).size == (1200, 630)
    for bad in ("0", "2", "x", "9" * 30, "%E2%91%A0"):
        assert client.get(f"{BASE}/card.png?v={bad}").status_code == 404


def _seconds(document: dict) -> float:
    start = time.process_time()
    card_png(document)
    return time.process_time() - start
