"""The interstellar objects: what each is, how it moves, what was measured, what is claimed about it."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from charts.orbit_scene import VIEWPOINTS
from claims.comparing_objects import comparison
from claims.counts import bodies_with_counts, tallies_of
from claims.delivery import keep
from claims.generation import KEPT_S, generation_of, of_publications
from claims.kept_parts import Part, made_of
from claims.motion import kept_now, kept_passages
from claims.orbit_facts import orbit_facts
from claims.passage import (
    almanac_span,
    moments,
    perihelion_of,
    scene_of,
)
from claims.queries import (
    default_solutions,
    listed,
    measured_counts,
    published_claims,
)
from claims.scales import TOPICS
from claims.site_charts.motion import motion
from claims.site_charts.path import path
from claims.site_charts.solutions import solution_shifts
from claims.solution_history import history
from claims.spoken_dates import spoken_of
from claims.templatetags.hyperbole import quantity
from claims.views.dashboard import verdict_tally
from ephemeris.models import Campaign, OrbitSolution, SmallBody
from ephemeris.orbits import orbits_of
from ephemeris.queries import solution_record
from science.photometry import magnitude_law

SHOWN_CLAIMS = 10
SHOWN_CAMPAIGNS = 12
FORMATS = (("csv", "CSV"), ("json", "JSON"), ("ecsv", "ECSV"), ("votable", "VOTable"))


def object_list(request: HttpRequest) -> HttpResponse:
    """The objects side by side."""
    solutions = default_solutions()
    rows = [
        {"body": body, "orbit": orbit_facts(solutions.get(body.designation))}
        for body in bodies_with_counts(generation_of(request))
    ]
    return render(request, "claims/object_list.html", {"rows": rows})


def compare(request: HttpRequest) -> HttpResponse:
    """The objects side by side."""
    return render(request, "claims/compare.html", comparison(generation_of(request)))


def body_or_404(designation: str) -> SmallBody:
    """The object of an address; the refusal names those there are."""
    body = SmallBody.objects.filter(designation=designation).first()
    if body is None:
        known = ", ".join(SmallBody.objects.values_list("designation", flat=True))
        raise Http404(f"There is no object “{designation}” in this record; it has {known}.")
    return body


def small_body(request: HttpRequest, designation: str) -> HttpResponse:
    """One object: where it is, its passage day by day, claims, orbit solutions, measurements, campaigns."""
    body = body_or_404(designation)
    verdicts, topics = tallies_of(body, generation_of(request))
    rows = list(OrbitSolution.objects.filter(body=body).select_related("body").order_by("-is_default", "-pk"))
    claims = listed(published_claims().filter(body=body)).order_by("-first_published_at", "-pk")
    campaigns = Campaign.objects.filter(body=body).order_by("-observed_from", "key")
    context: dict[str, Any] = {
        "body": body,
        "solutions": [{"row": row, "facts": orbit_facts(row)} for row in rows],
        "orbit": orbit_facts(rows[0]) if rows else None,
        "tally": verdict_tally(verdicts),
        "total": sum(verdicts.values()),
        "topics": [
            {"slug": slug, "label": TOPICS[slug], "count": number}
            for slug, number in sorted(topics.items(), key=lambda pair: -pair[1])
        ],
        "claims": list(claims[:SHOWN_CLAIMS]),
        "quantities": _by_title(measured_counts("quantity", body=body.designation)),
        "campaigns": list(campaigns[:SHOWN_CAMPAIGNS]),
        "campaign_count": campaigns.count(),
    }
    if rows and rows[0].is_default:
        context |= _passage(body, rows, generation_of(request))
    return render(request, "claims/object.html", context)


def _passage(body: SmallBody, rows: list[OrbitSolution], generation: str) -> dict[str, Any]:
    """Where the object is, and its passage; ``rows`` are its solutions, the one in use first."""
    orbit = orbits_of(rows[:1])[0]
    records = [solution_record(row) for row in sorted(rows, key=lambda row: row.pk)]
    law = magnitude_law(orbit.solution, records)
    met = kept_passages(orbit)

    def day_by_day() -> dict[str, Any]:
        spoken = spoken_of(body.designation, generation)
        return {
            "moments": moments(body, met, spoken.claims),
            "undated": spoken.undated,
            "left_out": spoken.left_out,
            "timelines": motion(orbit, law, met, spoken.claims),
            "almanac": almanac_span(met),
            "formats": FORMATS,
        }

    return {
        "now": kept_now(orbit, records, timezone.now()),
        "day_by_day": Part(
            made_of("day by day", body, rows, of_publications(generation)), day_by_day, KEPT_S
        ),
        "plan": path(orbit, met),
        "scene_from": perihelion_of(met),
        "viewpoints": VIEWPOINTS,
    }


def scene(request: HttpRequest, designation: str) -> HttpResponse:
    """The object's path in three dimensions, as the script of its page reads it."""
    body = body_or_404(designation)
    row = OrbitSolution.objects.filter(body=body, is_default=True).select_related("body").first()
    orbit = orbits_of([row])[0] if row else None
    found = (
        scene_of(
            orbit, body, kept_passages(orbit), spoken_of(body.designation, generation_of(request)).claims
        )
        if orbit
        else None
    )
    if found is None:
        raise Http404(f"No orbit of {body.designation} is on record.")
    return keep(HttpResponse(orjson.dumps(found), content_type="application/json"))


def solutions(request: HttpRequest, designation: str) -> HttpResponse:
    """The object's orbit solutions, and what each changed."""
    body = body_or_404(designation)
    steps = history(body.designation, timezone.now())
    chart = solution_shifts(body.designation, steps)
    return render(request, "claims/solutions.html", {"body": body, "steps": steps, "chart": chart})


def _by_title(counts: dict[str, int]) -> dict[str, int]:
    """Quantities in the order of the words they are printed with."""
    return dict(sorted(counts.items(), key=lambda pair: quantity(pair[0]).casefold()))
