"""Addresses of the desk, below `/admin/desk/`."""

from django.urls import path

from claims.desk.views import claim, exchange, external, queues, report, sources, version

app_name = "desk"
urlpatterns = [
    path("", queues.desk, name="desk"),
    path("queues/<slug:name>/", queues.queue, name="queue"),
    path("claims/<slug:slug>/", claim.claim, name="claim"),
    path("claims/<slug:slug>/take/", claim.take, name="take"),
    path("versions/<int:number>/", version.version, name="version"),
    path("versions/<int:number>/external/", external.external, name="external"),
    path("versions/<int:number>/preview/", version.preview, name="preview"),
    path("exchange/", exchange.exchange, name="exchange"),
    path("exchange/<slug:what>.<slug:form>", exchange.export, name="export"),
    path("reports/<int:number>/", report.report, name="report"),
    path("sources/<int:number>/", sources.source, name="source"),
    path("suspected/<int:number>/", sources.suspected, name="suspected"),
    path("suspected/look/", sources.look, name="look"),
]
