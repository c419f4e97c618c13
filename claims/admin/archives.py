"""Campaigns (owned by `data/`), the polls of archives and the changes of state they showed."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from claims.admin.shown import ShownInline, ShownOnly
from ephemeris.models import ArchivePoll, ArchiveStatusChange, Campaign, Enquiry, Holding, PollTally, Proposal
from ephemeris.proposals import decide


class ChangesOfCampaign(ShownInline):
    model = ArchiveStatusChange
    fields = ("at", "before", "after", "cause", "note")
    readonly_fields = fields


class TallyOfCampaign(ShownInline):
    model = PollTally
    show_change_link = False
    fields = ("polls",)
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
        "next_review",
    )
    list_filter = ("body", "archive", "next_review", "verification")
    search_fields = ("key", "facility", "instrument", "program_id", "summary")
    list_select_related = ("body",)
    inlines = (TallyOfCampaign, ChangesOfCampaign)


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


@admin.register(Enquiry)
class EnquiryAdmin(ShownOnly):
    owner = "the archive monitor"
    list_display = ("key", "body", "archive", "facility", "window_from", "window_to", "active")
    list_filter = ("archive", "active", "body")
    search_fields = ("key", "facility")
    list_select_related = ("body",)


@admin.register(Holding)
class HoldingAdmin(ShownOnly):
    owner = "the archive monitor"
    list_display = ("uid", "campaign", "archive", "level", "rights", "observed", "release", "gone_since")
    list_filter = ("archive", "level", "rights")
    search_fields = ("uid", "campaign__key", "target", "program")
    list_select_related = ("campaign",)


@admin.register(Proposal)
class ProposalAdmin(ShownOnly):
    """What a refresh discovered; an editor confirms or rejects it, and the next question uses it."""

    owner = "the archive monitor"
    list_display = ("value", "kind", "campaign", "archive", "state", "first_seen", "decided_by", "decided_at")
    list_filter = ("state", "kind", "archive")
    search_fields = ("value", "campaign__key", "detail")
    list_select_related = ("campaign", "decided_by")
    actions = ("confirm", "reject")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("ephemeris.change_proposal")

    @admin.action(description="Confirm the chosen proposals", permissions=["decide"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[Proposal]) -> None:
        self._decide(request, queryset, "confirmed")

    @admin.action(description="Reject the chosen proposals", permissions=["decide"])
    def reject(self, request: HttpRequest, queryset: QuerySet[Proposal]) -> None:
        self._decide(request, queryset, "rejected")

    def _decide(self, request: HttpRequest, queryset: QuerySet[Proposal], state: str) -> None:
        decided = decide(queryset, state, by=int(str(request.user.pk)), at=timezone.now())
        left = len(queryset) - decided
        beside = f"; {left} had been decided before" if left else ""
        self.message_user(request, f"{decided} {state}{beside}.")
