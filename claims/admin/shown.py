"""Rows that the admin shows and never changes, because somebody else owns them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, URLField
from django.http import HttpRequest


class ShownOnly(admin.ModelAdmin):
    """A list and a page to read, for rows owned by `data/`, by a worker or by the log."""

    owner = "a machine"
    list_per_page = 50
    show_full_result_count = False
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        named = {"subtitle": f"Read-only: {self.owner} owns these rows."}
        return super().changelist_view(request, {**(extra_context or {}), **named})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        named = {"subtitle": f"Read-only: {self.owner} owns this row."}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **named})


class ShownInline(admin.TabularInline):
    """Rows of another model on a page, to read."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
