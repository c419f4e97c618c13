"""Which days a published claim speaks of: read from its frozen document, never guessed from its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from django.core.cache import cache
from django.db.models import QuerySet

from claims.counts import claim_counts
from claims.generation import of_publications
from claims.models import Claim, EditorialLog
from claims.queries import published_claims
from claims.remembered import remembered

KEPT_S = 3600
MOST_READ_AGAIN = 500  # claims; where more have changed all are read
MOST_A_DAY = 12  # of those that begin on one day: a page names some, and says how many it does not


Row = list[str]  # slug, title, verdict, first and last day: as they are kept


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
    log = of_publications(generation)
    key = f"spoken-days:{designation}:{log}"
    return remembered(
        key, Spoken, lambda: _shown(_dated(designation, int(log)), generation, designation), KEPT_S
    )


def _shown(dated: Sequence[Row], generation: str, designation: str) -> Spoken:
    shown: list[SpokenOf] = []
    begun: Counter[str] = Counter()
    for slug, title, verdict, first, last in sorted(dated, key=lambda row: (row[3], row[4], row[0])):
        begun[first] += 1
        if begun[first] <= MOST_A_DAY:
            shown.append(SpokenOf(slug, title, verdict, date.fromisoformat(first), date.fromisoformat(last)))
    published = sum(
        number for (body, _, _), number in claim_counts(generation).items() if body == designation
    )
    return Spoken(tuple(shown), len(dated) - len(shown), published - len(dated))


def _dated(designation: str, log: int) -> list[Row]:
    """Every published claim about an object that speaks of days, as of a row of the editorial log.

    Kept with the number of that row: what the log says since tells which claims to read again, and a large record is
    not read through at each publication.
    """
    key = f"dated-claims:{designation}"
    known = cache.get(key)
    seen, dated = orjson.loads(known) if known is not None else (0, [])
    since = EditorialLog.objects.filter(pk__gt=seen, pk__lte=log).values_list("claim_id", flat=True)
    changed = set(since[: MOST_READ_AGAIN + 1])
    claims = published_claims().filter(body__designation=designation)
    if not 0 < seen <= log or None in changed or len(changed) > MOST_READ_AGAIN:
        dated = _read(claims)
    elif changed:
        again = [number for number in changed if number is not None]
        gone = set(Claim.objects.filter(pk__in=again).values_list("slug", flat=True))
        dated = [row for row in dated if row[0] not in gone] + _read(claims.filter(pk__in=again))
    cache.set(key, orjson.dumps((log, dated)), KEPT_S)
    return dated


def _read(claims: QuerySet[Claim]) -> list[Row]:
    # two parts of each document only: the whole of it is what a claim's own page reads
    rows = claims.order_by("slug").values_list(
        "slug",
        "current_version__title",
        "current_version__verdict",
        "current_version__document__checks",
        "current_version__document__asserted",
    )
    days = (
        (slug, title, verdict, _days(checks or [], asserted or []))
        for slug, title, verdict, checks, asserted in rows
    )
    return [
        [slug, title, verdict, *(day.isoformat() for day in span)]
        for slug, title, verdict, span in days
        if span
    ]


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
