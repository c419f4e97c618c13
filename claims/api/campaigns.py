"""Observing campaigns with what the archives were last seen to hold of each."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from claims.addresses import campaign_url
from claims.api.paging import PageQuery, Word, answer, by_key, chosen_fields, list_answer, not_found
from claims.api.records import ERRORS, Line, List
from ephemeris.archive_words import told_by_a_poll
from ephemeris.board import Standing, poll_numbers, standings
from ephemeris.models import Campaign

router = Router(tags=["campaigns"])
COLUMNS = (
    "facility", "instrument", "archive", "next_review", "observed_from", "observed_to", "time_note", "program_id",
    "program_id_confirmed", "access_policy", "access_note", "first_public_date", "first_public_kind",
    "first_public_note", "expected_release", "expected_release_basis", "archive_release_date", "archive_release_note",
    "summary", "verification",
)  # fmt: skip
NAMES = (
    "id",
    *COLUMNS,
    "object",
    "sources",
    "archive_title",
    "archive_url",
    "state",
    "state_since",
    "state_cause",
    "products",
    "first_release",
    "next_release",
    "stale",
    "held",
    "last_answered_poll",
    "failures_since",
    "failing",
    "polls",
    "url",
)


class CampaignQuery(PageQuery):
    """Filters of the list of campaigns."""

    fields: str = chosen_fields(NAMES)
    object: Word = Field("", examples=["3I"])
    archive: Word = Field("", examples=["mast"])


@router.get("/", response={200: List, **ERRORS}, summary="Campaigns")
def campaigns(request: HttpRequest, asked: Annotated[CampaignQuery, Query()]) -> HttpResponse:
    """Who observed, what became public when, and what the archive answered last.

    No product found is never the statement that there are none: `query_text` says what was asked.
    """
    rows = Campaign.objects.select_related("body")
    if asked.object:
        rows = rows.filter(body__designation=asked.object)
    if asked.archive:
        rows = rows.filter(archive=asked.archive)
    found, following = by_key(rows, asked)
    return list_answer(request, campaign_lines(found), following, asked, NAMES)


@router.get("/{key}/", response={200: Line, **ERRORS}, summary="One campaign")
def campaign(request: HttpRequest, key: str) -> HttpResponse:
    row = Campaign.objects.select_related("body").filter(key=key[:200]).first()
    return answer(campaign_lines([row])[0]) if row else not_found("no such campaign in this record")


def campaign_lines(rows: list[Campaign]) -> list[dict[str, Any]]:
    """Campaigns as they stand in the archives, in the same few queries for any number."""
    polls = poll_numbers([row.pk for row in rows])
    return [
        _line(standing) | {"polls": polls.get(standing.campaign.pk, 0)}
        for standing in standings(rows, now=timezone.now())
    ]


def _line(standing: Standing) -> dict[str, Any]:
    row, change, poll, failing = standing.campaign, standing.change, standing.answered, standing.failing
    return {
        "id": row.key,
        **{name: None if (value := getattr(row, name)) == "" else value for name in COLUMNS},
        "object": row.body.designation,
        "sources": list(row.source_keys),
        "archive_title": standing.archive.title if standing.archive else None,
        "archive_url": standing.archive.home_url if standing.archive else None,
        "state": change.after if change else "unknown",
        "state_since": change.at if change else None,
        "state_cause": change.cause if change else None,
        "products": standing.counts,
        "first_release": standing.first_public,
        "next_release": standing.next_release,
        "stale": standing.is_stale,
        "held": standing.is_held,
        "last_answered_poll": {
            "asked_at": poll.asked_at,
            "outcome": poll.outcome,
            "row_count": poll.row_count,
            "archive_count": poll.archive_count,
            "control_row_count": poll.control_row_count,
            "products": poll.counts,
            "query_text": poll.query_text,
            "told": told_by_a_poll(poll.outcome, poll.row_count, poll.control_row_count, poll.message),
            "synthetic": poll.synthetic,
        }
        if poll
        else None,
        "failures_since": failing.times if failing else 0,
        "failing": {
            "since": failing.since,
            "times": failing.times,
            "outcome": failing.last.outcome,
            "message": failing.message,
        }
        if failing
        else None,
        "url": campaign_url(row.key),
    }
