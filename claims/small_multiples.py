"""Quantities that several people measured, each on one line: whether the values agree, before anybody opens one."""

from __future__ import annotations

from collections import defaultdict

from charts.small_multiples import Strip, strip
from claims.models import Measurement
from claims.records import measurement_record
from science.records import MeasurementRecord

FEWEST = 3
SHOWN = 12


def strips(body: str = "") -> list[Strip]:
    """The quantities with the most values on record, of one object or of all."""
    rows = Measurement.objects.filter(value__isnull=False, superseded_by__isnull=True).select_related(
        "source"
    )
    if body:
        rows = rows.filter(body=body)
    found: dict[str, list[MeasurementRecord]] = defaultdict(list)
    for row in rows.order_by("key"):
        found[row.quantity].append(measurement_record(row))
    drawn = [strip(records) for records in found.values() if len(records) >= FEWEST]
    known = [one for one in drawn if one is not None]
    return sorted(known, key=lambda one: (-one.number, one.title))[:SHOWN]
