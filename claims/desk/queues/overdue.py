"""Published verdicts whose planned review is due."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet

from claims.desk.advice import TODO
from claims.desk.contract import Queue, Reason, Waiting
from claims.desk.rows import waiting_claim, without_documents
from claims.queries import published_claims


def _rows(person: User, at: datetime) -> QuerySet[Any]:
    due = published_claims().filter(current_version__next_review__lte=at.date())
    return without_documents(due, "current_version", "")


def _shown(rows: list[Any], at: datetime) -> list[Waiting]:
    return [
        waiting_claim(
            row,
            row.current_version.next_review,
            Reason(f"The review of version {row.current_version.number} is due.", TODO["review_due"]),
        )
        for row in rows
    ]


QUEUE = Queue(
    name="overdue",
    title="Overdue reviews",
    about="Every verdict names the day of its next review. These days have come.",
    empty="No planned review is overdue.",
    place=50,
    right="claims.add_verdictversion",
    rows=_rows,
    moment="current_version__next_review",
    shown=_shown,
    claim="",
    by_day=True,
)
