"""The archive board and the page of one campaign: what archives hold, and every time they were asked."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from claims.keyset import BadCursorError, Cursor, below, read_cursor
from claims.models import Source
from claims.queries import citing
from claims.refusals import BadParameter, chosen, refusing
from claims.site_charts.releases import releases
from ephemeris.archive_words import ago, told_by_a_poll
from ephemeris.archives.registry import archives as all_archives
from ephemeris.board import Standing, enquiry_standings, standings
from ephemeris.models import ArchivePoll, Campaign, SmallBody

SHOWN_POLLS = 25
ACCESS_WORDS = {
    "public": "public",
    "proprietary": "not public yet",
    "on_hold": "on hold",
    "restricted": "restricted",
    "unknown": "access not given",
}


@refusing
def archives(request: HttpRequest) -> HttpResponse:
    """Every campaign with its dates and how it stands in the archives, latest first."""
    names = dict(SmallBody.objects.order_by("-designation").values_list("designation", "full_designation"))
    body = chosen(request.GET.get("object", "").strip(), "object", names)
    rows = Campaign.objects.select_related("body").order_by("-observed_from", "key")
    if body:
        rows = rows.filter(body__designation=body)
    now = timezone.now()
    campaigns = list(rows)
    board = standings(campaigns, now=now)
    enquiries = enquiry_standings(body)
    return render(
        request,
        "claims/archives.html",
        {
            "rows": [_line(standing) for standing in board],
            "tally": _tally(board),
            "names": names.items(),
            "object": body,
            "chart": releases(campaigns, body or "3I"),
            "enquiries": [
                {"asked": row.enquiry, "poll": row.answered, "told": _told(row.answered)} for row in enquiries
            ],
            "demonstration": any(
                poll is not None and poll.synthetic
                for poll in (*(row.answered for row in board), *(row.answered for row in enquiries))
            ),
        },
    )


@refusing
def campaign(request: HttpRequest, key: str) -> HttpResponse:
    """One campaign: how it stands, what was asked, every change and every poll."""
    row = Campaign.objects.select_related("body").annotate(asked=Count("polls")).filter(key=key).first()
    if row is None:
        raise Http404(f"There is no campaign “{key}” on record.")
    polls = ArchivePoll.objects.filter(campaign=row).defer("control_query_text", "query_text")
    after = request.GET.get("after", "")
    try:
        found = list(polls.filter(below(read_cursor(after), "asked_at"))[: SHOWN_POLLS + 1])
    except (BadCursorError, OverflowError) as error:
        raise BadParameter("after", after, ["the value in a page's own link to its next page"]) from error
    last = found[SHOWN_POLLS - 1] if len(found) > SHOWN_POLLS else None
    [standing] = standings([row], now=timezone.now())
    sources = Source.objects.filter(key__in=[*row.source_keys, row.first_public_source_key]).order_by(
        "tier", "key"
    )
    return render(
        request,
        "claims/campaign.html",
        {
            "row": _line(standing),
            "campaign": row,
            "accesses": [ACCESS_WORDS[access] for access in standing.accesses],
            "changes": list(row.status_changes.all()[:50]),
            "polls": [
                {"poll": poll, "told": _told(poll), "archive": all_archives().get(poll.archive)}
                for poll in found[:SHOWN_POLLS]
            ],
            "next": f"?after={Cursor(last.asked_at, last.pk)}" if last else "",
            "first": "?" if after else "",
            "proposals": list(row.proposals.filter(state="confirmed")),
            "claims": list(citing(campaign=row)[:20]),
            "sources": list(sources),
            "demonstration": any(poll.synthetic for poll in found),
        },
    )  # fmt: skip


def _told(poll: ArchivePoll | None) -> str:
    if poll is None:
        return ""
    return told_by_a_poll(poll.outcome, poll.row_count, poll.control_row_count, poll.message)


def _line(standing: Standing) -> dict[str, Any]:
    """A campaign as a line of the board."""
    answered = standing.answered
    public = sum(accesses.get("public", 0) for accesses in standing.counts.values())
    return {
        "campaign": standing.campaign,
        "standing": standing,
        "state": standing.change.get_after_display() if standing.change else None,
        "public": public,
        "checked": ago(answered.asked_at, standing.at) if answered else "",
        "told": _told(answered),
        "look_due": (day := standing.campaign.next_review) is not None and day <= standing.at.date(),
    }


def _tally(board: list[Standing]) -> list[tuple[str, int]]:
    """How many campaigns are in each state that an archive told us of."""
    found: dict[str, int] = {}
    for standing in board:
        if standing.change is not None:
            words = standing.change.get_after_display()
            found[words] = found.get(words, 0) + 1
    return sorted(found.items(), key=lambda item: -item[1])
