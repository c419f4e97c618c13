"""The staleness board: published verdicts that may be out of date, with every reason, since when, what to do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import OuterRef, QuerySet, Subquery

from claims.desk.advice import stale_reason
from claims.desk.contract import Queue, Waiting
from claims.desk.rows import waiting_claim, without_documents
from claims.live import stale_reasons
from claims.models import StaleMark
from claims.queries import published_claims


def _rows(person: User, at: datetime) -> QuerySet[Any]:
    standing = StaleMark.objects.filter(cleared_at__isnull=True)
    first = standing.filter(version=OuterRef("current_version")).order_by("since").values("since")
    rows = published_claims().filter(current_version__in=standing.values("version"))
    return without_documents(rows.annotate(since=Subquery(first[:1])), "current_version", "")


def _shown(rows: list[Any], at: datetime) -> list[Waiting]:
    marks = stale_reasons(row.current_version_id for row in rows)
    return [
        waiting_claim(row, row.since, *(stale_reason(mark) for mark in marks[row.current_version_id]))
        for row in rows
    ]


QUEUE = Queue(
    name="stale",
    title="Stale verdicts",
    about="Something that a published verdict rests on has moved. Readers see the mark until somebody signs a new version.",
    empty="No published verdict is marked stale.",
    place=40,
    right="claims.add_verdictversion",
    rows=_rows,
    moment="since",
    shown=_shown,
    claim="",
)
