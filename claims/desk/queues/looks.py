"""Campaigns of archives that no adapter asks: the day on which a person was to look again has come."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse

from claims.desk.contract import Queue, Reason, Waiting
from ephemeris.models import Campaign

TODO = "Look at the archive, and bring what was seen with its source, and the day of the next look, into data/campaigns/."


def _rows(person: User, at: datetime) -> QuerySet[Any]:
    return Campaign.objects.filter(next_review__lte=at.date()).select_related("body")


def _shown(rows: list[Any], at: datetime) -> list[Waiting]:
    return [
        Waiting(
            f"{row.body.full_designation}: {row.facility} {row.instrument}",
            reverse("campaign", args=[row.key]),
            row.next_review,
            (Reason("No program asks for this campaign; the look was planned for this day.", TODO),),
        )
        for row in rows
    ]


QUEUE = Queue(
    name="looks",
    title="Overdue looks at archives",
    about="No program asks these archives, so a person looks on the day that the campaign names. These days have come.",
    empty="No look at an archive is overdue.",
    place=65,
    right="claims.add_verdictversion",
    rows=_rows,
    moment="next_review",
    shown=_shown,
    by_day=True,
)
