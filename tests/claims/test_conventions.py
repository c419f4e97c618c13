"""What every machine-readable address keeps to: methods, links, dates, and errors that a program can read."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils.http import parse_http_date

from claims import editing
from claims.delivery import answers
from claims.exports.site_notes import OPENSEARCH
from claims.feeds.registry import formats
from claims.models import CheckRun, Claim, ClaimRelation
from claims.queries import latest, published_claims
from tests.claims.publishing import START, claim, person, published

pytestmark = pytest.mark.django_db
SLUG = "manhattan-sized"
FEEDS = [
    "/feed.json",
    "/feed.atom",
    "/changes.json",
    "/claims/feed.json?topic=signals",
    "/objects/3I/feed.atom",
]
READ_ONLY = [
    *FEEDS,
    f"/claims/{SLUG}.json",
    f"/claims/{SLUG}.csv",
    "/oembed",
    "/sitemap.xml",
    "/data/hyperbole.zip",
]


@pytest.mark.parametrize("address", [*READ_ONLY, "/api/v1/claims/", "/api/v1/openapi.json"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_another_method_is_a_405_even_without_a_token_of_forms(address: str, method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert json.loads(response.content)["status"] == 405
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize(
    "address", [*FEEDS, f"/claims/{SLUG}/", f"/claims/{SLUG}.json", "/api/v1/claims/", "/robots.txt"]
)
def test_head_says_what_get_says_without_the_body(client: Client, address: str) -> None:
    answers.clear()
    head = client.head(address)
    whole = client.get(address)
    assert head.content == b""
    told = (
        "ETag",
        "Content-Type",
        "Content-Length",
        "Cache-Control",
        "Last-Modified",
        "Link",
        "Access-Control-Allow-Origin",
    )
    assert [head.get(name) for name in told] == [whole.get(name) for name in told]
    assert int(head["Content-Length"]) == len(whole.content)
    assert client.head(address, headers={"If-None-Match": whole["ETag"]}).status_code == 304


def test_browsers_learn_what_they_may_do_without_a_body(client: Client) -> None:
    for address in ("/feed.json", "/api/v1/claims/"):
        asked = client.options(address, headers={"Origin": "https://other.example"})
        assert (asked.status_code, asked.content) == (204, b"")
        assert "Content-Type" not in asked.headers


@pytest.mark.parametrize("address", ["/claims/no-such.json", "/api/v1/nothing", "/oembed?format=xml", "/claims/no-such/", "/nothing"])  # fmt: skip
def test_a_proxy_may_not_keep_an_error_by_itself(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code in (404, 501)
    assert response["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("asked", "stands"),
    [
        ("/api/v1/claims?limit=2&object=3I", "/api/v1/claims/?limit=2&object=3I"),
        (f"/api/v1/claims/{SLUG}", f"/api/v1/claims/{SLUG}/"),
        ("/api/v1/docs/", "/api/v1/docs"),
    ],
)
def test_the_api_leads_to_the_address_with_the_right_slash(client: Client, asked: str, stands: str) -> None:
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, stands)
    assert client.get(stands).status_code == 200


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_names_itself_its_hub_and_its_next_page_in_the_header(client: Client, address: str) -> None:
    def links(response: Any) -> dict[str, str]:
        return {relation: url for url, relation in re.findall(r'<([^>]+)>; rel="([^"]+)"', response["Link"])}

    found = links(client.get(address))
    assert found["self"] == f"{settings.SITE_URL}{address}"
    assert "hub" not in found
    if "next" in found:
        following = client.get(found["next"].removeprefix(settings.SITE_URL))
        assert links(following)["self"] == found["self"], "one topic, on every page"
    answers.clear()
    with override_settings(WEBSUB_HUB="https://hub.example/"):
        response = client.get(address)
    assert links(response)["hub"] == "https://hub.example/"
    assert b"https://hub.example/" in response.content


def test_every_page_announces_every_format_of_the_feeds(client: Client) -> None:
    announced = set(re.findall(r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">', client.get("/objects/3I/").content.decode()))  # fmt: skip
    for extension, format_ in formats().items():
        kind = format_.media_type.partition(";")[0]
        for feed in ("/feed", "/changes", "/objects/3I/feed"):
            assert (kind, f"{feed}.{extension}") in announced
    for _, address in announced:
        assert client.get(address).status_code == 200


def modified(client: Client, address: str) -> float:
    answers.clear()
    return parse_http_date(client.get(address)["Last-Modified"])


def stale(version: Any, later: Any) -> None:
    editing.mark_stale(version, "orbit_changed", "A new solution.", at=later)


def run(version: Any, later: Any) -> None:
    CheckRun.objects.create(
        claim=version.claim, name="size_from_magnitude", params={"albedo": 0.04}, input_digest="a", outcome="agrees",
        sentence="So it is.", result={}, as_of=later, ran_at=later,
    )  # fmt: skip


def republish_related(version: Any, later: Any) -> None:
    other = Claim.objects.get(slug="the-other")
    published(other, "supported", at=later, reason_code="wording", severity="clarification")


@pytest.mark.parametrize(
    ("address", "change"),
    [
        ("/feed.json", stale), ("/feed.json", run), ("/feed.atom", stale), ("/changes.json", stale),
        ("/claims/dated.json", stale), ("/claims/dated.json", run), ("/claims/dated.json", republish_related),
        ("/api/v1/claims/dated/", run), ("/claims/dated/embed/", stale), ("/api/v1/claims/", stale), ("/sitemap.xml", stale),
    ],
)  # fmt: skip
def test_the_date_moves_with_whatever_changes_an_answer(
    client: Client, empty_record: None, address: str, change: Callable[[Any, Any], None]
) -> None:
    row = claim("dated")
    row.checks.create(name="size_from_magnitude", params={"albedo": 0.04})
    other = claim("the-other")
    ClaimRelation.objects.create(claim=row, other=other, relation="depends_on")
    version = published(row)
    published(other)
    before = modified(client, address)
    later = START + timedelta(days=3)
    change(version, later)
    assert modified(client, address) == later.timestamp() > before


def test_a_withdrawal_moves_the_date_of_the_pages_it_takes_wording_from(
    client: Client, empty_record: None
) -> None:
    row = claim("told-first")
    published(row)
    for place in range(55):
        published(claim(f"told-{place}"), at=START + timedelta(minutes=place + 1))
    second = json.loads(client.get("/changes.json").content)["next_url"].removeprefix(settings.SITE_URL)
    assert b"told first" in client.get(second).content.lower()
    later = START + timedelta(days=3)
    editing.withdraw(row, actor=person("reviewer"), at=later, reason="A duplicate.")
    assert modified(client, second) == later.timestamp()


def test_a_pinned_page_points_to_what_is_pinned(client: Client) -> None:
    version = published_claims().get(slug=SLUG).current_version
    assert version is not None
    page = client.get(f"/claims/{SLUG}/v/{version.number}/")
    own = f"{settings.SITE_URL}/claims/{SLUG}/v/{version.number}"
    assert f'<{own}.json>; rel="alternate"; type="application/json"' in page["Link"]
    assert f'<{settings.SITE_URL}/claims/{SLUG}/>; rel="latest-version"' in page["Link"]
    text = page.content.decode()
    assert f'<link rel="canonical" href="{own}/">' in text
    assert f'href="{own}.json"' in text
    assert f'property="og:url" content="{own}/"' in text
    live = client.get(f"/claims/{SLUG}/")
    assert f'<link rel="canonical" href="{settings.SITE_URL}/claims/{SLUG}/">' in live.content.decode()
    assert f"/claims/{SLUG}.json>" in live["Link"]


@pytest.mark.parametrize(
    ("widest", "thumbnail"), [(1, False), (320, False), (1199, False), (1200, True), (None, True)]
)
def test_oembed_stays_within_the_size_asked_for(client: Client, widest: int | None, thumbnail: bool) -> None:
    given = {"maxwidth": widest} if widest else {}
    answer = json.loads(
        client.get("/oembed", {"url": f"{settings.SITE_URL}/claims/{SLUG}/", **given}).content
    )
    assert answer["width"] == min(600, widest or 600)
    assert f'width="{answer["width"]}"' in answer["html"]
    members = {"thumbnail_url", "thumbnail_width", "thumbnail_height"}
    assert members & set(answer) == (members if thumbnail else set())


def test_the_picture_of_the_search_description_is_there(client: Client) -> None:
    image = ElementTree.fromstring(client.get("/opensearch.xml").content).findtext(f"{{{OPENSEARCH}}}Image")
    assert image
    picture = client.get(image.removeprefix(settings.SITE_URL))
    assert picture.status_code == 200
    assert b"<svg" in b"".join(picture.streaming_content)


def test_the_latest_of_nothing_is_nothing() -> None:
    assert latest(None, None) is None
