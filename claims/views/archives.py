"""The observing campaigns: who observed when, and when the public first saw something of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.refusals import chosen, refusing
from ephemeris.models import Campaign, SmallBody


@refusing
def archives(request: HttpRequest) -> HttpResponse:
    """Every campaign with its dates, latest first."""
    names = dict(SmallBody.objects.order_by("-designation").values_list("designation", "full_designation"))
    body = chosen(request.GET.get("object", "").strip(), "object", names)
    rows = Campaign.objects.select_related("body").order_by("-observed_from", "key")
    if body:
        rows = rows.filter(body__designation=body)
    return render(request, "claims/archives.html", {"rows": rows, "names": names.items(), "object": body})
