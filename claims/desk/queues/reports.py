"""What readers say is wrong, oldest first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator

from claims.desk.contract import Queue, Reason, Waiting
from claims.models import ReaderReport

SHOWN_WORDS = 40


def _rows(person: User, at: datetime) -> QuerySet[Any]:
    return ReaderReport.objects.filter(state="open").select_related("claim__body", "claim__assigned_to")


def _shown(rows: list[Any], at: datetime) -> list[Waiting]:
    return [
        Waiting(
            f"Report on {row.path}",
            reverse("desk:report", args=[row.pk]),
            row.received_at,
            (Reason(Truncator(row.text).words(SHOWN_WORDS)),),
            row.claim,
        )
        for row in rows
    ]


QUEUE = Queue(
    name="reports",
    title="Reports of readers",
    about="A reader says that something is wrong. Say what was done about it, or why nothing was.",
    empty="No report of a reader is open.",
    place=80,
    right="claims.change_readerreport",
    rows=_rows,
    moment="received_at",
    shown=_shown,
    claim="claim",
)
