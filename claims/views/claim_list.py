"""The list of published claims: three facets, one search, pages of 25."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.counts import FACETS, chosen_claims, facet_counts
from claims.generation import generation_of
from claims.live import stale_reasons
from claims.paging import claims_page, found_page
from claims.queries import listed, published_claims
from claims.refusals import chosen, refusing
from claims.scales import TOPICS, VERDICTS
from claims.search import MOST_FOUND, matches, stems
from ephemeris.models import SmallBody

LONGEST_QUERY = 200


@refusing
def claim_list(request: HttpRequest) -> HttpResponse:
    """Published claims that match the chosen facets and words, newest publication first."""
    names = dict(SmallBody.objects.order_by("-designation").values_list("designation", "full_designation"))
    labels: dict[str, dict[str, str]] = {
        "object": names,
        "topic": TOPICS,
        "verdict": {slug: verdict.label for slug, verdict in VERDICTS.items()},
    }
    facets = {name: chosen(request.GET.get(name, "").strip(), name, labels[name]) for name in FACETS}
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    found = matches(query) if query else None
    counts = facet_counts(generation_of(request), among=found.counts if found else None, **facets)
    after = request.GET.get("after", "")
    if found:
        matched = [
            row
            for row in found.rows
            if all(value in ("", row.facets[place]) for place, value in enumerate(facets.values()))
        ]
        rows, following = found_page(listed(published_claims()), matched, after)
    else:
        selected = chosen_claims(
            published_claims(), **{name: value for name, value in facets.items() if value}
        )
        rows, following = claims_page(listed(selected), after)
    kept = {name: value for name, value in {**facets, "q": query}.items() if value}
    return render(
        request,
        "claims/claim_list.html",
        {
            "rows": rows,
            "stale": stale_reasons(row.current_version_id for row in rows if row.current_version_id),
            "total": _total(counts, facets),
            "newest_of_more": 0 if found is None or found.whole else MOST_FOUND,
            "facets": [_facet(name, labels[name], counts[name], facets[name], kept) for name in FACETS],
            "chosen": [
                {"label": labels[name][value], "without": _address(kept, name, "")}
                for name, value in facets.items()
                if value
            ],
            "kept": [(name, value) for name, value in kept.items() if name != "q"],
            "query": query,
            "asked": stems(query),
            "first": _address(kept, "after", "") if "after" in request.GET else "",
            "next": _address(kept, "after", following) if following else "",
        },
    )


def _total(counts: dict[str, dict[str, int]], facets: dict[str, str]) -> int:
    """How many claims are selected: a facet's counts already obey the other two."""
    by_verdict = counts["verdict"]
    return by_verdict.get(facets["verdict"], 0) if facets["verdict"] else sum(by_verdict.values())


def _facet(
    name: str, labels: dict[str, str], counts: dict[str, int], value: str, kept: dict[str, str]
) -> dict[str, Any]:
    return {
        "name": name,
        "all": _address(kept, name, ""),
        "open": bool(value),
        "values": [
            {
                "slug": slug,
                "label": label,
                "count": counts.get(slug, 0),
                "chosen": slug == value,
                "address": _address(kept, name, slug),
            }
            for slug, label in labels.items()
            if counts.get(slug) or slug == value
        ],
    }


def _address(kept: dict[str, str], name: str, value: str) -> str:
    """This list with one parameter changed or, if ``value`` is empty, left out."""
    parameters = {
        **{key: old for key, old in kept.items() if key != name},
        **({name: value} if value else {}),
    }
    return f"?{urlencode(parameters)}" if parameters else "?"
