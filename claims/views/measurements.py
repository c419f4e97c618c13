"""The measurements: every number of the record with its error, its source and its standing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from claims.generation import generation_of
from claims.kept_parts import Part, made_of
from claims.models import Measurement
from claims.paging import keyed_page
from claims.queries import citing, measured_counts
from claims.refusals import chosen, refusing
from claims.site_charts.beside import beside
from claims.site_charts.values import values
from claims.small_multiples import strips
from claims.templatetags.hyperbole import quantity as title_of
from science.vocabulary import QUANTITIES

PAGE = 50


@refusing
def measurement_list(request: HttpRequest) -> HttpResponse:
    """Measurements of one object or one quantity, or all of them."""
    bodies, quantities = measured_counts("body"), measured_counts("quantity")
    body = chosen(request.GET.get("object", "").strip(), "object", bodies)
    quantity = chosen(request.GET.get("quantity", "").strip(), "quantity", quantities)
    filters = {name: value for name, value in (("body", body), ("quantity", quantity)) if value}
    found = Measurement.objects.filter(superseded_by__isnull=True, **filters).select_related("source")
    after = request.GET.get("after", "")
    rows, following = keyed_page(found, after, PAGE)
    return render(
        request,
        "claims/measurement_list.html",
        {
            "rows": rows,
            "next": following,
            "total": found.count(),
            "object": body,
            "chart": values(quantity) if quantity and not after else None,
            "quantity": quantity,
            "overview": _overview(body, generation_of(request)) if not quantity and not after else None,
            "meaning": QUANTITIES[quantity].meaning if quantity in QUANTITIES else "",
            "bodies": [{"name": name, "count": number} for name, number in bodies.items()],
            "quantities": sorted(
                ({"key": key, "title": title_of(key), "count": number} for key, number in quantities.items()),
                key=lambda row: row["title"].casefold(),
            ),
        },
    )


def _overview(body: str, generation: str) -> Part:
    """Quantities with several values, each on one line."""
    return Part(made_of("strips", body, generation), lambda: {"strips": strips(body)})


def measurement(request: HttpRequest, key: str) -> HttpResponse:
    """One measurement with its conditions and the claims that rest on it."""
    row = Measurement.objects.filter(key=key).select_related("source", "small_body", "superseded_by").first()
    if row is None:
        raise Http404(f"There is no measurement “{key}” in this record.")
    kind = QUANTITIES.get(row.quantity)
    return render(
        request,
        "claims/measurement.html",
        {
            "measurement": row,
            "meaning": kind.meaning if kind else "",
            "also_in": list(row.also_in.order_by("key")),
            "supersedes": list(row.supersedes.order_by("key")),
            "citing": list(citing(measurement=row)),
            "chart": beside(row),
        },
    )
