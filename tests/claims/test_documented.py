"""docs/api.md says what is so: every address it names answers as it says, and its lists are those of the site."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from claims.bulk.tables import TABLES
from claims.feeds.change_items import changes_feed
from claims.feeds.registry import formats
from claims.scales import REASON_CODES, SEVERITIES
from tests.claims.addresses import SLUG

pytestmark = pytest.mark.django_db
TEXT = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text()
CODE = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", TEXT, flags=re.S))
OBJECT = "/api/v1/objects/3I/"
TYPES = {
    ".atom": "application/atom+xml", ".csl.json": "application/vnd.citationstyles.csl+json", "feed.json": "application/feed+json",
    "changes.json": "application/feed+json", ".json": "application/json", ".csv": "text/csv", ".txt": "text/plain", ".bib": "application/x-bibtex",
    ".ris": "application/x-research-info-systems", ".png": "image/png", ".zip": "application/zip", ".xml": ("application/xml", "application/opensearchdescription+xml"),
}  # fmt: skip
DATA = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"


def section(title: str) -> str:
    """The text below a heading, up to the next one."""
    return re.split(r"\n##+ ", TEXT.split(f" {title}\n", 1)[1])[0]


def documented() -> list[str]:
    """Every address that the page names, with its examples' values where it has placeholders."""
    found: list[str] = []
    for code in CODE:
        if code.startswith("/") and not code.startswith("/api/v1/objects/3I/"):
            found.append(code)
        elif code.startswith("…/") and found:
            found.append(found[-1].rpartition("/")[0] + code.removeprefix("…"))
        elif re.fullmatch(r"\.[a-z.]+", code) and found:  # `/feed.json`, `.atom`
            found.append(re.sub(r"(/[^/.]+)(/|\.[^/]*)$", rf"\g<1>{code}", found[-1]))
    found += [OBJECT + code for code in re.findall(r"\| `([a-z-]+/[^`]*)`", section("Where an object is"))]
    found += re.findall(r"http://127\.0\.0\.1:8000([^'\s\"`]+)'?", TEXT.replace("…&after=…", ""))
    claim = quote(f"{settings.SITE_URL}/claims/{SLUG}/", safe="")
    given = {"<slug>": SLUG, "<n>": "1", "<name>": "releases-3I", "<address of a claim or chart>": claim}
    for name, value in given.items():
        found = [address.replace(name, value) for address in found]
    return sorted(set(found))


ADDRESSES = documented()
POSTED = "/api/v1/match"
REFUSED = "/api/v1/claims/?limit=0"


def test_it_finds_the_addresses_that_the_page_names() -> None:
    assert len(ADDRESSES) >= 45, ADDRESSES
    for address in (
        "/feed.atom", "/objects/3I/feed.atom", f"/claims/{SLUG}/v/1/cite.csl.json", f"/claims/{SLUG}/v/1/sources.ris",
        f"{OBJECT}asymptotes/", "/sitemap.xml", "/data/hyperbole.zip", REFUSED, POSTED,
    ):  # fmt: skip
        assert address in ADDRESSES


@pytest.mark.parametrize("address", [one for one in ADDRESSES if one not in (POSTED, REFUSED, "/api/v1/")])
def test_an_address_of_the_page_answers_as_the_page_says(client: Client, address: str) -> None:
    first = client.get(address)
    body = b"".join(first.streaming_content) if first.streaming else first.content
    assert first.status_code == 200, body[:300]
    assert body
    path = address.partition("?")[0]
    wanted = next((kind for end, kind in TYPES.items() if path.endswith(end)), None)
    if wanted is None and path.startswith("/api/v1/") and path != "/api/v1/docs":
        wanted = "application/json"
    if wanted:
        assert first["Content-Type"].partition(";")[0] in ([wanted] if isinstance(wanted, str) else wanted)
    assert re.fullmatch(r'"[^"]+"', first["ETag"])
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, b"" if again.streaming else again.content) == (304, b"")
    # a corrected drawing reaches old versions too, and a frame says that a newer version stands
    pinned = re.search(r"/v/1[./]|\?v=", address) and not re.search(r"/embed/|/chart\.", address)
    if pinned:
        assert first["Cache-Control"] == "public, max-age=31536000, immutable"
    elif path.startswith(("/api/v1/", "/feed", "/changes")) and path != "/api/v1/docs":
        assert first["Cache-Control"] == DATA
        assert first["Access-Control-Allow-Origin"] == "*"
    if path.startswith("/api/v1/"):
        assert re.fullmatch(r'"minute";q=\d+;w=60', first["RateLimit-Policy"])
        assert re.fullmatch(r'"minute";r=\d+;t=\d+', first["RateLimit"])


