"""Runs of the machine checks: a worker appends them, nobody changes them."""

from __future__ import annotations

from django.contrib import admin

from claims.admin.shown import ShownOnly
from claims.models import CheckRun


@admin.register(CheckRun)
class CheckRunAdmin(ShownOnly):
    owner = "the worker that runs the checks"
    list_display = ("claim", "name", "outcome", "sentence", "as_of", "ran_at")
    list_filter = ("name", "outcome")
    search_fields = ("claim__slug", "name", "sentence")
    date_hierarchy = "ran_at"
    list_select_related = ("claim",)
