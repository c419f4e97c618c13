"""Pages about the record itself: its method, its corrections, its state."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims import scales
from claims.models import Measurement, Source
from claims.queries import (
    corrected_versions,
    last_polls,
    last_refreshes,
    latest_integrity_run,
    latest_publication,
    published_claims,
    stale_claim_count,
)
from ephemeris.models import Campaign

SHOWN_CORRECTIONS = 100


def method(request: HttpRequest) -> HttpResponse:
    """How a verdict comes about and what its words mean."""
    return render(
        request,
        "claims/method.html",
        {
            "verdicts": scales.VERDICTS.values(),
            "tiers": scales.TIERS.items(),
            "reasons": scales.REASON_CODES.items(),
            "stale_reasons": scales.STALE_REASONS.items(),
        },
    )


def corrections(request: HttpRequest) -> HttpResponse:
    """Every published verdict that replaced an earlier one."""
    return render(request, "claims/corrections.html", {"versions": corrected_versions()[:SHOWN_CORRECTIONS]})


def status(request: HttpRequest) -> HttpResponse:
    """Whether the record holds together, and when each remote service last answered."""
    polls = last_polls()
    known = Campaign.objects.order_by("archive").values_list("archive", flat=True).distinct()
    return render(
        request,
        "claims/status.html",
        {
            "integrity": latest_integrity_run(),
            "archives": [{"archive": name, "poll": polls.get(name)} for name in known],
            "refreshes": last_refreshes(),
            "claims": published_claims().count(),
            "stale": stale_claim_count(),
            "measurements": Measurement.objects.count(),
            "sources": Source.objects.count(),
            "latest": latest_publication(),
        },
    )
