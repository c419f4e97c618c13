"""The interstellar objects: what each is, how it moves, what was measured, what is claimed about it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from claims.comparing_objects import comparison
from claims.orbit_facts import orbit_facts
from claims.queries import (
    bodies_with_counts,
    default_solutions,
    facet_counts,
    listed,
    measured_counts,
    published_claims,
)
from claims.scales import TOPICS
from claims.templatetags.hyperbole import quantity
from claims.views.dashboard import verdict_tally
from ephemeris.models import Campaign, OrbitSolution, SmallBody

SHOWN_CLAIMS = 10
SHOWN_CAMPAIGNS = 12


def object_list(request: HttpRequest) -> HttpResponse:
    """The objects side by side."""
    solutions = default_solutions()
    rows = [
        {"body": body, "orbit": orbit_facts(solutions.get(body.designation))} for body in bodies_with_counts()
    ]
    return render(request, "claims/object_list.html", {"rows": rows})


def compare(request: HttpRequest) -> HttpResponse:
    """The objects side by side."""
    return render(request, "claims/compare.html", comparison())


def small_body(request: HttpRequest, designation: str) -> HttpResponse:
    """One object: facts, orbit solutions, claims, measurements, campaigns."""
    body = SmallBody.objects.filter(designation=designation).first()
    if body is None:
        known = ", ".join(SmallBody.objects.values_list("designation", flat=True))
        raise Http404(f"There is no object “{designation}” in this record; it has {known}.")
    counts = facet_counts(object=body.designation)
    solutions = [
        {"row": row, "facts": orbit_facts(row)}
        for row in OrbitSolution.objects.filter(body=body)
        .select_related("body")
        .order_by("-is_default", "-pk")
    ]
    claims = listed(published_claims().filter(body=body)).order_by("-first_published_at", "-pk")
    campaigns = Campaign.objects.filter(body=body).order_by("-observed_from", "key")
    return render(
        request,
        "claims/object.html",
        {
            "body": body,
            "solutions": solutions,
            "orbit": solutions[0]["facts"] if solutions else None,
            "tally": verdict_tally(counts["verdict"]),
            "total": sum(counts["verdict"].values()),
            "topics": [
                {"slug": slug, "label": TOPICS[slug], "count": number}
                for slug, number in sorted(counts["topic"].items(), key=lambda pair: -pair[1])
            ],
            "claims": list(claims[:SHOWN_CLAIMS]),
            "quantities": _by_title(measured_counts("quantity", body=body.designation)),
            "campaigns": list(campaigns[:SHOWN_CAMPAIGNS]),
            "campaign_count": campaigns.count(),
        },
    )


def _by_title(counts: dict[str, int]) -> dict[str, int]:
    """Quantities in the order of the words they are printed with."""
    return dict(sorted(counts.items(), key=lambda pair: quantity(pair[0]).casefold()))
