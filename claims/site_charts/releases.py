"""Of one object: from each observation to the first image or data in public, and to the archive's release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext

from charts.labels import body_name
from claims.drawings import shown
from claims.models import Measurement, Source
from claims.records import citation, measurement_record
from claims.site_charts.catalogue import day_of_load
from claims.site_charts.contract import Kind, Origin, SiteChart
from ephemeris.models import Campaign
from ephemeris.queries import campaign_record
from science.records import ChartSubject

# releases that a reader could look at, and the weeks in which NASA said little
DRAWN_KINDS = ("image", "data")
CONTEXT = "nasa-funding-lapse-2025"


def releases(campaigns: Sequence[Campaign], body: str) -> SiteChart | None:
    """The timeline of one object's campaigns; None where none has shown an image or data yet."""
    drawn = [
        row
        for row in campaigns
        if row.body.designation == body and row.first_public_date and row.first_public_kind in DRAWN_KINDS
    ]
    if not drawn:
        return None
    sources = {
        source.key: source
        for source in Source.objects.filter(key__in={row.first_public_source_key for row in drawn})
    }
    context = Measurement.objects.filter(key=CONTEXT).select_related("source", "superseded_by").first()
    subject = ChartSubject(
        slug="archives",
        title="From observation to publication",
        body=body,
        verdict_label="",
        measurements=(measurement_record(context),) if context else (),
        cited_keys=frozenset((CONTEXT,)),
        campaigns=tuple(
            replace(campaign_record(row), citation=citation(source) if (source := sources.get(row.first_public_source_key)) else None)
            for row in drawn
        ),
    )  # fmt: skip
    chart = shown(subject, "release_timeline")
    if chart is None:
        return None
    origins = [
        Origin(
            "Observing runs and archive releases",
            f"the campaigns of {body_name(body)} in this record, each with its own sources",
            f"{reverse('archives')}?object={body}",
        ),
        Origin("First publications", "the source named in each line of the table, all listed below"),
    ]
    if context:
        origins.append(Origin("Shaded weeks", context.statement, reverse("measurement", args=[context.key])))
    return SiteChart(
        key=KIND.key(body),
        chart=chart,
        page=f"{reverse('archives')}?object={body}#timeline",
        page_title=gettext("Archives"),
        as_of=day_of_load(),
        origins=tuple(origins),
    )


def _bodies() -> list[str]:
    rows = Campaign.objects.filter(first_public_date__isnull=False, first_public_kind__in=DRAWN_KINDS)
    return list(rows.order_by("body__designation").values_list("body__designation", flat=True).distinct())


def _gathers(body: str, generation: str) -> SiteChart | None:
    campaigns = Campaign.objects.select_related("body").filter(body__designation=body)
    return releases(list(campaigns.order_by("-observed_from", "key")), body)


KIND = Kind("releases", _bodies, _gathers)
