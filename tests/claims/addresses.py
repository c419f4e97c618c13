"""Every public address that a route stands for, filled with what the catalogue holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import URLResolver, get_resolver

from claims.models import Measurement, Source
from ephemeris.models import Campaign

SLUG = "manhattan-sized"
# not of the public record: the rooms of editors and reviewers, what a visitor writes, and the probes
OTHER = ("admin/", "accounts/", "healthz", "readyz", "review/", "report/", "check/", "metrics", "csp-report")
WANTS = {
    "oembed": f"?url={quote(settings.SITE_URL, safe='')}%2Fclaims%2F{SLUG}%2F",
    "/ephemeris/": "?start=2025-10-01T00:00Z&stop=2025-10-01T06:00Z&step=6h",
    "/vectors/": "?times=2460950.5",
    "/windows/": "?start=2025-10-01T00:00Z&stop=2025-10-02T00:00Z",
    "/separation/": "?body=mars&start=2025-10-01T00:00Z&stop=2025-10-02T00:00Z",
}


def patterns(resolver: Any = None, before: str = "") -> Iterator[str]:
    """Every route of the site, as it is written."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if route.startswith(OTHER):
            continue
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif "^" not in route:
            yield route


def filled(route: str) -> str:
    """An address of a route."""
    keys = {
        "charts/": lambda: "releases-3I",
        "measurements": lambda: Measurement.objects.order_by("key").values_list("key", flat=True)[0],
        "sources": lambda: Source.objects.order_by("key").values_list("key", flat=True)[0],
        "campaigns": lambda: Campaign.objects.order_by("key").values_list("key", flat=True)[0],
        "archives": lambda: Campaign.objects.order_by("key").values_list("key", flat=True)[0],
    }
    given = {"slug": SLUG, "designation": "3I", "number": "0" if "sitemap" in route else "1"}

    def value(found: re.Match[str]) -> str:
        name = found[1].rpartition(":")[2]
        if name == "key":
            return str(next(ask for word, ask in keys.items() if word in route)())
        return given.get(name, name)

    address = "/" + re.sub(r"<([^>]+)>", value, route)
    return address + next((query for end, query in WANTS.items() if address.endswith(end)), "")
