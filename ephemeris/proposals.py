"""Decisions on what a refresh discovered: an editor confirms or rejects, once."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, cast

from django.db.models import QuerySet

from ephemeris.models import Proposal

Decision = Literal["confirmed", "rejected"]


def decide(proposals: QuerySet[Proposal], decision: Decision | str, *, by: int, at: datetime) -> int:
    """Decide those of ``proposals`` that nobody has decided yet; returns how many that were.

    Raises
    ------
    ValueError
        For a decision that is neither confirmed nor rejected.
    """
    if decision not in ("confirmed", "rejected"):
        raise ValueError(f"decision {decision!r}, need confirmed or rejected")
    return proposals.filter(state="proposed").update(
        state=cast("str", decision), decided_by_id=by, decided_at=at
    )
