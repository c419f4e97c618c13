"""Versions that were approved and that somebody has to publish."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import OuterRef, QuerySet, Subquery

from claims.desk.contract import Queue, Reason, Waiting
from claims.desk.rows import waiting_version, without_documents
from claims.models import Approval, VerdictVersion


def _rows(person: User, at: datetime) -> QuerySet[Any]:
    approvals = Approval.objects.filter(version=OuterRef("pk"), voided_at__isnull=True).order_by("-at")
    rows = VerdictVersion.objects.filter(state="approved").annotate(
        since=Subquery(approvals.values("at")[:1])
    )
    return without_documents(rows)


def _shown(rows: list[Any], at: datetime) -> list[Waiting]:
    return [
        waiting_version(row, row.since, Reason(f"Version {row.number} is approved: {row.one_line}"))
        for row in rows
    ]


QUEUE = Queue(
    name="to_publish",
    title="Approved, to be published",
    about="Look at the preview once more, then publish: the page, the feeds and the API change together.",
    empty="Nothing that was approved waits for its publication.",
    place=20,
    right="claims.publish_verdictversion",
    rows=_rows,
    moment="since",
    shown=_shown,
    claim="claim",
)
