"""What the desk reads of versions (never the frozen documents, which lists do not need), and what waits with them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from claims.desk.contract import Reason, Waiting
from claims.models import Claim, VerdictVersion

_HEAVY = ("document", "chart_subject", "search_text", "rationale")


def without_documents(rows: QuerySet[Any], version: str = "", claim: str = "claim") -> QuerySet[Any]:
    """``rows`` with claim, object and whoever took it joined in, without the long columns of versions.

    ``version`` and ``claim`` are the paths from a row to its version and to its claim.
    """
    before = f"{version}__" if version else ""
    joined = [f"{claim}__body", f"{claim}__assigned_to"] if claim else ["body", "assigned_to"]
    if version:
        joined.append(version)
    return rows.select_related(*joined).defer(*(f"{before}{name}" for name in _HEAVY))


def waiting_version(row: VerdictVersion, since: datetime, *reasons: Reason) -> Waiting:
    """An open version that waits on its own page."""
    return Waiting(row.title, reverse("desk:version", args=[row.pk]), since, reasons, row.claim, row.verdict)


def waiting_claim(row: Claim, since: datetime | date, *reasons: Reason) -> Waiting:
    """A published claim that waits on its page of the desk."""
    current = row.current_version
    if current is None:
        raise ValueError(f"{row.slug} has no published version")
    return Waiting(
        current.title, reverse("desk:claim", args=[row.slug]), since, reasons, row, current.verdict
    )
