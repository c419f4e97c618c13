"""The shapes of the paths of all objects, side by side."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from charts.labels import body_name
from charts.passages import Passage, draw_passages
from claims.drawings import kept_drawing
from claims.orbit_facts import shape_of
from claims.queries import default_solutions
from claims.site_charts.contract import Kind, SiteChart
from claims.site_charts.orbits import bodies_with_orbits, day_of, solution_origin
from ephemeris.queries import solution_record


def passages() -> SiteChart | None:
    """The paths of the solutions in use; None while fewer than two orbits are on record."""
    solutions = default_solutions()
    rows = [solutions[key] for key in sorted(solutions)]
    if len(rows) < 2:
        return None
    records = [solution_record(row) for row in rows]
    key = "passages:" + ",".join(row.digest for row in rows)
    chart = kept_drawing(
        key, lambda: draw_passages([Passage(record, *shape_of(record)) for record in records])
    )
    if chart is None:
        return None
    return SiteChart(
        key=KIND.key(""),
        chart=chart,
        page=f"{reverse('compare')}#shapes",
        page_title=gettext("The objects side by side"),
        as_of=max(day_of(record, row.retrieved_at) for record, row in zip(records, rows, strict=True)),
        origins=tuple(solution_origin(record, body_name(record.body)) for record in records),
    )


def _subjects() -> list[str]:
    return [""] if len(bodies_with_orbits()) > 1 else []


KIND = Kind("passages", _subjects, lambda subject, generation: passages())
