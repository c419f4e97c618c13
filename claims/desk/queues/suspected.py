"""Pages that seem to repeat a claim: the matching proposes, an editor accepts or declines."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse

from claims.desk.contract import Queue, Reason, Waiting
from claims.models import SuspectedAppearance
from claims.scales import CLAIM_STANCES


def _rows(person: User, at: datetime) -> QuerySet[Any]:
    rows = SuspectedAppearance.objects.filter(state="open")
    return rows.select_related("source", "claim__body", "claim__assigned_to")


def _shown(rows: list[Any], at: datetime) -> list[Waiting]:
    return [
        Waiting(
            f"“{row.phrase}”",
            reverse("desk:suspected", args=[row.pk]),
            row.found_at,
            (
                Reason(
                    f"{row.url} {CLAIM_STANCES[row.stance]}; likeness {row.score:.2f}.",
                    "Read the page, then accept or decline.",
                ),
            ),
            row.claim,
        )
        for row in rows
    ]


QUEUE = Queue(
    name="suspected",
    title="Suspected appearances",
    about="A page seems to repeat a claim. Accepted, it stands with the claim from its next version on.",
    empty="No page is suspected of repeating a claim.",
    place=75,
    right="claims.change_suspectedappearance",
    rows=_rows,
    moment="found_at",
    shown=_shown,
    claim="claim",
    add=("Look at an address for claims", "desk:look"),
)
