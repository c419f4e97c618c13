"""What became of sources, to read, and the pages that seem to repeat a claim, to decide."""

from __future__ import annotations

from django.contrib import admin

from claims.admin.shown import ShownOnly
from claims.models import SourceAnswer, SourceChange, SourceCheck, SuspectedAppearance


@admin.register(SourceCheck)
class SourceCheckAdmin(ShownOnly):
    owner = "the watch of sources"
    list_display = ("asked_at", "source", "watch", "outcome", "state", "sentence")
    list_filter = ("watch", "outcome", "state", "synthetic")
    search_fields = ("source__key", "source__title", "sentence", "query")
    date_hierarchy = "asked_at"
    list_select_related = ("source",)


@admin.register(SourceChange)
class SourceChangeAdmin(ShownOnly):
    owner = "the watch of sources"
    list_display = ("at", "source", "watch", "before", "after", "detail")
    list_filter = ("watch", "after")
    search_fields = ("source__key", "source__title", "detail")
    date_hierarchy = "at"
    list_select_related = ("source",)


@admin.register(SuspectedAppearance)
class SuspectedAppearanceAdmin(ShownOnly):
    owner = "the watch of sources, and whoever decides at the desk,"
    list_display = ("found_at", "claim", "url", "phrase", "stance", "score", "state", "decided_by")
    list_filter = ("state", "stance")
    search_fields = ("claim__slug", "url", "phrase", "note")
    list_select_related = ("claim", "decided_by")


@admin.register(SourceAnswer)
class SourceAnswerAdmin(ShownOnly):
    owner = "the desk's queue of sources that moved"
    list_display = ("answered_at", "change", "note", "answered_by")
    search_fields = ("change__source__key", "note", "answered_by__username")
    date_hierarchy = "answered_at"
    list_select_related = ("change", "answered_by")
