"""Every public address: 304 to its own ETag, and calm under abuse."""

import random
import re
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from claims.exports.site_notes import SITEMAP

pytestmark = pytest.mark.django_db
SLUG = "manhattan-sized"
FIXED = [
    "/", "/claims/", "/claims/?topic=signals&verdict=contradicted", "/claims/?q=nickel", f"/claims/{SLUG}/",
    f"/claims/{SLUG}/v/1/", f"/claims/{SLUG}/history/", f"/claims/{SLUG}.json", f"/claims/{SLUG}.csv",
    f"/claims/{SLUG}/v/1.json", f"/claims/{SLUG}/v/1/cite.bib", f"/claims/{SLUG}/v/1/sources.csl.json",
    f"/claims/{SLUG}/card.png?v=1", f"/claims/{SLUG}/embed/", f"/claims/{SLUG}/v/1/embed/", "/objects/", "/objects/3I/",
    "/archives/", "/sources/", "/measurements/", "/corrections/", "/method/", "/feed.json", "/feed.atom",
    "/changes.json", "/changes.atom", "/objects/1I/feed.json", "/claims/feed.json?verdict=supported", "/robots.txt",
    "/sitemap.xml", "/opensearch.xml", "/.well-known/security.txt", "/api/v1/openapi.json", "/api/v1/docs",
    "/api/v1/claims/", f"/api/v1/claims/{SLUG}/", "/api/v1/objects/", "/api/v1/measurements/", "/api/v1/sources/",
    "/api/v1/campaigns/", "/data/hyperbole.zip",
    f"/oembed?url={quote(settings.SITE_URL)}%2Fclaims%2F{SLUG}%2F",
]  # fmt: skip


@pytest.mark.parametrize("address", FIXED)
def test_it_answers_304_to_its_own_etag_with_an_empty_body(client: Client, address: str) -> None:
    first = client.get(address)
    assert first.status_code == 200
    if first.streaming:
        assert b"".join(first.streaming_content)
    assert re.fullmatch(r'"[^"]+"', first["ETag"]), "a strong ETag"
    assert "max-age" in first["Cache-Control"]
    assert "Set-Cookie" not in first.headers
    assert "cookie" not in first.get("Vary", "").lower()
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    # "*" and a list match too; another tag does not
    assert client.get(address, headers={"If-None-Match": f'"other", {first["ETag"]}'}).status_code == 304
    other = client.get(address, headers={"If-None-Match": '"other"'})
    assert other.status_code == 200
    if other.streaming:
        assert b"".join(other.streaming_content)


def test_every_page_of_the_sitemap_answers_304_too(client: Client) -> None:
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    addresses = [loc.text or "" for loc in root.iter(f"{{{SITEMAP}}}loc")]
    chosen = random.Random(7).sample(addresses, 40)
    for address in chosen:
        path = address.removeprefix(settings.SITE_URL)
        first = client.get(path)
        assert first.status_code == 200, path
        assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304, path


HEADERS = [
    {"Accept": "application/xml;q=0.1, */*;q=x"}, {"Accept": "<script>alert(1)</script>"}, {"Accept": "a" * 5000},
    {"Range": "bytes=0-"}, {"Range": "bytes=-1,5-2,<b>"}, {"If-None-Match": 'W/"' + "x" * 4000}, {"If-None-Match": ","},
    {"If-Modified-Since": "yesterday"}, {"If-Modified-Since": "Fri, 99 Foo 9999 99:99:99 GMT"}, {"If-Match": '"x"'},
    {"Accept-Encoding": "gzip;q=0, br;q=zz, *"}, {"Accept-Language": "xx-<b>"}, {"Host": "evil.example"},
    {"X-Forwarded-For": "1.1.1.1, <script>"}, {"X-Forwarded-Host": "evil.example"}, {"Cookie": "sessionid=" + "x" * 500},
    {"Content-Length": "5"}, {"Origin": "null"},
]  # fmt: skip


@pytest.mark.parametrize("headers", HEADERS, ids=lambda headers: f"{next(iter(headers.items()))}"[:40])
@pytest.mark.parametrize(
    "address", ["/feed.json", f"/claims/{SLUG}/", "/api/v1/claims/", f"/claims/{SLUG}/card.png"]
)
def test_hostile_headers_never_break_it(client: Client, address: str, headers: dict[str, str]) -> None:
    response = client.get(address, headers=headers)
    assert response.status_code in (200, 304, 400, 412)
    assert b"<script>alert" not in response.content
    assert b"Traceback" not in response.content
    assert b"evil.example" not in response.content


def test_hostile_headers_never_break_the_package(client: Client) -> None:
    for headers in HEADERS:
        response = client.get("/data/hyperbole.zip", headers=headers)
        assert response.status_code in (200, 206, 304, 400, 412, 416), headers
        text = b"".join(response.streaming_content) if response.streaming else response.content
        assert b"Traceback" not in text, headers
        if response.status_code == 200:
            assert text.startswith(b"PK"), "whole, or not at all"


PLACES = [
    "/feed.json?before={}", "/changes.json?before={}", "/claims/feed.json?verdict={}", "/claims/feed.json?topic={}",
    "/claims/?q={}", "/claims/?after={}", "/claims/?topic={}", "/claims/{}/", "/claims/{}.json", "/claims/{}/v/1/",
    "/claims/manhattan-sized/v/{}/", "/claims/manhattan-sized/card.png?v={}", "/objects/{}/", "/objects/{}/feed.json",
    "/measurements/{}/", "/measurements/?after={}", "/sources/{}/", "/sources/?after={}", "/oembed?url={}",
    "/oembed?url=x&maxwidth={}", "/api/v1/claims/?after={}", "/api/v1/claims/?fields={}", "/api/v1/{}",
    "/api/v1/claims/{}/", "/api/v1/campaigns/?object={}", "/api/v1/measurements/?limit={}", "/{}", "/sitemap-claims-{}.xml",
    "/archives/?object={}",
]  # fmt: skip
NASTY = [
    "", "0", "-1", "99999999999999999999999999", "1e309", "NaN", "<script>alert(1)</script>", "' OR 1=1 --", "../../etc/passwd",
    "%00", "%ff%fe", "%ED%A0%80", "é" * 300, "a" * 8000, "1-1", "log-1-1", "{{7*7}}", "\"><img src=x>", "*", "AND OR NOT (",
    "NEAR/", '"', "٣", "1;DROP TABLE x", "javascript:alert(1)", "http://[::1", "\u202e", "%0d%0aSet-Cookie:x=1",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_hostile_parameters_never_break_it(client: Client, place: str) -> None:
    for nasty in NASTY:
        address = place.replace("{}", nasty if nasty.startswith("%") else quote(nasty, safe="/.:-*"))
        response = client.get(address)
        assert response.status_code < 500, address
        text = response.content
        assert b"<script>alert(1)" not in text, address
        assert b"><img src=x>" not in text, address
        assert b"Traceback" not in text, address
        assert "x=1" not in str(response.headers.get("Set-Cookie")), address
