"""Addresses: the public site, the editors' admin, the probes."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from claims.urls import pages
from config.csp_reports import csp_report
from config.health import healthz, readyz
from config.metrics import metrics

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("admin/desk/", include("claims.desk.urls")),
    path("csp-report", csp_report, name="csp-report"),
    path("", include("claims.accounts.urls")),  # before the admin, whose own sign-in it replaces
    path("admin/", admin.site.urls),
    path("", include("claims.urls")),
    *i18n_patterns(*pages, prefix_default_language=False),
]

handler400 = "claims.views.errors.bad_request"
handler404 = "claims.views.errors.not_found"
handler429 = "claims.accounts.views.too_many"  # asked by django-allauth
handler500 = "claims.views.errors.our_error"
