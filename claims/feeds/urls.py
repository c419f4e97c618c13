"""The addresses of the feeds, one of each for every registered format."""

from django.urls import URLPattern, path

from claims.feeds.registry import formats
from claims.feeds.views import all_claims, changes, claims_of_object, filtered_claims

urlpatterns: list[URLPattern] = []
for extension, format_ in formats().items():
    given = {"format_": format_}
    urlpatterns += [
        path(f"feed.{extension}", all_claims, given, name=f"feed-{extension}"),
        path(f"claims/feed.{extension}", filtered_claims, given, name=f"claims-feed-{extension}"),
        path(f"objects/<str:designation>/feed.{extension}", claims_of_object, given, name=f"object-feed-{extension}"),
        path(f"changes.{extension}", changes, given, name=f"changes-{extension}"),
    ]  # fmt: skip
