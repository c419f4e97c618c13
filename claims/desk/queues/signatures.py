"""Verdicts of the initial catalogue that no two named people have signed yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet

from claims.desk.contract import Queue, Reason, Waiting
from claims.desk.rows import waiting_claim, without_documents
from claims.models import VerdictVersion
from claims.queries import published_claims


def _rows(person: User, at: datetime) -> QuerySet[Any]:
    under_way = VerdictVersion.objects.exclude(state="published").values("claim")
    rows = published_claims().filter(current_version__review_level="catalogue").exclude(pk__in=under_way)
    return without_documents(rows, "current_version", "")


def _shown(rows: list[Any], at: datetime) -> list[Waiting]:
    return [
        waiting_claim(row, row.current_version.published_at, Reason(row.current_version.one_line))
        for row in rows
    ]


QUEUE = Queue(
    name="signatures",
    title="Catalogue verdicts awaiting signatures",
    about="Read the verdict with its facts and put your name to it as author; a second person then reviews and signs it.",
    empty="Every verdict of the initial catalogue is signed or on its way.",
    place=70,
    right="claims.add_verdictversion",
    rows=_rows,
    moment="current_version__published_at",
    shown=_shown,
    claim="",
)
