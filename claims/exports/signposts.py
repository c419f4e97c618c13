"""Where a claim's other spellings stand, told in the head of its page and in its Link header."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from claims.addresses import absolute, card_url, claim_url, pinned_url
from claims.exports.citation_formats import citation_links
from claims.exports.frames import frame_markup
from claims.exports.oembed import HEIGHT, WIDTH


def signposted(response: HttpResponse, document: dict[str, Any], pinned: bool = False) -> HttpResponse:
    """The page of a version with its signposts (https://signposting.org/): how to cite it, what else it is."""
    slug, number = document["slug"], document["version"]
    bibtex = absolute(f"/claims/{slug}/v/{number}/cite.bib")
    links = [
        f'<{pinned_url(slug, number)}>; rel="cite-as"',
        f'<{json_address(document, pinned)}>; rel="alternate"; type="application/json"',
        f'<{bibtex}>; rel="describedby"; type="application/x-bibtex"',
        f'<{document["license"]}>; rel="license"',
        '<https://schema.org/ClaimReview>; rel="type"',
    ]
    if pinned:
        links.append(f'<{claim_url(slug)}>; rel="latest-version"; type="text/html"')
    else:
        links.append(f'<{absolute(f"/claims/{slug}.csv")}>; rel="item"; type="text/csv"')
    response["Link"] = ", ".join(links)
    return response


def json_address(document: dict[str, Any], pinned: bool) -> str:
    """The record that a page is of: as it stands now, or as the pinned version was frozen."""
    version = f"/v/{document['version']}" if pinned else ""
    return absolute(f"/claims/{document['slug']}{version}.json")


def page_head(document: dict[str, Any], pinned: bool = False) -> dict[str, Any]:
    """What the head of a claim's page says to programs that preview, frame or follow it."""
    slug, number = document["slug"], document["version"]
    return {
        "document": document,
        "pinned": pinned,
        "canonical_url": pinned_url(slug, number) if pinned else claim_url(slug),
        "json_url": json_address(document, pinned),
        "card_url": card_url(slug, number),
        "oembed_url": f"{absolute('/oembed')}?{urlencode({'url': pinned_url(slug, number) if pinned else claim_url(slug), 'format': 'json'})}",
    }


def take_away(document: dict[str, Any]) -> dict[str, Any]:
    """Downloads, citations and the frames to paste, for the foot of a claim's page."""
    return {
        "document": document,
        "references": citation_links(document),
        "live_frame": _frame(f"/claims/{document['slug']}/embed/"),
        "pinned_frame": pinned_frame(document),
    }


def pinned_frame(document: dict[str, Any]) -> str:
    """The markup that shows one version of a claim on somebody else's page."""
    return _frame(f"/claims/{document['slug']}/v/{document['version']}/embed/")


def _frame(path: str) -> str:
    return frame_markup(absolute(path), WIDTH, HEIGHT, "Hyperbole")
