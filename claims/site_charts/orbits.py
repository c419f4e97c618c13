"""Where charts of motion come from: an orbit solution, the engine that followed it, the planets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from django.urls import reverse

from charts.labels import body_name
from claims.site_charts.contract import Origin
from ephemeris.models import OrbitSolution
from ephemeris.orbits import OrbitInUse, orbits_of
from science.planets import KERNEL, SPAN
from science.records import OrbitSolutionRecord

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def bodies_with_orbits() -> list[str]:
    """The designations of objects that have an orbit solution in use."""
    rows = OrbitSolution.objects.filter(is_default=True).order_by("body__designation")
    return list(rows.values_list("body__designation", flat=True))


def orbit_and_rows(designation: str) -> tuple[OrbitInUse, list[OrbitSolution]]:
    """The orbit in use of an object, and all its solutions, the one in use first."""
    rows = list(
        OrbitSolution.objects.filter(body__designation=designation)
        .select_related("body")
        .order_by("-is_default", "-pk")
    )
    return orbits_of(rows[:1])[0], rows


def day_of(solution: OrbitSolutionRecord, *fetched: datetime | None) -> str:
    """The youngest day that a solution knows of itself: when it was fetched, made, or its source was run."""
    days = [moment.astimezone(UTC).date().isoformat() for moment in fetched if moment is not None]
    days += _DAY.findall(solution.source) + _DAY.findall(solution.solution_date or "")
    return max(days, default="")


def day_of_orbit(orbit: OrbitInUse) -> str:
    """As `day_of`, with everything that is stored of an orbit."""
    stored = [snapshot.retrieved_at for snapshot in orbit.snapshots]
    return day_of(orbit.solution, orbit.retrieved_at, *stored)


def solution_origin(solution: OrbitSolutionRecord, part: str) -> Origin:
    """The orbit solution that a part of a chart was computed from."""
    arc = (
        f"; {solution.observations} observations from {solution.arc_from} to {solution.arc_to}"
        if solution.observations and solution.arc_from and solution.arc_to
        else ""
    )
    return Origin(
        part,
        f"orbit solution {solution.solution_id} of {body_name(solution.body)} ({solution.producer}): {solution.source}{arc}",
        reverse("solutions", args=[solution.body]),
    )


def motion_origins(orbit: OrbitInUse, part: str) -> Sequence[Origin]:
    """The orbit solution, the engine, the planets."""
    return (
        solution_origin(orbit.solution, part),
        Origin("Integration", "computed here from that solution, with the Sun, the planets and outgassing"),
        Origin("Sun and planets", f"JPL planetary ephemeris {KERNEL}, which reaches from {SPAN}"),
    )
