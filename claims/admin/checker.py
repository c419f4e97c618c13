"""Which matches of the article checker readers called wrong."""

from __future__ import annotations

from django.contrib import admin

from claims.admin.shown import ShownOnly
from claims.models import WrongMatch


@admin.register(WrongMatch)
class WrongMatchAdmin(ShownOnly):
    owner = "readers of the article checker"
    list_display = ("claim", "version", "band", "stance", "at")
    list_filter = ("band", "stance")
    search_fields = ("claim__slug",)
    date_hierarchy = "at"
    list_select_related = ("claim", "version")
