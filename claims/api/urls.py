"""The addresses of the API, all below /api/v1/."""

from django.urls import URLPattern, URLResolver, path, re_path

from claims.api.router import api
from claims.api.views import docs, openapi, unknown

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/openapi.json", openapi, name="openapi"),
    path("v1/docs", docs, name="api-docs"),
    path("v1/", api.urls),
    re_path(r"^(?P<rest>.*)$", unknown),
]
