"""The read API: complete lists, honest errors, open to reading programs and to nothing else."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from claims import editing
from claims.delivery import answers
from claims.models import Measurement
from ephemeris.models import ArchivePoll, ArchiveStatusChange
from tests.claims.publishing import (
    START,
    campaign,
    claim,
    draft,
    measurement,
    person,
    published,
    published_claims,
    source,
)

pytestmark = pytest.mark.django_db
BASE = "/api/v1"


def read(client: Client, address: str) -> Any:
    response = client.get(address.removeprefix(settings.SITE_URL))
    assert response.status_code == 200, response.content
    return json.loads(response.content)


def chain(client: Client, address: str) -> list[dict[str, Any]]:
    items, following = [], address
    for _ in range(200):
        response = client.get(following.removeprefix(settings.SITE_URL))
        page = json.loads(response.content)
        items += page["items"]
        if page["next"] is None:
            assert "Link" not in response.headers
            return items
        assert response["Link"] == f'<{page["next"]}>; rel="next"'
        following = page["next"]
    raise AssertionError("the chain of pages does not end")


def test_pages_of_claims_tell_every_claim_once(client: Client) -> None:
    published_claims(23)
    items = chain(client, f"{BASE}/claims/?limit=5")
    assert [item["slug"] for item in items] == [f"claim-{number}" for number in reversed(range(23))]


def test_a_line_says_what_the_feed_says(client: Client) -> None:
    version = published(claim())
    [line] = read(client, f"{BASE}/claims/")["items"]
    told = read(client, "/feed.json")["items"][0]["_hyperbole"]
    for name in set(line) & set(told):
        assert line[name] == told[name], name
    assert line["content_sha256"] == version.content_sha256


def test_filters_hold_together_and_fields_can_be_chosen(client: Client) -> None:
    published(claim("a", topic="signals"), "supported")
    published(claim("b", topic="signals"))
    published(claim("c", body="2I"), at=START + timedelta(days=2))
    stale = published(claim("d", topic="origin"))
    editing.mark_stale(stale, "orbit_changed", "A new solution.", at=START)

    def slugs(query: str) -> list[str]:
        return sorted(item["slug"] for item in chain(client, f"{BASE}/claims/?{query}"))

    assert slugs("topic=signals") == ["a", "b"]
    assert slugs("topic=signals&verdict=supported") == ["a"]
    assert slugs("object=2I") == ["c"]
    assert slugs("stale=true") == ["d"]
    assert slugs("stale=false") == ["a", "b", "c"]
    assert slugs("published_since=2026-12-02T00:00:00Z") == ["c"]
    assert slugs("object=9I") == []
    page = read(client, f"{BASE}/claims/?fields=verdict,slug&limit=1&topic=signals")
    assert list(page["items"][0]) == ["slug", "verdict"]
    assert "fields=verdict%2Cslug" in page["next"]
    assert "topic=signals" in page["next"]


def test_one_claim_is_the_same_as_its_json_page(client: Client) -> None:
    published(claim())
    assert read(client, f"{BASE}/claims/as-wide-as-a-city/") == read(client, "/claims/as-wide-as-a-city.json")
    pinned = client.get(f"{BASE}/claims/as-wide-as-a-city/versions/1/")
    assert json.loads(pinned.content) == read(client, "/claims/as-wide-as-a-city/v/1.json")
    assert "immutable" in pinned["Cache-Control"]


def test_drafts_are_not_found_and_withdrawn_claims_are_gone(client: Client) -> None:
    draft(claim("secret-draft"))
    gone = claim("secret-withdrawn")
    published(gone)
    editing.withdraw(gone, actor=person("reviewer"), at=START, reason="It was a duplicate.")
    assert client.get(f"{BASE}/claims/secret-draft/").status_code == 404
    assert client.get(f"{BASE}/claims/secret-draft/versions/1/").status_code == 404
    response = client.get(f"{BASE}/claims/secret-withdrawn/")
    assert (response.status_code, json.loads(response.content)["reason"]) == (410, "It was a duplicate.")
    for address in ("claims/", "objects/", "measurements/", "sources/", "campaigns/"):
        assert "secret" not in client.get(f"{BASE}/{address}").content.decode()


@pytest.mark.parametrize("name", ["campaigns", "measurements", "sources"])
def test_the_id_of_a_list_is_the_one_of_its_address(client: Client, name: str) -> None:
    measurement("3i-radius", source=source("paper"))
    campaign("3i-campaign")
    first = read(client, f"{BASE}/{name}/?fields=id")["items"][0]
    assert list(first) == ["id"]
    assert read(client, f"{BASE}/{name}/{first['id']}/")["id"] == first["id"]


def test_measurements_sources_and_campaigns_are_pages_by_key(client: Client) -> None:
    for number in range(7):
        measurement(
            f"3i-number-{number}", source=source(f"paper-{number}"), series="radii" if number % 2 else ""
        )
        campaign(f"3i-campaign-{number}")
    old = measurement("3i-old")
    Measurement.objects.filter(pk=old.pk).update(superseded_by=measurement("3i-number-0"))
    assert len(chain(client, f"{BASE}/measurements/?limit=2")) == 8
    assert len(chain(client, f"{BASE}/measurements/?series=radii")) == 3
    assert len(chain(client, f"{BASE}/measurements/?object=3I&quantity=nucleus_radius&standing=true")) == 7
    assert [row["id"] for row in chain(client, f"{BASE}/measurements/?standing=false")] == ["3i-old"]
    assert read(client, f"{BASE}/measurements/3i-old/")["superseded_by"] == "3i-number-0"
    assert len(chain(client, f"{BASE}/sources/?limit=3&tier=2")) == 8
    assert len(chain(client, f"{BASE}/campaigns/?limit=3&object=3I")) == 7
    number = read(client, f"{BASE}/measurements/3i-number-1/")
    assert (number["value"], number["plus"], number["unit"], number["source"]) == (1.3, 0.2, "km", "paper-1")
    assert number["value_time"] is None


def test_a_campaign_says_what_was_asked_and_what_came_back(client: Client) -> None:
    row = campaign()
    assert read(client, f"{BASE}/campaigns/{row.key}/")["state"] == "unknown"
    poll = ArchivePoll.objects.create(
        campaign=row, archive="mast", asked_at=START, outcome="answered", query_text="SELECT 1", row_count=4,
        counts={"raw public": 4}, idempotency_key="1",
    )  # fmt: skip
    for number in range(2):
        ArchivePoll.objects.create(
            campaign=row, archive="mast", asked_at=START + timedelta(hours=1 + number), outcome="timeout",
            query_text="SELECT 1", idempotency_key=f"late-{number}",
        )  # fmt: skip
    ArchiveStatusChange.objects.create(campaign=row, at=START, after="public", cause="archive", poll=poll)
    told = read(client, f"{BASE}/campaigns/{row.key}/")
    assert (told["state"], told["state_cause"], told["polls"], told["failures_since"]) == (
        "public",
        "archive",
        3,
        2,
    )
    assert told["last_answered_poll"]["query_text"] == "SELECT 1"
    assert told["last_answered_poll"]["products"] == {"raw public": 4}


def test_an_object_counts_its_public_claims(client: Client) -> None:
    published(claim())
    draft(claim("secret-draft"))
    [line] = [row for row in read(client, f"{BASE}/objects/")["items"] if row["designation"] == "3I"]
    assert line["claims"]["contradicted"] == 1
    assert sum(line["claims"].values()) == 1
    assert read(client, f"{BASE}/objects/3I/") == line


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/claims/no-such-claim/", 404),
        ("/claims/a b/", 404),
        ("/claims/x/versions/99999999999999999999/", 404),
        ("/nothing", 404),
        ("/claim", 404),
        ("/objects/9I/", 404),
        ("/objects/%00/", 400),
        ("/claims/?after=abc", 422),
        ("/claims/?limit=0", 422),
        ("/claims/?limit=201", 422),
        ("/claims/?limit=1e3", 422),
        ("/claims/?verdict=<script>alert(1)</script>", 422),
        ("/claims/?fields=slug,<b>", 422),
        ("/claims/?published_since=yesterday", 422),
        ("/claims/?published_since=2026-01-01T00:00:00", 422),
        ("/claims/?published_since=1e30", 422),
        ("/claims/?stale=maybe", 422),
        ("/measurements/?after=" + "x" * 97, 422),
        ("/sources/?tier=8", 422),
        ("/sources/?kind=%00", 400),
        ("/campaigns/?object=" + "9" * 5000, 422),
    ],
)
def test_every_error_is_a_problem_document(client: Client, address: str, status: int) -> None:
    response = client.get(f"{BASE}{address}")
    body = json.loads(response.content)
    assert response["Content-Type"] == "application/problem+json"
    assert (response.status_code, body["status"]) == (status, status)
    assert {"type", "title", "status", "detail"} <= set(body)
    assert "<script>" not in response.content.decode()
    assert response["Access-Control-Allow-Origin"] == "*"


def test_only_reading_is_allowed(client: Client) -> None:
    response = client.post(f"{BASE}/claims/", {}, content_type="application/json")
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
    assert "GET" in response["Allow"]
    assert "Access-Control-Allow-Origin" not in response.headers
    head = client.head(f"{BASE}/claims/")
    assert (head.status_code, head.content) == (200, b"")
    asked = client.options(f"{BASE}/claims/", headers={"Origin": "https://other.example"})
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD"


@override_settings(API_REQUESTS_PER_MINUTE=3)
def test_the_rate_is_told_and_held_also_for_kept_answers(client: Client) -> None:
    cache.clear()
    seen = [client.get(f"{BASE}/claims/") for _ in range(5)]
    assert [response.status_code for response in seen] in (
        [200, 200, 200, 429, 429],
        [200] * 5,
    )  # a new minute began
    if seen[-1].status_code == 200:
        seen = [client.get(f"{BASE}/claims/") for _ in range(5)]
    assert seen[0]["RateLimit-Policy"] == '"minute";q=3;w=60'
    assert seen[0]["RateLimit"].startswith('"minute";r=')
    last = seen[-1]
    assert last.status_code == 429
    assert 0 < int(last["Retry-After"]) <= 61
    assert last["Content-Type"] == "application/problem+json"
    assert client.get("/feed.json").status_code == 200  # feeds are not the API


def test_without_its_cache_the_api_still_answers(client: Client) -> None:
    published(claim())
    broken = {
        "default": {"BACKEND": "config.cache.ForgivingRedisCache", "LOCATION": "unix:///nowhere/socket?db=1"}
    }
    with override_settings(CACHES=broken):
        assert client.get(f"{BASE}/claims/").status_code == 200
        assert client.get("/feed.json").status_code == 200
        assert client.get("/claims/as-wide-as-a-city/embed/").status_code == 200


@pytest.mark.parametrize("address", ["/claims/", "/claims/as-wide-as-a-city/", "/claims/as-wide-as-a-city/versions/1/", "/objects/", "/measurements/", "/openapi.json", "/docs"])  # fmt: skip
def test_it_answers_304_to_its_own_etag(client: Client, address: str) -> None:
    published(claim())
    first = client.get(f"{BASE}{address}")
    again = client.get(f"{BASE}{address}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "address", ["claims/?limit=60", "measurements/", "sources/", "campaigns/", "objects/"]
)
def test_a_list_costs_the_same_number_of_queries_for_few_and_for_many(client: Client, address: str) -> None:
    def queries() -> int:
        answers.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{BASE}/{address}")
        return len(captured)

    def add(number: int) -> None:
        editing.mark_stale(published(claim(f"claim-{number}")), "orbit_changed", "New.", at=START)
        measurement(f"3i-number-{number}", source=source(f"paper-{number}"))
        campaign(f"3i-campaign-{number}")

    add(0)
    add(1)
    few = queries()
    for number in range(2, 12):
        add(number)
    assert queries() == few
    assert few <= 8


def test_the_docs_page_is_served_from_here_and_lists_every_operation(client: Client) -> None:
    document = read(client, f"{BASE}/openapi.json")
    assert document["openapi"].startswith("3.1")
    page = client.get(f"{BASE}/docs").content.decode()
    for path in document["paths"]:
        assert path in page
    loaded = re.findall(r"<script\b([^>]*)>", page)
    assert all(re.fullmatch(r' src="/static/[\w./-]+"( defer)?', attributes) for attributes in loaded), loaded
    assert "//cdn" not in page
