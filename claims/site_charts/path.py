"""The path of an object among the planets, seen from above: the picture under the scene in three dimensions."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from charts.labels import body_name
from claims.motion import kept_passages
from claims.passage import plan_of
from claims.site_charts.contract import Kind, SiteChart
from claims.site_charts.orbits import bodies_with_orbits, day_of_orbit, motion_origins, orbit_and_rows
from ephemeris.orbits import OrbitInUse
from science.records import CloseApproach


def path(orbit: OrbitInUse, met: Sequence[CloseApproach]) -> SiteChart | None:
    """The plan of an orbit with its passages of planets."""
    chart = plan_of(orbit, met)
    if chart is None:
        return None
    body = orbit.solution.body
    return SiteChart(
        key=KIND.key(body),
        chart=chart,
        page=f"{reverse('object', args=[body])}#path",
        page_title=body_name(body),
        as_of=day_of_orbit(orbit),
        origins=tuple(motion_origins(orbit, "Path and dates")),
    )


def _gathers(body: str, generation: str) -> SiteChart | None:
    orbit, _ = orbit_and_rows(body)
    return path(orbit, kept_passages(orbit))


KIND = Kind("path", bodies_with_orbits, _gathers)
