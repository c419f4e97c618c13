"""Interests, replies, readers' reports and sign-ins: written at the desk, shown here."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin

from claims.admin.shown import ShownOnly
from claims.models import ClaimantContact, ConflictOfInterest, ReaderReport, SignIn

# addresses are not managed here; second factors are shown to nobody but their owner
admin.site.unregister(EmailAddress)
admin.site.unregister(Authenticator)


@admin.register(ConflictOfInterest)
class ConflictOfInterestAdmin(ShownOnly):
    owner = "the desk page of a claim"
    list_display = ("claim", "person", "statement", "declared_at", "ended_at")
    list_filter = (("ended_at", admin.EmptyFieldListFilter), "person")
    search_fields = ("claim__slug", "person__username", "statement")
    list_select_related = ("claim", "person")


@admin.register(ClaimantContact)
class ClaimantContactAdmin(ShownOnly):
    owner = "the desk page of a claim"
    list_display = ("claim", "claimant", "contacted_on", "way", "answered_on")
    list_filter = (("answered_on", admin.EmptyFieldListFilter),)
    search_fields = ("claim__slug", "claimant", "answer")
    list_select_related = ("claim",)


@admin.register(ReaderReport)
class ReaderReportAdmin(ShownOnly):
    owner = "the desk's queue of readers' reports"
    list_display = ("received_at", "path", "claim", "state", "answered_by")
    list_filter = ("state",)
    search_fields = ("claim__slug", "path", "text", "note")
    date_hierarchy = "received_at"
    list_select_related = ("claim", "answered_by")


@admin.register(SignIn)
class SignInAdmin(ShownOnly):
    owner = "the sign-in"
    list_display = ("at", "event", "username", "person", "address")
    list_filter = ("event",)
    search_fields = ("username", "address")
    date_hierarchy = "at"
    list_select_related = ("person",)
