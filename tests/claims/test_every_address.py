"""Every route of the public site: its own ETag, what a publication does to it, and calm under ten thousand guesses."""

import io
import json
import logging
import random
import re
import string
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote, unquote_to_bytes

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
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


@pytest.fixture
def ask(db: None) -> Iterator[Callable[[str], tuple[int, dict[str, str], bytes]]]:
    """The site itself, without the test client around it, which takes most of the time of ten thousand requests."""
    application = get_wsgi_application()

    def answers(address: str) -> tuple[int, dict[str, str], bytes]:
        path, _, query = address.partition("?")
        told: list[Any] = []
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": query.encode().decode("latin-1"),
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SCRIPT_NAME": "", "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "REMOTE_ADDR": "127.0.0.1",
        }  # fmt: skip
        response = application(environ, lambda status, headers, exc_info=None: told.extend((status, headers)))
        text = b"".join(response)
        response.close()
        return int(told[0][:3]), dict(told[1]), text

    # as Django's own test client does: the connection of the test's transaction must stay open
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield answers
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.once
@pytest.mark.timeout(400)
def test_ten_thousand_random_addresses_never_break_it(
    ask: Callable[[str], tuple[int, dict[str, str], bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "API_REQUESTS_PER_MINUTE", 1_000_000)
    chance = random.Random(20_261)
    signs = string.ascii_letters + string.digits + "/-_.~%&=+;:@!$'()*,<>\"{}|^`[] éλ☃\u202e"
    bits = [
        "<script>alert(1)</script>",
        "%00",
        "%ff",
        "..%2f",
        "'--",
        "{{7*7}}",
        "%0d%0aX-Evil:1",
        "9" * 400,
        "1-1",
        "null",
    ]
    # mostly addresses that refuse quickly: what every page does with a wrong parameter is asked elsewhere as well
    quick = [
        filled(route).partition("?")[0]
        for route in ROUTES
        if re.search("feed|changes|oembed|^api/v1/[a-z]+/", route)
    ]
    pages = ["/claims/", "/objects/", "/sources/", "/measurements/", "/archives/", "/claims/manhattan-sized/"]
    logging.getLogger("django.request").setLevel(logging.CRITICAL)  # ten thousand lines of "not found"
    try:
        for _ in range(10_000):
            tail = "".join(chance.choices(signs, k=chance.randint(0, 40))) + chance.choice(["", *bits])
            tail = tail if chance.random() < 0.3 else quote(tail, safe="%/=&")
            lot = chance.random()
            if lot < 0.85:  # an address that nobody gave
                address = (
                    chance.choice(["/", "/claims/", "/objects/", "/sources/", "/api/v1/", "/api/v1/claims/"])
                    + tail
                )
            else:
                start = chance.choice(quick) if lot < 0.99 else chance.choice(pages)
                address = f"{start}{chance.choice(['?before=', '?after=', '?fields=', '?limit='])}{tail}"
            status, headers, text = ask(address)
            assert status < 500 or status == 501, address
            assert b"Traceback" not in text, address
            assert b"<script>alert" not in text, address
            assert "X-Evil" not in headers, address
            if address.startswith("/api/") and status >= 400:
                assert headers["Content-Type"] == "application/problem+json", address
    finally:
        logging.getLogger("django.request").setLevel(logging.NOTSET)
