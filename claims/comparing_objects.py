"""The objects side by side: paths, what was measured of each, and what is claimed about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from claims.counts import bodies_with_counts, claim_counts
from claims.models import Claim, Measurement
from claims.orbit_facts import OrbitFacts, orbit_facts
from claims.queries import default_solutions, listed, published_claims
from claims.scales import TOPICS
from claims.site_charts.passages import passages
from ephemeris.models import SmallBody
from science.vocabulary import QUANTITIES

SHOWN_VALUES, SHOWN_CLAIMS = 3, 4
MOST_AT_ONCE = 400  # SQLite puts at most 500 queries together
# a row for these says something only of one object or of an instrument
NOT_COMPARED = frozenset({"discovery_epoch", "presence", "detection_significance"})


@dataclass(frozen=True, slots=True)
class Column:
    """One object with its orbit."""

    body: SmallBody
    orbit: OrbitFacts | None


@dataclass(frozen=True, slots=True)
class MeasuredLine:
    """A quantity and what stands on record of it for each object; an empty cell says so in words."""

    quantity: str
    cells: tuple[tuple[SmallBody, tuple[Measurement, ...]], ...]
    comets: tuple[Measurement, ...]


@dataclass(frozen=True, slots=True)
class ClaimedCell:
    """Claims about one object on one topic, the newest first, and how many there are."""

    body: SmallBody
    claims: tuple[Claim, ...]
    more: int
    address: str


@dataclass(frozen=True, slots=True)
class ClaimedLine:
    topic: str
    label: str
    cells: tuple[ClaimedCell, ...]


def columns(generation: str) -> list[Column]:
    """The objects in the order of their discovery."""
    solutions = default_solutions()
    bodies = sorted(bodies_with_counts(generation), key=lambda body: body.designation)
    return [Column(body, orbit_facts(solutions.get(body.designation))) for body in bodies]


def measured(bodies: Sequence[SmallBody]) -> list[MeasuredLine]:
    """Quantities measured of at least two of the objects, by title."""
    names = [body.designation for body in bodies]
    found: dict[str, dict[str, list[Measurement]]] = {}
    rows = (
        Measurement.objects.filter(superseded_by__isnull=True, body__in=[*names, "Solar System comets"])
        .select_related("source")
        .order_by("observed_from", "key")
    )
    for row in rows:
        if row.quantity not in NOT_COMPARED:
            found.setdefault(row.quantity, {}).setdefault(row.body, []).append(row)
    return [
        MeasuredLine(
            quantity,
            tuple((body, tuple(by_body.get(body.designation, ()))) for body in bodies),
            tuple(by_body.get("Solar System comets", ())),
        )
        for quantity, by_body in sorted(found.items(), key=lambda pair: _title(pair[0]))
        if sum(name in by_body for name in names) > 1
    ]


def _title(quantity: str) -> str:
    kind = QUANTITIES.get(quantity)
    return (kind.title if kind else quantity).casefold()


def claimed(bodies: Sequence[SmallBody], generation: str) -> list[ClaimedLine]:
    """Topics on which at least two objects have claims, with the claims of each."""
    counts: dict[tuple[str, str], int] = {}
    for (designation, topic, _), number in claim_counts(generation).items():
        counts[topic, designation] = counts.get((topic, designation), 0) + number
    shown: dict[tuple[str, str], list[Claim]] = {}
    places = [(body.pk, topic) for topic in TOPICS for body in bodies if (topic, body.designation) in counts]
    few = listed(published_claims()).filter(pk__in=_newest(places))
    for claim in few.order_by("-first_published_at", "-pk"):
        shown.setdefault((claim.shown_topic, claim.body.designation), []).append(claim)
    return [
        ClaimedLine(
            topic,
            label,
            tuple(
                ClaimedCell(
                    body,
                    tuple(shown.get((topic, body.designation), ())),
                    max(0, counts.get((topic, body.designation), 0) - SHOWN_CLAIMS),
                    f"?object={body.designation}&topic={topic}",
                )
                for body in bodies
            ),
        )
        for topic, label in TOPICS.items()
        if sum((topic, body.designation) in counts for body in bodies) > 1
    ]


def _newest(places: Sequence[tuple[int, str]]) -> list[int]:
    """The newest claims about each object (by its number) on a topic: the first entries of its part of an index."""
    one = (
        published_claims().filter(body=0, shown_topic="").order_by("-first_published_at", "-pk").values("pk")
    )
    sql, _ = one[:SHOWN_CLAIMS].query.sql_with_params()
    found = []
    with connection.cursor() as cursor:
        for start in range(0, len(places), MOST_AT_ONCE):
            some = places[start : start + MOST_AT_ONCE]
            cursor.execute(
                " UNION ALL ".join([f"SELECT * FROM ({sql}) AS cell"] * len(some)),  # noqa: S608  the query above
                [value for place in some for value in place],
            )
            found += [key for (key,) in cursor.fetchall()]
    return found


def comparison(generation: str) -> dict[str, Any]:
    """Everything that the page of the objects side by side shows."""
    side_by_side = columns(generation)
    bodies = [column.body for column in side_by_side]
    return {
        "columns": side_by_side,
        "chart": passages(),
        "measured": measured(bodies),
        "claimed": claimed(bodies, generation),
    }
