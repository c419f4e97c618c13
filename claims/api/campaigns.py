"""Observing campaigns with what the archives were last seen to hold of each."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from claims.addresses import campaign_url
from claims.api.paging import PageQuery, Word, answer, by_key, chosen_fields, list_answer, not_found
from claims.api.records import ERRORS, Line, List
from ephemeris.models import ArchivePoll, ArchiveStatusChange, Campaign

router = Router(tags=["campaigns"])
COLUMNS = (
    "key", "facility", "instrument", "archive", "observed_from", "observed_to", "time_note", "program_id",
    "program_id_confirmed", "access_policy", "access_note", "first_public_date", "first_public_kind",
    "first_public_note", "expected_release", "expected_release_basis", "archive_release_date", "archive_release_note",
    "summary", "verification",
)  # fmt: skip
NAMES = (
    *COLUMNS,
    "object",
    "sources",
    "state",
    "state_since",
    "state_cause",
    "last_answered_poll",
    "failures_since",
    "polls",
    "url",
)
# the archive was reached and said something about this campaign
ANSWERED = ("answered", "empty", "truncated")


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
    """Campaigns with their newest state and newest answered poll, in three queries for any number."""
    keys = [row.pk for row in rows]
    newest = ArchiveStatusChange.objects.filter(campaign__in=keys).order_by().values("campaign")
    changes = {
        change.campaign_id: change
        for change in ArchiveStatusChange.objects.filter(
            pk__in=newest.annotate(newest=Max("pk")).values("newest")
        )
    }
    # no state rests on a second witness
    polls = ArchivePoll.objects.filter(campaign__in=keys, witness=False)
    counted: dict[int, dict[str, Any]] = {
        line["campaign"]: dict(line)
        for line in polls.order_by()
        .values("campaign")
        .annotate(number=Count("pk"), answered=Max("pk", filter=Q(outcome__in=ANSWERED)))
    }
    answered = ArchivePoll.objects.in_bulk(
        [line["answered"] for line in counted.values() if line["answered"]]
    )
    failures: dict[int, int] = {}
    for number, campaign_ in polls.exclude(outcome__in=ANSWERED).values_list("pk", "campaign"):
        if number > (counted[campaign_]["answered"] or 0):
            failures[campaign_] = failures.get(campaign_, 0) + 1
    return [
        _line(row, changes.get(row.pk), answered.get(counted.get(row.pk, {}).get("answered") or 0))
        | {"failures_since": failures.get(row.pk, 0), "polls": counted.get(row.pk, {}).get("number", 0)}
        for row in rows
    ]


def _line(row: Campaign, change: ArchiveStatusChange | None, poll: ArchivePoll | None) -> dict[str, Any]:
    return {
        **{name: None if (value := getattr(row, name)) == "" else value for name in COLUMNS},
        "object": row.body.designation,
        "sources": list(row.source_keys),
        "state": change.after if change else "unknown",
        "state_since": change.at if change else None,
        "state_cause": change.cause if change else None,
        "last_answered_poll": {
            "asked_at": poll.asked_at,
            "outcome": poll.outcome,
            "row_count": poll.row_count,
            "archive_count": poll.archive_count,
            "products": poll.counts,
            "query_text": poll.query_text,
            "synthetic": poll.synthetic,
        }
        if poll
        else None,
        "url": campaign_url(row.key),
    }
