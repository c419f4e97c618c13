"""Answers of claimants that came after the verdict was published: nobody reads them before a version prints them."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.text import Truncator

from claims.desk.contract import Queue, Reason, Waiting
from claims.desk.rows import waiting_claim, without_documents
from claims.models import EditorialLog, VerdictVersion
from claims.queries import published_claims

SHOWN_WORDS = 40
TODO = "Weigh the answer and print it with the next version (reason: reply of the claimant)."


def _rows(person: User, at: datetime) -> QuerySet[Any]:
    since = _answers().filter(claim=OuterRef("pk"), at__gt=OuterRef("current_version__published_at"))
    rows = published_claims().annotate(since=Subquery(since.order_by("at").values("at")[:1]))
    return without_documents(rows.filter(since__isnull=False), "current_version", "")


def _answers() -> QuerySet[EditorialLog]:
    return EditorialLog.objects.filter(action="claimant_answered")


def _shown(rows: list[Any], at: datetime) -> list[Waiting]:
    keys = [row.pk for row in rows]
    told = defaultdict(list)
    newer = _answers().filter(claim__in=keys, at__gt=F("claim__current_version__published_at"))
    for row in newer.order_by("pk"):
        after, words = row.after or {}, Truncator(row.reason).words(SHOWN_WORDS)
        told[row.claim_id].append(
            Reason(f"{after['claimant']} answered on {after['on']}: {words}", TODO, row.at)
        )
    open_ones = VerdictVersion.objects.filter(claim__in=keys).exclude(state="published")
    for claim, number, state in open_ones.values_list("claim", "number", "state"):
        told[claim].append(Reason(f"Version {number}, {state.replace('_', ' ')}, will print it."))
    return [waiting_claim(row, row.since, *told[row.pk]) for row in rows]


QUEUE = Queue(
    name="replies",
    title="Answers of claimants, not printed yet",
    about="A claimant used the right of reply. Readers see the answer with the next version, after a second person read it.",
    empty="Every answer of a claimant is printed.",
    place=45,
    right="claims.change_claimantcontact",
    rows=_rows,
    moment="since",
    shown=_shown,
    claim="",
)
