"""Guided readings: the articles under review, and the argument of each as a map from passages to facts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from claims.guided import laid_out, verdicts_of
from claims.models import GuidedReading


def reading_list(request: HttpRequest) -> HttpResponse:
    """The articles that are read step by step."""
    rows = [
        {"reading": row, "verdicts": verdicts_of(laid_out(row))}
        for row in GuidedReading.objects.select_related("source")
    ]
    return render(request, "claims/reading_list.html", {"rows": rows})


def reading(request: HttpRequest, key: str) -> HttpResponse:
    """One article: how its argument runs, and where each step leaves what was measured."""
    row = GuidedReading.objects.filter(key=key).select_related("source").first()
    if row is None:
        known = ", ".join(GuidedReading.objects.values_list("key", flat=True))
        raise Http404(f"There is no guided reading of “{key}”; there are {known or 'none yet'}.")
    steps = laid_out(row)
    verdicts = verdicts_of(steps)
    return render(
        request,
        "claims/reading.html",
        {
            "reading": row,
            "steps": steps,
            "tally": [{"verdict": verdict, "count": number} for verdict, number in verdicts],
            "claims": sum(number for _, number in verdicts),
        },
    )
