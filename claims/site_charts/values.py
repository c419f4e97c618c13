"""Every value on record of one quantity."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext

from charts.measured_values import comparable, measured_values
from claims.drawings import kept_drawing
from claims.models import Measurement
from claims.records import measurement_record
from claims.site_charts.catalogue import day_of_load
from claims.site_charts.contract import Kind, Origin, SiteChart
from science.records import MeasurementRecord


def standing_rows(quantity: str) -> list[MeasurementRecord]:
    """The numbers on record of a quantity that nothing has superseded."""
    rows = Measurement.objects.filter(quantity=quantity, value__isnull=False, superseded_by__isnull=True)
    return [measurement_record(row) for row in rows.select_related("source").order_by("key")]


def values_chart(
    key: str, rows: Sequence[MeasurementRecord], page: str, chosen: str = ""
) -> SiteChart | None:
    """The chart of rows of one quantity; ``chosen`` is the key of the one that is looked at."""
    made_of = sha256(repr((rows, chosen)).encode()).hexdigest()
    sources = tuple({row.citation.key: row.citation for row in rows}.values())
    chart = kept_drawing(f"values:{made_of}", lambda: measured_values(rows, chosen), sources)
    if chart is None:
        return None
    return SiteChart(
        key=key,
        chart=chart,
        page=page,
        page_title=gettext("Measurements"),
        as_of=day_of_load(),
        origins=(
            Origin(
                "Values, errors and limits",
                "transcribed as printed from the sources listed here, one row each",
                f"{reverse('measurements')}?quantity={rows[0].quantity}",
            ),
        ),
    )


def values(quantity: str) -> SiteChart | None:
    """The chart of a quantity; None where fewer than two values could be compared."""
    if not comparable(quantity):
        return None
    rows = standing_rows(quantity)
    page = f"{reverse('measurements')}?quantity={quantity}#values"
    return values_chart(KIND.key(quantity), rows, page) if len(rows) > 1 else None


def _quantities() -> list[str]:
    rows = (
        Measurement.objects.filter(value__isnull=False, superseded_by__isnull=True)
        .values("quantity")
        .annotate(number=Count("pk"))
        .filter(number__gt=1)
        .order_by("quantity")
    )
    return [row["quantity"] for row in rows if comparable(row["quantity"])]


KIND = Kind("values", _quantities, lambda quantity, generation: values(quantity))
