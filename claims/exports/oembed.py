"""oEmbed 1.0: the frame that shows a claim or a chart, for sites that turn a pasted link into one."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from claims.addresses import absolute, card_url, claim_url
from claims.exports.frames import chart_frame, chart_frame_size, frame_markup
from claims.site_charts.contract import SiteChart

WIDTH, HEIGHT = 600, 340
CARD = (1200, 630)
CLAIM_PATH = re.compile(r"/claims/([-a-zA-Z0-9_]{1,80})/(?:v/([1-9][0-9]{0,8})/)?(?:embed/)?")
CHART_PATH = re.compile(r"/charts/([-a-zA-Z0-9_]{1,120})/(?:embed/)?")


def _own_path(url: str) -> str:
    """The path of an address on this site; empty for any other."""
    try:
        parts, own = urlsplit(url), urlsplit(settings.SITE_URL)
    except ValueError:
        return ""
    # http and https name the same page; the host does not
    here = parts.scheme in ("http", "https") and parts.netloc.lower() == own.netloc.lower()
    return parts.path if here else ""


def claim_of(url: str) -> tuple[str, int | None] | None:
    """The slug, and the version if the address is pinned, of a claim's page on this site."""
    found = CLAIM_PATH.fullmatch(_own_path(url))
    return (found[1], int(found[2]) if found[2] else None) if found else None


def chart_of_url(url: str) -> str | None:
    """The name of a chart, if the address is that of a chart's page on this site."""
    found = CHART_PATH.fullmatch(_own_path(url))
    return found[1] if found else None


def rich_chart(found: SiteChart, widest: int | None, highest: int | None) -> dict[str, Any]:
    """The oEmbed answer for a chart that belongs to no claim."""
    width, height = chart_frame_size(found)
    size = (min(width, widest or width), min(height, highest or height))
    return _rich(found.chart.title, found.url, chart_frame(found, size), size)


def rich(document: dict[str, Any], pinned: bool, widest: int | None, highest: int | None) -> dict[str, Any]:
    """The oEmbed answer for a version; frame and thumbnail are no larger than the site that asks allows."""
    slug, number = document["slug"], document["version"]
    address = absolute(f"/claims/{slug}/v/{number}/embed/" if pinned else f"/claims/{slug}/embed/")
    width, height = min(WIDTH, widest or WIDTH), min(HEIGHT, highest or HEIGHT)
    fits = CARD[0] <= (widest or CARD[0]) and CARD[1] <= (highest or CARD[1])
    thumbnail = {
        "thumbnail_url": card_url(slug, number),
        "thumbnail_width": CARD[0],
        "thumbnail_height": CARD[1],
    }
    answer = _rich(
        f"{document['verdict_label']}: {document['title']}",
        claim_url(slug),
        frame_markup(address, width, height, document["title"]),
        (width, height),
    )
    return answer | (thumbnail if fits else {})


def _rich(title: str, url: str, html: str, size: tuple[int, int]) -> dict[str, Any]:
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "author_name": "Hyperbole",
        "author_url": url,
        "provider_name": "Hyperbole",
        "provider_url": absolute("/"),
        "cache_age": 3600,
        "html": html,
        "width": size[0],
        "height": size[1],
    }
