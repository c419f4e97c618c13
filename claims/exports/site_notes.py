"""What the site tells programs about itself: robots, sitemap, security contact, search description."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element, SubElement, tostring

import orjson
from django.conf import settings
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static

from claims.addresses import absolute, claim_url
from claims.counts import claim_counts
from claims.delivery import open_data, with_last_modified
from claims.generation import generation_of
from claims.models import GuidedReading, Measurement, Source
from claims.problems import problem
from claims.queries import latest, latest_archive_change, latest_load, latest_publication, published_claims
from claims.site_charts.registry import keys as chart_keys
from ephemeris.models import SmallBody

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
# the protocol allows 50,000 addresses a file
MOST = 20_000
# more parts than a database could fill: larger numbers are not asked for
LAST_PART = 1_000_000


@open_data
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read; searches and embeds are not for an index."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /claims/?",
        "Disallow: /api/v1/match",
        "Allow: /",
        f"Sitemap: {absolute('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@open_data
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116; it must be renewed in less than a year."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    contact = settings.SECURITY_CONTACT
    if not contact:
        return problem(
            404, "the operator of this site has named no security contact (HYPERBOLE_SECURITY_CONTACT)"
        )
    lines = [
        f"Contact: {contact}",
        f"Expires: {today + timedelta(days=360):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {absolute('/.well-known/security.txt')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@open_data
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser searches this site."""
    root = Element("OpenSearchDescription", {"xmlns": OPENSEARCH})
    for name, text in (
        ("ShortName", "Hyperbole"),
        ("Description", "Reviewed claims about interstellar objects"),
        ("InputEncoding", "UTF-8"),
    ):
        SubElement(root, name).text = text
    template = f"{absolute('/claims/')}?q={{searchTerms}}"
    SubElement(root, "Url", {"type": "text/html", "method": "get", "template": template})
    icon = SubElement(root, "Image", {"type": "image/svg+xml"})
    icon.text = absolute(static("img/mark.svg"))
    body = tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="application/opensearchdescription+xml")


@open_data
def manifest(request: HttpRequest) -> HttpResponse:
    """How a phone shows the site among its programs (W3C Web Application Manifest)."""
    icons = [
        {"src": static(f"img/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    body = {
        "name": "Hyperbole: reviewed claims about interstellar objects",
        "short_name": "Hyperbole",
        "start_url": "/",
        "display": "browser",
        "background_color": "#fbfaf7",
        "theme_color": "#fbfaf7",
        "icons": [*icons, {"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return HttpResponse(orjson.dumps(body), content_type="application/manifest+json")


def favicon(request: HttpRequest) -> HttpResponse:
    """Where programs that read no page look for the icon."""
    return HttpResponseRedirect(static("img/icon-48.png"))


@open_data
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the maps when there are several, and the one map otherwise."""
    claims = sum(claim_counts(generation_of(request)).values())
    if claims <= MOST:
        return _map(_pages() + _claims(0))
    root = Element("sitemapindex", {"xmlns": SITEMAP})
    parts = ["pages", *(f"claims-{number}" for number in range(-(-claims // MOST)))]
    for part in parts:
        entry = SubElement(root, "sitemap")
        SubElement(entry, "loc").text = absolute(f"/sitemap-{part}.xml")
    return _xml(root)


@open_data
def sitemap_of_pages(request: HttpRequest) -> HttpResponse:
    return _map(_pages())


@open_data
def sitemap_of_claims(request: HttpRequest, number: int) -> HttpResponse:
    entries = _claims(number) if number <= LAST_PART else []
    return _map(entries) if entries else problem(404, "no such part of the sitemap")


def _claims(number: int) -> list[tuple[str, datetime | None]]:
    """Claims with the moment at which their page last changed: a publication, or a stale mark since."""
    rows = (
        published_claims()
        .annotate(marked=Max("current_version__stale_marks__since", filter=Q(current_version__stale_marks__cleared_at__isnull=True)))
        .order_by("pk")
        .values_list("slug", "current_version__published_at", "marked")[number * MOST : (number + 1) * MOST]
    )  # fmt: skip
    return [(claim_url(slug), max(filter(None, (published, marked)))) for slug, published, marked in rows]


def _pages() -> list[tuple[str, datetime | None]]:
    """The other pages; one whose last change is not recorded has no lastmod rather than a wrong one."""
    published = latest_publication()
    moved = latest_archive_change()
    pages: list[tuple[str, datetime | None]] = [
        (absolute("/"), None),
        (absolute("/claims/"), published),
        (absolute("/objects/"), None),
        (absolute("/objects/compare/"), None),
        (absolute("/measurements/"), None),
        (absolute("/sources/"), None),
        (absolute("/readings/"), published),
        (absolute("/archives/"), moved),
        (absolute("/corrections/"), published),
        (absolute("/method/"), None),
        (absolute("/method/style/"), None),
        (absolute("/api/v1/docs"), None),
    ]
    pages += [
        (absolute(f"/objects/{body}/"), None)
        for body in SmallBody.objects.values_list("designation", flat=True)
    ]
    pages += [(absolute(f"/charts/{key}/"), None) for key in chart_keys() if not key.startswith("beside-")]
    pages += [(absolute(f"/sources/{key}/"), None) for key in Source.objects.values_list("key", flat=True)]
    pages += [(absolute(reading.get_absolute_url()), published) for reading in GuidedReading.objects.all()]
    return pages + [
        (absolute(f"/measurements/{key}/"), None) for key in Measurement.objects.values_list("key", flat=True)
    ]


def _map(entries: list[tuple[str, datetime | None]]) -> HttpResponse:
    root = Element("urlset", {"xmlns": SITEMAP})
    for address, changed in entries:
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = address
        if changed is not None:
            SubElement(entry, "lastmod").text = changed.isoformat(timespec="seconds")
    return _xml(root)


def _xml(root: Element) -> HttpResponse:
    body = tostring(root, encoding="utf-8", xml_declaration=True)
    response = HttpResponse(body, content_type="application/xml; charset=utf-8")
    return with_last_modified(response, latest(latest_publication(), latest_load(), latest_archive_change()))
