"""Versions that wait for a second pair of eyes, and may be approved by whoever looks at the queue."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims.desk.contract import Queue, Reason, Waiting
from claims.desk.rows import waiting_version, without_documents
from claims.models import Approval, ConflictOfInterest, EditorialLog, VerdictVersion, VersionEdit


def submitted() -> Coalesce:
    """When a version was handed in last."""
    steps = EditorialLog.objects.filter(version=OuterRef("pk"), action="submit").order_by("-pk")
    return Coalesce(Subquery(steps.values("at")[:1]), "edited_at")


def _rows(person: User, at: datetime) -> QuerySet[Any]:
    barred = ConflictOfInterest.objects.filter(person=person, ended_at__isnull=True).values("claim")
    signed = Approval.objects.filter(approver=person, voided_at__isnull=True).values("version")
    rows = VerdictVersion.objects.filter(state="in_review").exclude(author=person)
    rows = rows.exclude(pk__in=VersionEdit.objects.filter(editor=person).values("version"))
    rows = rows.exclude(claim__in=barred).exclude(pk__in=signed).annotate(since=submitted())
    return without_documents(rows).select_related("author")


def _shown(rows: list[Any], at: datetime) -> list[Waiting]:
    return [
        waiting_version(
            row, row.since, Reason(f"Version {row.number} by {row.author.get_username()}: {row.one_line}")
        )
        for row in rows
    ]


QUEUE = Queue(
    name="review",
    title="Awaiting review, and not mine",
    about="Compare the version with the last one and with the facts it rests on, then approve it or ask for changes.",
    empty="No version of somebody else waits for a review that you may give.",
    place=10,
    right="claims.add_approval",
    rows=_rows,
    moment="since",
    shown=_shown,
    claim="claim",
)
