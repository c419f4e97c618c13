"""The permanent addresses that feeds, citations and exports print: absolute, on the site's own host.

They are written out here because a claim's address is its identifier for readers: it may not move when
a route is renamed.  A test holds them against the routes.
"""

from __future__ import annotations

from django.conf import settings


def absolute(path: str) -> str:
    """The address of a path on this site, whatever host a request came in by."""
    return f"{settings.SITE_URL}{path}"


def claim_url(slug: str) -> str:
    return absolute(f"/claims/{slug}/")


def pinned_url(slug: str, number: int) -> str:
    return absolute(f"/claims/{slug}/v/{number}/")


def api_claim_url(slug: str) -> str:
    return absolute(f"/api/v1/claims/{slug}/")


def campaign_url(key: str) -> str:
    return absolute(f"/archives/{key}/")


def card_url(slug: str, number: int) -> str:
    return absolute(f"/claims/{slug}/card.png?v={number}")
