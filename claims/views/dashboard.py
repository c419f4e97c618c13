"""The front page: what the record holds, how the verdicts fall, and what was reviewed last."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext

from claims.counts import bodies_with_counts, topic_tallies
from claims.generation import generation_of
from claims.motion import everything_now
from claims.queries import (
    corrected_versions,
    latest_integrity_run,
    latest_reviews,
    record_sizes,
    stale_claim_count,
)
from claims.scales import TOPICS, VERDICTS
from ephemeris.board import newest_changes, state_tally


def dashboard(request: HttpRequest) -> HttpResponse:
    """The record at a glance."""
    generation = generation_of(request)
    by_topic = topic_tallies(generation)
    overall = {slug: sum(tally.get(slug, 0) for tally in by_topic.values()) for slug in VERDICTS}
    tally = verdict_tally(overall)
    now, (sources, campaigns) = everything_now(timezone.now()), record_sizes()
    bodies = bodies_with_counts(generation)
    return render(
        request,
        "dashboard.html",
        {
            "names": get_text_list([body.full_designation for body in bodies], gettext("and")),
            "tally": tally,
            "total": sum(overall.values()),
            "topics": [
                {
                    "slug": slug,
                    "label": label,
                    "total": sum(by_topic[slug].values()),
                    "cells": [
                        {"verdict": part["verdict"], "count": by_topic[slug].get(part["verdict"].slug, 0)}
                        for part in tally
                    ],
                }
                for slug, label in TOPICS.items()
                if slug in by_topic
            ],
            "bodies": [
                {
                    "body": body,
                    "now": now.get(body.designation),
                }
                for body in bodies
            ],
            "as_of": next((where.as_of for where in now.values()), None),
            "reviews": latest_reviews(6),
            "corrections": list(corrected_versions()[:4]),
            "stale": stale_claim_count(),
            "integrity": latest_integrity_run(),
            "sources": sources,
            "campaigns": campaigns,
            "archive_changes": newest_changes(4),
            "archive_states": state_tally(),
        },
    )


def verdict_tally(counts: dict[str, int]) -> list[dict[str, Any]]:
    """The verdicts that occur with their numbers, in the order of the scale."""
    return [
        {"verdict": verdict, "count": counts[slug]} for slug, verdict in VERDICTS.items() if counts.get(slug)
    ]
