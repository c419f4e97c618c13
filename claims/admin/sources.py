"""Sources and measurements: `data/` owns them; they change by a reviewed diff and `load_catalogue`."""

from __future__ import annotations

from django.contrib import admin

from claims.admin.shown import ShownInline, ShownOnly
from claims.models import GuidedReading, Measurement, Source


class MeasurementsOfSource(ShownInline):
    model = Measurement
    fk_name = "source"
    fields = ("key", "quantity", "value", "unit", "locator", "verification")
    readonly_fields = fields


@admin.register(Source)
class SourceAdmin(ShownOnly):
    owner = "the catalogue in data/sources.toml"
    list_display = ("key", "title", "authors_short", "year", "kind", "tier", "reading")
    list_filter = ("kind", "tier", "reading", "year")
    search_fields = ("key", "title", "authors_short", "doi", "arxiv", "bibcode", "url")
    inlines = (MeasurementsOfSource,)


@admin.register(Measurement)
class MeasurementAdmin(ShownOnly):
    owner = "the catalogue in data/measurements/"
    list_display = ("key", "body", "quantity", "value", "unit", "limit", "source", "verification", "disputed")
    list_filter = (
        "body",
        "verification",
        "disputed",
        "limit",
        ("superseded_by", admin.EmptyFieldListFilter),
        "quantity",
    )
    search_fields = ("key", "statement", "quantity", "body", "source__key", "source__title", "instrument")
    list_select_related = ("source",)


@admin.register(GuidedReading)
class GuidedReadingAdmin(ShownOnly):
    owner = "the catalogue in data/readings/"
    list_display = ("key", "title", "source")
    search_fields = ("key", "title", "lead")
    list_select_related = ("source",)
