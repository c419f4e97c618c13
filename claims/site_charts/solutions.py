"""Of one object: how far each new orbit solution moved it."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from charts.solution_shifts import Shifted, draw_shifts
from claims.drawings import kept_drawing
from claims.site_charts.contract import Kind, SiteChart
from claims.site_charts.orbits import day_of, solution_origin
from claims.solution_history import Step, history
from ephemeris.models import OrbitSolution
from ephemeris.queries import solution_record


def solution_shifts(body: str, steps: Sequence[Step]) -> SiteChart | None:
    """The chart of an object's solutions, newest first; None where fewer than two can be compared."""
    shifts = [
        Shifted(step.row.solution_id, step.before.solution_id, line.event, line.at, line.km, line.arcsec)
        for step in steps
        if step.before is not None
        for line in step.shifts
    ]
    made_of = sha256(repr((body, shifts)).encode()).hexdigest()
    chart = kept_drawing(f"shifts-chart:{made_of}", lambda: draw_shifts(body, shifts))
    if chart is None:
        return None
    records = [solution_record(step.row) for step in steps]
    compared = [step.compared_at for step in steps if step.compared_at is not None]
    return SiteChart(
        key=KIND.key(body),
        chart=chart,
        page=f"{reverse('solutions', args=[body])}#shifts",
        page_title=gettext("Orbit solutions, and what each changed"),
        as_of=day_of(records[0], *compared),
        origins=tuple(solution_origin(record, record.solution_id) for record in records),
    )


def _bodies() -> list[str]:
    rows = OrbitSolution.objects.order_by("body__designation").values_list("body__designation", flat=True)
    found = list(rows)
    return sorted({body for body in found if found.count(body) > 1})


KIND = Kind(
    "solutions", _bodies, lambda body, generation: solution_shifts(body, history(body, timezone.now()))
)
