"""What the desk reads of versions: never the frozen documents, which lists do not need."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

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
