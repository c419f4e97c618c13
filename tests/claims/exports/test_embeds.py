"""A claim in somebody else's page: one frame, no script, nothing from elsewhere, honest about its age."""

import json
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from claims import editing
from tests.claims.publishing import START, claim, person, published

pytestmark = pytest.mark.django_db
BASE = "/claims/as-wide-as-a-city"


@pytest.mark.parametrize("rest", ["/embed/", "/v/1/embed/"])
def test_anybody_may_frame_an_embed_and_nothing_else(client: Client, rest: str) -> None:
    published(claim())
    response = client.get(f"{BASE}{rest}")
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response.headers
    for address in ("/", "/claims/", f"{BASE}/", "/status/"):
        page = client.get(address)
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"], address
        assert page["X-Frame-Options"] == "DENY"
    # answered from what the server kept, the headers are the same
    again = client.get(f"{BASE}{rest}")
    assert again["Content-Security-Policy"] == response["Content-Security-Policy"]
    assert "X-Frame-Options" not in again.headers


def test_it_says_the_verdict_without_a_script_or_a_request_to_others(client: Client) -> None:
    published(claim(statement="A <b>bold</b> claim"))
    text = client.get(f"{BASE}/embed/").content.decode()
    assert "Contradicted by the data" in text
    assert "The measured radius is 1.3 km." in text
    assert "<script" not in text
    assert "A &lt;b&gt;bold" in text
    for address in re.findall(r'(?:src|<link rel="stylesheet" href)="([^"]+)"', text):
        assert address.startswith("/static/")


def test_a_pinned_embed_says_when_a_newer_version_stands(client: Client) -> None:
    row = claim()
    published(row)
    assert "Updated since" not in client.get(f"{BASE}/v/1/embed/").content.decode()
    published(
        row, "supported", at=START + timedelta(days=1), reason_code="new_evidence", severity="verdict_change"
    )
    pinned = client.get(f"{BASE}/v/1/embed/").content.decode()
    assert "Updated since" in pinned
    assert "Supported by the data" in pinned
    assert "Contradicted by the data" in pinned
    live = client.get(f"{BASE}/embed/").content.decode()
    assert "Updated since" not in live
    assert "Supported by the data" in live


def test_a_stale_version_says_so_in_its_frame(client: Client) -> None:
    version = published(claim())
    editing.mark_stale(version, "orbit_changed", "JPL published a new solution.", at=START)
    assert "JPL published a new solution." in client.get(f"{BASE}/embed/").content.decode()


def oembed(client: Client, url: str, **given: object) -> dict:
    response = client.get("/oembed", {"url": url, "format": "json", **given})
    assert response.status_code == 200, response.content
    return json.loads(response.content)


def test_oembed_gives_one_bare_frame_within_the_size_asked_for(client: Client) -> None:
    published(claim(title="Titles & <tags>"))
    answer = oembed(client, f"{settings.SITE_URL}{BASE}/", maxwidth=400, maxheight=300)
    assert (answer["version"], answer["type"], answer["width"], answer["height"]) == ("1.0", "rich", 400, 300)
    assert re.fullmatch(
        r'<iframe src="[^"]+" width="400" height="300" title="[^"<>]+"></iframe>', answer["html"]
    )
    assert f"{settings.SITE_URL}{BASE}/embed/" in answer["html"]
    pinned = oembed(client, f"{settings.SITE_URL}{BASE}/v/1/")
    assert f"{BASE}/v/1/embed/" in pinned["html"]
    frame = re.search(r'src="([^"]+)"', pinned["html"])
    assert frame is not None
    assert client.get(frame[1].removeprefix(settings.SITE_URL)).status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 404),
        (f"url={quote('https://elsewhere.example/claims/as-wide-as-a-city/')}", 404),
        (f"url={quote(settings.SITE_URL)}/admin/", 404),
        (f"url={quote(settings.SITE_URL)}/claims/no-such-claim/", 404),
        ("url=http%3A%2F%2F%5Bbad", 404),
        ("url={own}&maxwidth=abc", 400),
        ("url={own}&maxwidth=0", 400),
        ("url={own}&maxheight=99999999999", 400),
        ("url={own}&maxwidth=1", 200),
        ("url={own}&format=xml", 501),
    ],
)
def test_oembed_refuses_what_it_cannot_answer(client: Client, query: str, status: int) -> None:
    row = claim()
    published(row)
    own = quote(f"{settings.SITE_URL}{BASE}/")
    assert client.get(f"/oembed?{query.replace('{own}', own)}").status_code == status


def test_oembed_does_not_speak_of_a_withdrawn_claim(client: Client) -> None:
    row = claim()
    published(row)
    editing.withdraw(row, actor=person("reviewer"), at=START, reason="A duplicate.")
    assert client.get("/oembed", {"url": f"{settings.SITE_URL}{BASE}/"}).status_code == 404
