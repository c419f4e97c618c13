"""The signs and styles of the site, drawn from the same scales and palette as its pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from charts.style import PALETTE
from claims import scales
from claims.problems import TITLES
from ephemeris.models import ArchivePoll

# a poll with one of these outcomes looked; every other could not
LOOKED = frozenset({"answered", "empty", "truncated"})
# an example of each way in which a number is printed; the numbers are those of no object
NUMBERS: tuple[dict[str, Any], ...] = (
    {"kind": "claimed", "meaning": "claimed", "value": {"value": 60.0, "unit": "km / s", "relation": "approx"}},
    {"kind": "measured", "meaning": "measured, with its error", "value": {"value": 1.3, "plus": 0.2, "minus": 0.2, "unit": "km"}},
    {"kind": "measured", "meaning": "an upper limit: less than this, perhaps nothing", "value": {"value": 2.8, "limit": "upper", "unit": "km"}},
    {"kind": "measured", "meaning": "a lower limit: at least this", "value": {"value": 0.22, "limit": "lower", "unit": "km"}},
    {"kind": "measured", "meaning": "a printed range", "value": {"value": 0.4675, "plus": 0.0575, "minus": 0.0575, "unit": "km", "error_kind": "range"}},
)  # fmt: skip


def style(request: HttpRequest) -> HttpResponse:
    """Every sign with the words beside it."""
    return render(
        request,
        "claims/style.html",
        {
            "verdicts": scales.VERDICTS.values(),
            "confidences": scales.CONFIDENCES.items(),
            "review_levels": scales.REVIEW_LEVELS.items(),
            "evidence_stances": scales.EVIDENCE_STANCES.items(),
            "claim_stances": scales.CLAIM_STANCES.items(),
            "tiers": scales.TIERS.items(),
            "numbers": NUMBERS,
            "as_of": date(2025, 10, 3),
            "outcomes": ArchivePoll.OUTCOMES,
            "told": LOOKED,
            "stale_reasons": scales.STALE_REASONS.items(),
            "errors": [(code, TITLES[code]) for code in (400, 404, 410, 429, 500)],
            "palette": [(role, light, dark) for role, (light, dark) in PALETTE.items()],
        },
    )
