"""Changes of an archive's state that touch a published claim."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, QuerySet
from django.urls import reverse

from claims.desk.advice import TODO
from claims.desk.contract import Queue, Reason, Waiting
from claims.desk.rows import without_documents
from claims.models import StaleMark


def _rows(person: User, at: datetime) -> QuerySet[Any]:
    marks = StaleMark.objects.filter(
        reason="archive_transition", cleared_at__isnull=True, version__claim__withdrawn_at__isnull=True,
        version__claim__current_version=F("version"),
    )  # fmt: skip
    return without_documents(marks, "version", "version__claim")


def _shown(rows: list[Any], at: datetime) -> list[Waiting]:
    return [
        Waiting(
            row.version.title,
            reverse("desk:claim", args=[row.version.claim.slug]),
            row.since,
            (Reason(row.detail, TODO["archive_transition"]),),
            row.version.claim,
            row.version.verdict,
        )
        for row in rows
    ]


QUEUE = Queue(
    name="archives",
    title="Archive transitions on claims",
    about="An archive released, withheld or lost what a verdict speaks of.",
    empty="No change of an archive's state waits for a look.",
    place=60,
    right="claims.add_verdictversion",
    rows=_rows,
    moment="since",
    shown=_shown,
    claim="version__claim",
)
