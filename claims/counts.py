"""How many published claims each object, topic and verdict has: counted once a publication.

Counting reads every claim, and until somebody publishes the answer is the same.  Whoever asks says which generation
the answer is for (`claims.generation.generation_of` of a request), as with every other kept thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Subquery

from claims.generation import KEPT_S, of_publications
from claims.kept import Kept
from claims.models import Claim
from claims.queries import published_claims
from ephemeris.models import SmallBody

FACETS = ("object", "topic", "verdict")


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of published claims of each object, topic and verdict together."""

    rows: dict[tuple[str, str, str], int]

    @property
    def size(self) -> int:
        return 200 * len(self.rows)


counted: Kept[Counts] = Kept(1_000_000)


def claim_counts(generation: str) -> dict[tuple[str, str, str], int]:
    """How many published claims each object, topic and verdict has together."""
    key = of_publications(generation)
    kept = counted.get(key)
    if kept is None:
        kept = Counts(_counted(published_claims()))
        counted.set(key, kept, KEPT_S)
    return kept.rows


def _counted(claims: QuerySet[Claim]) -> dict[tuple[str, str, str], int]:
    columns = ("body__designation", "shown_topic", "shown_verdict")
    rows = claims.order_by().values_list(*columns).annotate(number=Count("pk"))
    return {(body, topic, verdict): number for body, topic, verdict, number in rows}


def facet_counts(
    generation: str, among: dict[tuple[str, str, str], int] | None = None, **chosen: str
) -> dict[str, dict[str, int]]:
    """How many published claims each value of object, topic and verdict would leave, given the others.

    ``among`` are such numbers of fewer claims, of those that a search found.
    """
    rows = claim_counts(generation) if among is None else among
    counts: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    for values, number in rows.items():
        named = dict(zip(FACETS, values, strict=True))
        for facet in FACETS:
            if all(named[other] == value for other, value in chosen.items() if other != facet and value):
                counts[facet][named[facet]] = counts[facet].get(named[facet], 0) + number
    return counts


def chosen_claims(claims: QuerySet[Claim], **chosen: str) -> QuerySet[Claim]:
    """Those of ``claims`` that have the chosen object, topic and verdict; each has its index in the order of publication."""
    columns: dict[str, Any] = {
        f"shown_{name}": chosen[name] for name in ("topic", "verdict") if name in chosen
    }
    if "object" in chosen:
        # as a value, not by a join: PostgreSQL then knows that the index of one object is in order
        columns["body"] = Subquery(SmallBody.objects.filter(designation=chosen["object"]).values("pk")[:1])
    return claims.filter(**columns)


def tallies_of(body: SmallBody, generation: str) -> tuple[dict[str, int], dict[str, int]]:
    """How many published claims about an object carry each verdict, and how many each topic."""
    verdicts: dict[str, int] = {}
    topics: dict[str, int] = {}
    for (designation, topic, verdict), number in claim_counts(generation).items():
        if designation == body.designation:
            verdicts[verdict] = verdicts.get(verdict, 0) + number
            topics[topic] = topics.get(topic, 0) + number
    return verdicts, topics


def topic_tallies(generation: str) -> dict[str, dict[str, int]]:
    """How many published claims of each topic carry each verdict."""
    tallies: dict[str, dict[str, int]] = {}
    for (_, topic, verdict), number in claim_counts(generation).items():
        tally = tallies.setdefault(topic, {})
        tally[verdict] = tally.get(verdict, 0) + number
    return tallies


def bodies_with_counts(generation: str) -> list[SmallBody]:
    """The objects of the record, each with the number of its published claims."""
    counts = facet_counts(generation)["object"]
    bodies = list(SmallBody.objects.order_by("-designation"))
    for body in bodies:
        body.public_claims = counts.get(body.designation, 0)  # type: ignore[attr-defined]
    return bodies
