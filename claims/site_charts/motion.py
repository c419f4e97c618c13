"""An object day by day: distance, speed, angle from the Sun and predicted brightness."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from charts.labels import body_name
from claims.motion import kept_passages
from claims.passage import timelines_of
from claims.site_charts.contract import Kind, Origin, SiteChart
from claims.site_charts.orbits import bodies_with_orbits, day_of_orbit, motion_origins, orbit_and_rows
from claims.spoken_dates import SpokenOf, spoken_of
from ephemeris.orbits import OrbitInUse
from ephemeris.queries import solution_record
from science.checks.field_of_regard import CHECK as FIELD_OF_REGARD
from science.photometry import magnitude_law
from science.records import CloseApproach, MagnitudeLaw


def motion(
    orbit: OrbitInUse,
    law: MagnitudeLaw | None,
    met: Sequence[CloseApproach],
    claims: Sequence[SpokenOf],
) -> SiteChart | None:
    """The timelines of an orbit; ``claims`` are those whose days are marked."""
    chart = timelines_of(orbit, law, met, claims)
    if chart is None:
        return None
    body = orbit.solution.body
    origins = [*motion_origins(orbit, "Distances, speed, directions")]
    if law is not None:
        origins.append(
            Origin("Brightness", f"magnitude law of orbit solution {law.solution_id}", reverse("solutions", args=[body]))
        )  # fmt: skip
    origins.append(Origin("Where Webb may point", "; ".join(FIELD_OF_REGARD.references)))
    if claims:
        origins.append(
            Origin("Days that claims speak of", "the reviewed claims of this record", f"{reverse('claims')}?object={body}")
        )  # fmt: skip
    return SiteChart(
        key=KIND.key(body),
        chart=chart,
        page=f"{reverse('object', args=[body])}#timelines",
        page_title=body_name(body),
        as_of=day_of_orbit(orbit),
        origins=tuple(origins),
    )


def _gathers(body: str, generation: str) -> SiteChart | None:
    orbit, rows = orbit_and_rows(body)
    records = [solution_record(row) for row in sorted(rows, key=lambda row: row.pk)]
    law = magnitude_law(orbit.solution, records)
    return motion(orbit, law, kept_passages(orbit), spoken_of(body, generation).claims)


KIND = Kind("motion", bodies_with_orbits, _gathers)
