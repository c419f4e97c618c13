"""Small bodies and observers: `data/` owns them."""

from __future__ import annotations

from django.contrib import admin

from claims.admin.shown import ShownOnly
from ephemeris.models import Observer, SmallBody


@admin.register(SmallBody)
class SmallBodyAdmin(ShownOnly):
    owner = "the catalogue in data/objects/"
    list_display = ("designation", "full_designation", "kind", "discovery_date", "discovery_site", "live")
    list_filter = ("kind", "live")
    search_fields = ("designation", "full_designation", "name")


@admin.register(Observer)
class ObserverAdmin(ShownOnly):
    owner = "the catalogue in data/observers.toml"
    list_display = ("code", "name", "kind", "body", "longitude_east_deg", "latitude_deg")
    list_filter = ("kind", "body")
    search_fields = ("code", "name")
