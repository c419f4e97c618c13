"""Which days a published claim speaks of: read from its frozen document, never guessed from its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from claims.queries import published_claims
from claims.remembered import remembered

KEPT_S = 3600


@dataclass(frozen=True, slots=True)
class SpokenOf:
    """The days of one claim, both included; None where it speaks of no particular day."""

    slug: str
    title: str
    verdict: str
    first: date | None
    last: date | None

    def covers(self, day: date) -> bool:
        """Whether the claim speaks of a day."""
        return self.first is not None and self.last is not None and self.first <= day <= self.last


def spoken_of(designation: str, generation: str) -> tuple[SpokenOf, ...]:
    """Every published claim about an object with its days, in order of time; those without a day last."""
    key = f"spoken-of:{designation}:{generation}"
    return remembered(key, tuple[SpokenOf, ...], lambda: _spoken_of(designation), KEPT_S)


def _spoken_of(designation: str) -> tuple[SpokenOf, ...]:
    # two parts of each document only: the whole of it is what a claim's own page reads
    rows = (
        published_claims()
        .filter(body__designation=designation)
        .order_by("slug")
        .values_list(
            "slug",
            "current_version__title",
            "current_version__verdict",
            "current_version__document__checks",
            "current_version__document__asserted",
        )
    )
    found = [
        SpokenOf(slug, title, verdict, *(_days(checks or [], asserted or []) or (None, None)))
        for slug, title, verdict, checks, asserted in rows
    ]
    return tuple(
        sorted(found, key=lambda claim: (claim.first or date.max, claim.last or date.max, claim.slug))
    )


def _days(
    checks: Sequence[Mapping[str, Any]], asserted: Sequence[Mapping[str, Any]]
) -> tuple[date, date] | None:
    """An instant that a check computes at, else a date the claim asserts, else the window of a check."""
    params = [check["params"] for check in checks]
    instants = [named["epoch"] for named in params if "epoch" in named]
    instants += [row["value_time"] for row in asserted if row.get("value_time")]
    days = sorted(day for text in instants if (day := _day(text)) is not None)
    if days:
        return days[0], days[0]
    windows = [(named["window_from"], named["window_to"]) for named in params if "window_from" in named]
    spans = [(first, last) for one, other in windows if (first := _day(one)) and (last := _day(other))]
    return min(spans, default=None)


def _day(text: object) -> date | None:
    """The day of an ISO text that is at least as precise as a day."""
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
