"""The editors' admin: one module a noun.  People's rows are edited, machines' and `data/`'s are shown."""

from django.contrib import admin

from claims.admin import (
    archives,
    bodies,
    checker,
    checks,
    claims,
    desk,
    log,
    orbits,
    sources,
    versions,
    watch,
)

__all__ = [
    "archives", "bodies", "checker", "checks", "claims", "desk", "log", "orbits", "sources", "versions", "watch",
]  # fmt: skip

admin.site.site_header = "Hyperbole"
admin.site.site_title = "Hyperbole: editors"
admin.site.index_title = "The record"
admin.site.site_url = "/"
admin.site.enable_nav_sidebar = True
