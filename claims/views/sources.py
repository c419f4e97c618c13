"""The sources: who said or measured it, how close to the data, and how far we read it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from claims.models import Appearance, GuidedReading, Measurement, Source
from claims.paging import keyed_page
from claims.queries import citing, published_claims, sources_with_counts, tier_counts
from claims.refusals import chosen, refusing
from claims.scales import SOURCE_KINDS, TIERS

PAGE = 50
SHOWN = 50


@refusing
def source_list(request: HttpRequest) -> HttpResponse:
    """All sources, filtered by tier and kind."""
    tier = chosen(request.GET.get("tier", "").strip(), "tier", [str(number) for number in TIERS])
    kind = chosen(request.GET.get("kind", "").strip(), "kind", SOURCE_KINDS)
    filters = {name: value for name, value in (("tier", tier), ("kind", kind)) if value}
    rows, following = keyed_page(sources_with_counts().filter(**filters), request.GET.get("after", ""), PAGE)
    counts = tier_counts()
    return render(
        request,
        "claims/source_list.html",
        {
            "rows": rows,
            "next": following,
            "tier": tier,
            "kind": kind,
            "kinds": SOURCE_KINDS,
            "tiers": [
                {"number": number, "meaning": meaning, "count": counts.get(number, 0), "slug": str(number)}
                for number, meaning in TIERS.items()
            ],
            "total": sum(counts.values()),
        },
    )


def source(request: HttpRequest, key: str) -> HttpResponse:
    """One source with what was transcribed from it and the claims it speaks to."""
    row = Source.objects.filter(key=key).first()
    if row is None:
        raise Http404(f"There is no source “{key}” in this record.")
    measurements = Measurement.objects.filter(source=row).select_related("superseded_by").order_by("key")
    appearances = (
        Appearance.objects.filter(source=row, state="confirmed", claim__in=published_claims())
        .select_related("claim__current_version", "claim__body")
        .defer(
            "claim__current_version__document",
            "claim__current_version__chart_subject",
            "claim__current_version__search_text",
        )
        .order_by("claim__slug", "position")
    )
    return render(
        request,
        "claims/source.html",
        {
            "source": row,
            "measurements": list(measurements[:SHOWN]),
            "measurement_count": measurements.count(),
            "citing": list(citing(source=row)[:SHOWN]),
            "appearances": list(appearances[:SHOWN]),
            "appearance_count": appearances.count(),
            "reading": GuidedReading.objects.filter(source=row).first(),
        },
    )
