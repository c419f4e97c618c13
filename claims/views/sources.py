"""The sources: who said or measured it, how close to the data, and how far we read it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from claims.models import Appearance, GuidedReading, Measurement, Source
from claims.paging import keyed_page
from claims.queries import citing, published_claims, sources_with_counts, tier_counts
from claims.refusals import chosen, refusing
from claims.scales import SOURCE_KINDS, SOURCE_STATES, TIERS
from claims.watching.changes import title_of
from claims.watching.questions import watches_of
from claims.watching.standing import Standing, sources_in, standings

PAGE = 50
SHOWN = 50


@refusing
def source_list(request: HttpRequest) -> HttpResponse:
    """All sources, filtered by tier, kind, and what was seen of them."""
    tier = chosen(request.GET.get("tier", "").strip(), "tier", [str(number) for number in TIERS])
    kind = chosen(request.GET.get("kind", "").strip(), "kind", SOURCE_KINDS)
    state = chosen(request.GET.get("state", "").strip(), "state", SOURCE_STATES)
    filters = {name: value for name, value in (("tier", tier), ("kind", kind)) if value}
    wanted = sources_with_counts().filter(**filters)
    if state:
        wanted = wanted.filter(pk__in=sources_in(state))
    rows, following = keyed_page(wanted, request.GET.get("after", ""), PAGE)
    known = standings(row.key for row in rows)
    counts = tier_counts()
    return render(
        request,
        "claims/source_list.html",
        {
            "rows": [
                {"source": row, "signs": known[row.key].signs if row.key in known else []} for row in rows
            ],
            "next": following,
            "tier": tier,
            "kind": kind,
            "kinds": SOURCE_KINDS,
            "state": state,
            "states": SOURCE_STATES,
            "tiers": [
                {"number": number, "meaning": meaning, "count": counts.get(number, 0), "slug": str(number)}
                for number, meaning in TIERS.items()
            ],
            "total": sum(counts.values()),
        },
    )


def source(request: HttpRequest, key: str) -> HttpResponse:
    """One source with what was transcribed from it and the claims it speaks to."""
    row = Source.objects.filter(key=key).first()
    if row is None:
        raise Http404(f"There is no source “{key}” in this record.")
    standing = standings([row.key]).get(row.key, Standing())
    measurements = Measurement.objects.filter(source=row).select_related("superseded_by").order_by("key")
    # what a published version says, not the working rows: an appearance is public once a version carries it
    said = published_claims().filter(pk__in=Appearance.objects.filter(source=row).values("claim"))
    said = said.defer("current_version__chart_subject", "current_version__search_text").order_by("slug")
    appearances = [
        {
            "claim": claim,
            "phrase": entry["phrase"],
            "stance": entry["stance"],
            "seen": standing.phrase(entry["phrase"]),
        }
        for claim in said[:SHOWN]
        if claim.current_version
        for entry in (claim.current_version.document or {}).get("appearances", [])
        if entry["source"]["key"] == row.key
    ]
    return render(
        request,
        "claims/source.html",
        {
            "source": row,
            "standing": standing,
            "watched": [
                {
                    "title": title_of(name),
                    "looked": standing.looks.get(name),
                    "failed": tried
                    if (tried := standing.tries.get(name)) and tried.outcome != "looked"
                    else None,
                    "copy": standing.copy if name in ("wayback", "save_page_now") else None,
                }
                for name in watches_of(row)
            ],
            "measurements": list(measurements[:SHOWN]),
            "measurement_count": measurements.count(),
            "citing": list(citing(source=row)[:SHOWN]),
            "appearances": appearances,
            "appearance_claims": len({row["claim"].pk for row in appearances}),
            "reading": GuidedReading.objects.filter(source=row).first(),
        },
    )