def test_a_wrong_parameter_and_another_method_are_refused_as_it_says(client: Client) -> None:
    refused = client.get(REFUSED)
    assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")
    told = json.loads(refused.content)
    assert told["title"] == "Value not accepted"
    assert told["detail"] == "limit: Input should be greater than or equal to 1"
    unknown = client.get("/api/v1/claims/?fields=slug,shoe_size")
    assert unknown.status_code == 422
    assert "one_line" in unknown.content.decode()
    put = client.put("/api/v1/claims/")
    assert (put.status_code, put["Allow"]) == (405, "GET, HEAD, OPTIONS")
    for address in (f"/claims/{SLUG}", "/api/v1/claims"):
        assert client.get(address).status_code == 301
    matched = client.post(
        POSTED,
        {"text": "Webb confirmed that 3I/ATLAS leaks an alloy that does not exist in nature."},
        content_type="application/json",
    )
    assert json.loads(matched.content)["matches"][0]["slug"] == "jwst-confirmed-alien-alloy"


def test_the_members_of_the_extension_are_those_it_lists(client: Client) -> None:
    rows = re.findall(r"^\| (`[^|]+) \| ", section("Feeds"), re.M)
    listed = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    items = json.loads(client.get("/feed.json").content)["items"]
    assert {name for item in items for name in item["_hyperbole"]} == listed
    for name in ("evidence", "appearances"):
        keys = re.search(rf"^\| `{name}` \| .*?`{{([^}}]+)}}`", section("Feeds"), re.M)
        assert keys is not None
        members = {key.strip() for key in keys[1].split(",")}
        assert {key for item in items for row in item["_hyperbole"][name] for key in row} == members


def test_its_lists_are_those_of_the_site(client: Client) -> None:
    changes = section("Changes")
    severities, reasons = re.findall(r"(?:Severities|Reasons): ([^.]+)\.", changes)
    assert re.split(r",\s+", severities) == list(SEVERITIES)
    assert set(re.split(r",\s+", reasons)) == set(REASON_CODES)
    events = {
        entry["_hyperbole"]["event"] for entry in json.loads(client.get("/changes.json").content)["items"]
    }
    assert events <= set(re.findall(r"`(\w+)`", changes))
    assert changes_feed(formats()["json"], None).entries
    tables = re.search(r"\(version 2\): (.*?) as CSV", section("Bulk"), re.S)
    assert tables is not None
    assert re.findall(r"`(\w+)`", tables[1]) == [table.name for table in TABLES]


FILTERS = {
    noun.lower(): re.findall(r"`(\w+)`", names)
    for noun, names in re.findall(r"(Claims|Measurements|Sources|Campaigns): ((?:`\w+`(?:, )?)+)", section("API").replace("\n ", ""))
}  # fmt: skip


def test_every_filter_it_names_is_one(client: Client) -> None:
    assert set(FILTERS) == {"claims", "measurements", "sources", "campaigns"}
    schema: dict[str, Any] = json.loads(client.get("/api/v1/openapi.json").content)
    for noun, names in FILTERS.items():
        parameters = {one["name"] for one in schema["paths"][f"/api/v1/{noun}/"]["get"]["parameters"]}
        assert parameters == {*names, "limit", "after", "fields"}, noun
