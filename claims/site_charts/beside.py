"""One measurement beside every other value on record of its quantity."""

from __future__ import annotations

from django.urls import reverse

from claims.models import Measurement
from claims.site_charts.contract import Kind, SiteChart
from claims.site_charts.values import comparable, standing_rows, values_chart


def beside(row: Measurement) -> SiteChart | None:
    """The chart of a measurement among its like; None where it has no number or no company."""
    if row.value is None or row.superseded_by_id or not comparable(row.quantity):
        return None
    rows = standing_rows(row.quantity)
    if len(rows) < 2:
        return None
    page = f"{reverse('measurement', args=[row.key])}#beside"
    return values_chart(KIND.key(row.key), rows, page, row.key)


def _keys() -> list[str]:
    found = Measurement.objects.filter(value__isnull=False, superseded_by__isnull=True).order_by("key")
    return list(found.values_list("key", flat=True))


def _gathers(key: str, generation: str) -> SiteChart | None:
    return beside(Measurement.objects.get(key=key))


KIND = Kind("beside", _keys, _gathers)
