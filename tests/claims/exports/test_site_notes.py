"""What the site tells programs about itself."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client, override_settings

from claims import editing
from claims.exports import site_notes
from tests.claims.publishing import START, claim, draft, measurement, person, published, published_claims

pytestmark = pytest.mark.django_db
NAMES = {"s": site_notes.SITEMAP, "o": site_notes.OPENSEARCH}


def sitemap(client: Client, address: str = "/sitemap.xml") -> dict[str, str | None]:
    response = client.get(address)
    assert response["Content-Type"].startswith("application/xml")
    root = ElementTree.fromstring(response.content)
    return {
        url.findtext("s:loc", "", NAMES): url.findtext("s:lastmod", None, NAMES)
        for url in root.findall("s:url", NAMES)
    }


def test_the_sitemap_has_every_public_claim_with_its_true_date(client: Client) -> None:
    version = published(claim())
    draft(claim("secret-draft"))
    gone = claim("secret-withdrawn")
    published(gone)
    editing.withdraw(gone, actor=person("reviewer"), at=START, reason="A duplicate.")
    page = f"{settings.SITE_URL}/claims/as-wide-as-a-city/"
    found = sitemap(client)
    assert found[page] == START.isoformat()
    assert not [address for address in found if "secret" in address]
    editing.mark_stale(version, "orbit_changed", "A new solution.", at=START + timedelta(days=2))
    assert sitemap(client)[page] == (START + timedelta(days=2)).isoformat()


def test_every_address_of_the_sitemap_answers(client: Client) -> None:
    published(claim())
    measurement()
    for address in sitemap(client):
        assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200, address


def test_a_large_record_has_an_index_of_maps(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    published_claims(5)
    monkeypatch.setattr(site_notes, "MOST", 2)
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    parts = [loc.text or "" for loc in root.iterfind("s:sitemap/s:loc", NAMES)]
    assert len(parts) == 4
    pages = [address for part in parts for address in sitemap(client, part.removeprefix(settings.SITE_URL))]
    assert len([address for address in pages if "/claims/claim-" in address]) == 5
    assert client.get("/sitemap-claims-9.xml").status_code == 404


def test_robots_name_the_sitemap_and_leave_the_admin_alone(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
    assert "Disallow: /admin/" in text


def test_the_security_note_has_a_contact_and_a_time_to_renew_it(client: Client) -> None:
    text = client.get("/.well-known/security.txt").content.decode()
    assert text.startswith("Contact: ")
    assert "Expires: " in text


def test_without_a_contact_there_is_no_security_note(client: Client) -> None:
    with override_settings(SECURITY_CONTACT=""):
        assert client.get("/.well-known/security.txt").status_code == 404


def test_a_browser_learns_how_to_search(client: Client) -> None:
    root = ElementTree.fromstring(client.get("/opensearch.xml").content)
    template = root.find("o:Url", NAMES)
    assert template is not None
    assert template.get("template") == f"{settings.SITE_URL}/claims/?q={{searchTerms}}"
