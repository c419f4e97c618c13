"""Campaigns (owned by `data/`), the polls of archives and the changes of state they showed."""

from __future__ import annotations

from django.contrib import admin

from claims.admin.shown import ShownInline, ShownOnly
from ephemeris.models import ArchivePoll, ArchiveStatusChange, Campaign


class ChangesOfCampaign(ShownInline):
    model = ArchiveStatusChange
    fields = ("at", "before", "after", "cause", "note")
    readonly_fields = fields


@admin.register(Campaign)
class CampaignAdmin(ShownOnly):
    owner = "the catalogue in data/campaigns/"
    list_display = (
        "key",
        "body",
        "facility",
        "instrument",
        "archive",
        "observed_from",
        "first_public_date",
        "archive_release_date",
    )
    list_filter = ("body", "archive", "verification")
    search_fields = ("key", "facility", "instrument", "program_id", "summary")
    list_select_related = ("body",)
    inlines = (ChangesOfCampaign,)


@admin.register(ArchivePoll)
class ArchivePollAdmin(ShownOnly):
    owner = "the archive monitor"
    list_display = ("campaign", "archive", "asked_at", "outcome", "row_count", "archive_count", "message")
    list_filter = ("archive", "outcome")
    search_fields = ("campaign__key", "message", "query_text")
    date_hierarchy = "asked_at"
    list_select_related = ("campaign",)


@admin.register(ArchiveStatusChange)
class ArchiveStatusChangeAdmin(ShownOnly):
    owner = "the archive monitor"
    list_display = ("campaign", "at", "before", "after", "cause", "note")
    list_filter = ("after", "cause", "campaign__archive")
    search_fields = ("campaign__key", "note")
    date_hierarchy = "at"
    list_select_related = ("campaign",)
