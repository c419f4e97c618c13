"""Which days a published claim speaks of: read from its frozen document, never guessed from its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from claims.queries import published_claims
from claims.remembered import remembered

KEPT_S = 3600
MOST_A_DAY = 12  # of those that begin on one day: a page names some, and says how many it does not


@dataclass(frozen=True, slots=True)
class SpokenOf:
    """The days of one claim, both included."""

    slug: str
    title: str
    verdict: str
    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether the claim speaks of a day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Spoken:
    """The claims about an object that speak of days, in order of time, and how many are not among them."""

    claims: tuple[SpokenOf, ...]
    left_out: int
    undated: int


def spoken_of(designation: str, generation: str) -> Spoken:
    """The published claims about an object that speak of days: at most a dozen that begin on the same one."""
    key = f"spoken-days:{designation}:{generation}"
    return remembered(key, Spoken, lambda: _spoken_of(designation), KEPT_S)


def _spoken_of(designation: str) -> Spoken:
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
    days = [
        (slug, title, verdict, _days(checks or [], asserted or []))
        for slug, title, verdict, checks, asserted in rows
    ]
    dated = [SpokenOf(slug, title, verdict, *span) for slug, title, verdict, span in days if span]
    shown: list[SpokenOf] = []
    begun: Counter[date] = Counter()
    for claim in sorted(dated, key=lambda claim: (claim.first, claim.last, claim.slug)):
        begun[claim.first] += 1
        if begun[claim.first] <= MOST_A_DAY:
            shown.append(claim)
    return Spoken(tuple(shown), len(dated) - len(shown), len(days) - len(dated))


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
