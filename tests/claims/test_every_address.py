"""Every route of the public site: its own ETag, and what a publication does to it."""

import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from claims.models import Claim
from claims.queries import published_claims
from tests.claims.addresses import filled, patterns
from tests.claims.publishing import campaign, measurement, published, source

pytestmark = pytest.mark.django_db
ROUTES = sorted(set(patterns()))


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_it_knows_the_routes() -> None:
    assert len(ROUTES) > 60
    for route in (
        "",
        "feed.json",
        "claims/<slug:slug>/",
        "data/hyperbole.zip",
        "api/v1/claims/",
        "sitemap.xml",
    ):
        assert route in ROUTES


def test_every_route_answers_304_to_its_own_etag_with_an_empty_body(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "of-the-monitor"
    reached = 0
    for route in ROUTES:
        if "readings/<" in route:  # its keys are those of the readings page
            continue
        address = filled(route)
        known = {"Authorization": "Bearer of-the-monitor"} if route == "metrics" else {}
        for coding in ("identity", "gzip"):
            first = client.get(address, headers={"Accept-Encoding": coding, **known})
            body(first)
            if first.status_code == 405:  # asked with POST alone
                assert "GET" not in first["Allow"], address
                continue
            if first.status_code == 302:  # an address that stands for another
                continue
            if address == "/api/v1/":  # the API has no page of its own there
                assert first.status_code == 404
                continue
            assert first.status_code == 200, (address, first.status_code)
            if re.search("no-store|private", first["Cache-Control"]):
                assert "ETag" not in first.headers, address
                continue
            assert re.fullmatch(r'"[^"]+"', first["ETag"]), address
            assert "Set-Cookie" not in first.headers, address
            again = client.get(address, headers={"Accept-Encoding": coding, "If-None-Match": first["ETag"]})
            assert (again.status_code, body(again)) == (304, b""), address
            assert again["ETag"] == first["ETag"], address
            assert again["Cache-Control"] == first["Cache-Control"], address
            reached += 1
    assert reached > 110


def test_a_publication_changes_exactly_the_etags_of_what_it_touches(client: Client) -> None:
    for fact in (measurement, source, campaign):
        fact()  # what the next version will rest on is there before
    feed = json.loads(client.get("/feed.json").content)
    newest = next(
        item["_hyperbole"]
        for item in feed["items"]
        if item["_hyperbole"]["object"] == "3I" and item["_hyperbole"]["verdict"] == "contradicted"
    )
    row = published_claims().get(slug=newest["slug"])
    slug = row.slug
    assert row.current_version is not None
    before, topic = row.current_version.verdict, row.current_version.topic
    related = set(Claim.objects.filter(current_version__relations__other=row))
    related |= set(Claim.objects.filter(pk__in=row.current_version.relations.values("other")))
    stranger = next(
        claim
        for claim in published_claims().filter(body__designation="1I").order_by("slug")
        if claim not in related
    )
    touched = [
        "/", "/claims/", f"/claims/?topic={topic}", f"/claims/{slug}/", f"/claims/{slug}/history/", f"/claims/{slug}.json",
        f"/claims/{slug}/embed/", f"/claims/{slug}/v/1/embed/", f"/claims/{slug}/card.png", "/feed.json", "/feed.atom",
        "/changes.json", "/changes.atom", "/objects/3I/feed.json", f"/claims/feed.json?topic={topic}",
        f"/claims/feed.json?verdict={before}", "/claims/feed.json?verdict=supported", "/objects/3I/", "/corrections/",
        "/sitemap.xml", "/api/v1/claims/", f"/api/v1/claims/{slug}/", "/api/v1/objects/", "/api/v1/objects/3I/",
        f"/oembed?url={quote(settings.SITE_URL)}%2Fclaims%2F{slug}%2F",
    ]  # fmt: skip
    untouched = [
        f"/claims/{slug}/v/1.json", f"/claims/{slug}/v/1/cite.bib", f"/claims/{slug}/v/1/sources.ris",
        f"/claims/{slug}/card.png?v=1", f"/api/v1/claims/{slug}/versions/1/", f"/claims/{stranger.slug}/",
        f"/claims/{stranger.slug}.json", f"/claims/{stranger.slug}.csv", f"/claims/{stranger.slug}/embed/",
        f"/claims/{stranger.slug}/v/1/", "/objects/1I/feed.json", "/objects/1I/", "/objects/2I/feed.atom",
        "/claims/feed.json?verdict=not_checkable", "/api/v1/claims/?object=2I", "/api/v1/objects/1I/",
        "/api/v1/measurements/", "/api/v1/sources/", "/api/v1/campaigns/", "/api/v1/checks/", "/api/v1/openapi.json",
        "/api/v1/docs", "/measurements/", feed["next_url"].removeprefix(settings.SITE_URL), "/robots.txt", "/opensearch.xml", "/.well-known/security.txt",
        f"/api/v1/claims/{stranger.slug}/checks/",
    ]  # fmt: skip
    tags = {address: client.get(address)["ETag"] for address in touched + untouched}
    published(row, "supported", at=timezone.now() + timedelta(minutes=1), reason_code="new_evidence", severity="verdict_change")  # fmt: skip
    moved = {
        address
        for address, tag in tags.items()
        if client.get(address, headers={"If-None-Match": tag}).status_code == 200
    }
    assert (moved - set(touched), set(touched) - moved) == (set(), set())
