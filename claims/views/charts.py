"""The page of a chart that belongs to no claim: its one address, to be linked, cited and framed."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from claims.addresses import absolute
from claims.delivery import keep
from claims.generation import generation_of
from claims.site_charts.registry import kinds, site_chart


def chart(request: HttpRequest, key: str) -> HttpResponse:
    """A chart as it is now; ``data`` names the edition that somebody cited, and the page says if it has moved on."""
    found = site_chart(key, generation_of(request))
    if found is None:
        raise Http404(f"There is no chart “{key}”; their names begin with {', '.join(sorted(kinds()))}.")
    cited = request.GET.get("data", "")
    context = {
        "found": found,
        "cited": cited,
        "same": cited == found.edition,
        "oembed_url": f"{absolute('/oembed')}?{urlencode({'url': found.url, 'format': 'json'})}",
    }
    return keep(render(request, "claims/chart.html", context))
