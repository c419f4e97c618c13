"""The editorial log, approvals, edits and stale marks, and the nightly looks: all append-only."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from claims.admin.shown import ShownOnly
from claims.models import Approval, EditorialLog, Evidence, IntegrityRun, StaleMark, VersionEdit

WORDS_ONLY = ("version__document", "version__chart_subject", "version__search_text", "version__rationale")


@admin.register(EditorialLog)
class EditorialLogAdmin(ShownOnly):
    owner = "the chain of hashes"
    list_display = ("id", "at", "actor_name", "action", "claim", "version", "reason")
    list_filter = ("action", "actor_name")
    search_fields = ("claim__slug", "actor_name", "reason", "row_hash")
    date_hierarchy = "at"
    ordering = ("-id",)
    list_select_related = ("claim", "version", "actor")

    def get_queryset(self, request: HttpRequest) -> QuerySet[EditorialLog]:
        return super().get_queryset(request).defer(*WORDS_ONLY)


@admin.register(IntegrityRun)
class IntegrityRunAdmin(ShownOnly):
    owner = "the nightly integrity task"
    list_display = ("started_at", "finished_at", "sound", "counts")
    list_filter = ("sound",)
    date_hierarchy = "started_at"


@admin.register(Approval)
class ApprovalAdmin(ShownOnly):
    owner = "the approval page of a version"
    list_display = ("version", "claim_title", "approver", "at", "voided_at", "comment")
    list_filter = (("voided_at", admin.EmptyFieldListFilter), "approver")
    search_fields = ("version__claim__slug", "approver__username", "comment")
    list_select_related = ("version__claim", "approver")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Approval]:
        return super().get_queryset(request).defer(*WORDS_ONLY)

    @admin.display(description="claim")
    def claim_title(self, row: Approval) -> str:
        return row.version.claim.slug


@admin.register(VersionEdit)
class VersionEditAdmin(ShownOnly):
    owner = "the form of a version"
    list_display = ("version", "editor", "at")
    search_fields = ("version__claim__slug", "editor__username")
    list_select_related = ("version", "editor")

    def get_queryset(self, request: HttpRequest) -> QuerySet[VersionEdit]:
        return super().get_queryset(request).defer(*WORDS_ONLY)


@admin.register(StaleMark)
class StaleMarkAdmin(ShownOnly):
    owner = "the worker that marks what moved"
    list_display = ("version", "claim_title", "reason", "detail", "since", "cleared_at", "next_step")
    list_filter = (("cleared_at", admin.EmptyFieldListFilter), "reason")
    search_fields = ("version__claim__slug", "detail", "subject_key")
    list_select_related = ("version__claim",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[StaleMark]:
        return super().get_queryset(request).defer(*WORDS_ONLY)

    @admin.display(description="claim")
    def claim_title(self, row: StaleMark) -> str:
        return row.version.claim.slug

    @admin.display(description="next step")
    def next_step(self, row: StaleMark) -> str:
        if row.cleared_at:
            return "cleared"
        address = reverse("admin:claims_verdictversion_add")
        return format_html('<a href="{}?claim={}">start a re-review</a>', address, row.version.claim_id)


@admin.register(Evidence)
class EvidenceAdmin(ShownOnly):
    owner = "the form of a version"
    list_display = ("id", "version", "stance", "measurement", "campaign", "source", "check_run", "note")
    list_filter = ("stance",)
    search_fields = ("version__claim__slug", "measurement__key", "campaign__key", "source__key", "note")
    list_select_related = ("version", "measurement", "campaign", "source", "check_run")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        return super().get_queryset(request).defer(*WORDS_ONLY)
