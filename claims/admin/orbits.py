"""Orbit solutions, ephemeris snapshots and the refreshes that brought them: workers own them."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.shown import ShownOnly
from ephemeris.models import (
    AstrometryTally,
    EphemerisSnapshot,
    OrbitSolution,
    ServiceRefresh,
    SolutionComparison,
    SolutionCovariance,
    SpacecraftTrack,
)


@admin.register(OrbitSolution)
class OrbitSolutionAdmin(ShownOnly):
    owner = "the refresh of orbit services"
    list_display = (
        "solution_id",
        "body",
        "producer",
        "kind",
        "solution_date",
        "observations",
        "is_default",
        "retrieved_at",
    )
    list_filter = ("body", "producer", "is_default")
    search_fields = ("solution_id", "producer", "source", "note")
    list_select_related = ("body",)


@admin.register(EphemerisSnapshot)
class EphemerisSnapshotAdmin(ShownOnly):
    owner = "the refresh of ephemerides"
    list_display = (
        "body",
        "solution",
        "engine",
        "observer_code",
        "start_tdb_jd",
        "stop_tdb_jd",
        "step_d",
        "retrieved_at",
        "last_confirmed_at",
    )
    list_filter = ("body", "engine", "observer_code")
    search_fields = ("observer_code", "solution__solution_id", "digest")
    list_select_related = ("body", "solution__body")
    exclude = ("table",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[EphemerisSnapshot]:
        return super().get_queryset(request).defer("table")


@admin.register(ServiceRefresh)
class ServiceRefreshAdmin(ShownOnly):
    owner = "the refresh of orbit services"
    list_display = ("service", "body", "asked_at", "finished_at", "outcome", "message")
    list_filter = ("service", "outcome", "body")
    search_fields = ("service", "message", "query")
    date_hierarchy = "asked_at"
    list_select_related = ("body",)


@admin.register(SolutionCovariance)
class SolutionCovarianceAdmin(ShownOnly):
    owner = "the refresh of orbit services"
    list_display = ("solution", "source", "retrieved_at", "last_confirmed_at")
    search_fields = ("solution__solution_id", "source")
    list_select_related = ("solution__body",)


@admin.register(SolutionComparison)
class SolutionComparisonAdmin(ShownOnly):
    owner = "the refresh of orbit services"
    list_display = ("new", "old", "computed_at")
    list_filter = ("new__body",)
    search_fields = ("new__solution_id", "old__solution_id")
    list_select_related = ("new__body", "old__body")


@admin.register(SpacecraftTrack)
class SpacecraftTrackAdmin(ShownOnly):
    owner = "the refresh of ephemerides"
    list_display = ("observer_code", "source", "start_tdb_jd", "stop_tdb_jd", "step_d", "retrieved_at")
    search_fields = ("observer_code", "source")
    exclude = ("table",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SpacecraftTrack]:
        return super().get_queryset(request).defer("table")


@admin.register(AstrometryTally)
class AstrometryTallyAdmin(ShownOnly):
    owner = "the refresh of orbit services"
    list_display = ("body", "observations", "observatories", "first_at", "last_at", "retrieved_at")
    list_filter = ("body",)
    search_fields = ("body__designation",)
    list_select_related = ("body",)
