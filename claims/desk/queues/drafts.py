"""Drafts of whoever looks at the queue: begun, or sent back with words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import OuterRef, QuerySet, Subquery

from claims.desk.contract import Queue, Reason, Waiting
from claims.desk.rows import waiting_version, without_documents
from claims.models import EditorialLog, VerdictVersion


def _rows(person: User, at: datetime) -> QuerySet[Any]:
    returned = EditorialLog.objects.filter(version=OuterRef("pk"), action="request_changes").order_by("-pk")
    rows = VerdictVersion.objects.filter(state="draft", author=person)
    rows = rows.annotate(
        wish=Subquery(returned.values("reason")[:1]), asked=Subquery(returned.values("actor_name")[:1])
    )
    return without_documents(rows)


def _shown(rows: list[Any], at: datetime) -> list[Waiting]:
    return [waiting_version(row, row.edited_at, _reason(row)) for row in rows]


def _reason(row: Any) -> Reason:
    if row.wish:
        return Reason(
            f"{row.asked} asked for changes: {row.wish}", "Change what was asked for and submit it again."
        )
    return Reason(f"Version {row.number}, not handed in yet", "Finish it and submit it for review.")


QUEUE = Queue(
    name="drafts",
    title="My drafts",
    about="What you began, and what reviewers sent back to you.",
    empty="You have no open draft.",
    place=30,
    right="claims.add_verdictversion",
    rows=_rows,
    moment="edited_at",
    shown=_shown,
    claim="claim",
)
