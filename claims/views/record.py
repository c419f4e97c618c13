"""Pages about the record itself: its method, its corrections, its state."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from claims import scales
from claims.counts import claim_counts
from claims.generation import generation_of
from claims.models import Measurement, Source
from claims.queries import (
    corrected_versions,
    last_refreshes,
    latest_integrity_run,
    latest_publication,
    latest_withdrawals,
    stale_claim_count,
)
from claims.watching import pages
from claims.watching.changes import title_of
from claims.watching.standing import last_looks
from ephemeris.queries import archive_states
from ephemeris.remote import hosts_left_alone
from ephemeris.watches.registry import watches

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
    """What was taken back: verdicts that replaced an earlier one, and withdrawn claims, newest first."""
    entries: list[dict[str, Any]] = [
        {"at": row.published_at, "version": row} for row in corrected_versions()[:SHOWN_CORRECTIONS]
    ]
    entries += [{"at": row.withdrawn_at, "gone": row} for row in latest_withdrawals(SHOWN_CORRECTIONS)]
    entries.sort(key=lambda entry: entry["at"], reverse=True)
    return render(request, "claims/corrections.html", {"entries": entries[:SHOWN_CORRECTIONS]})


def watch_lines() -> list[dict[str, Any]]:
    """How each watch of sources fared last."""
    looks = last_looks()
    off = [watch.name for watch in watches().values() if watch.with_keys and not settings.WAYBACK_KEYS]
    return [
        {"title": title_of(name), "last": looks.get(name), "off": name in off}
        for name in (pages.NAME, *watches())
    ]


def status(request: HttpRequest) -> HttpResponse:
    """Whether the record holds together, and when each remote service last answered."""
    return render(
        request,
        "claims/status.html",
        {
            "integrity": latest_integrity_run(),
            "watches": watch_lines(),
            "archives": archive_states(),
            "refreshes": last_refreshes(),
            "left_alone": hosts_left_alone(timezone.now()),
            "claims": sum(claim_counts(generation_of(request)).values()),
            "stale": stale_claim_count(),
            "measurements": Measurement.objects.count(),
            "sources": Source.objects.count(),
            "latest": latest_publication(),
        },
    )
