"""Small bodies and observers: `data/` owns them."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from kombu.exceptions import OperationalError

from claims.admin.shown import ShownOnly
from ephemeris.models import Observer, SmallBody
from ephemeris.tasks import refresh_services


@admin.register(SmallBody)
class SmallBodyAdmin(ShownOnly):
    owner = "the catalogue in data/objects/"
    list_display = ("designation", "full_designation", "kind", "discovery_date", "discovery_site", "live")
    list_filter = ("kind", "live")
    search_fields = ("designation", "full_designation", "name")
    actions = ("refresh_now",)

    @admin.action(description="Refresh orbits now", permissions=["view"])
    def refresh_now(self, request: HttpRequest, bodies: QuerySet[SmallBody]) -> None:
        """Queue the refreshes of the chosen objects; a service that is asked already is not asked twice."""
        try:
            for body in bodies:
                refresh_services.delay(body=body.designation, anew=True)
        except OperationalError:
            self.message_user(request, "The queue does not answer; nothing was queued.", messages.ERROR)
            return
        names = ", ".join(body.designation for body in bodies)
        self.message_user(request, f"Queued for {names}; the service refreshes show what comes of it.")


@admin.register(Observer)
class ObserverAdmin(ShownOnly):
    owner = "the catalogue in data/observers.toml"
    list_display = ("code", "name", "kind", "body", "longitude_east_deg", "latitude_deg")
    list_filter = ("kind", "body")
    search_fields = ("code", "name")
