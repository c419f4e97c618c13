"""A guided reading laid out: every step of an article's argument with its claims, verdicts and facts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from claims.models import Claim, GuidedReading
from claims.queries import published_claims
from claims.scales import VERDICTS, Verdict

FACTS = 2  # the two numbers that say most stand first in a document


@dataclass(frozen=True, slots=True)
class Passage:
    """One claim where the article makes it; ``phrase`` is quoted once in a reading, at its first place."""

    claim: Claim
    verdict: Verdict
    phrase: str
    again: bool
    numbers: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the argument; ``number`` counts from 1, ``rests_on`` are the steps it needs."""

    number: int
    id: str
    heading: str
    move: str
    gap: str
    rests_on: tuple[tuple[int, str], ...]
    passages: tuple[Passage, ...] = field(default=())


def laid_out(reading: GuidedReading) -> list[Step]:
    """The steps with what is public of their claims; a claim that is not public is not named."""
    slugs = {slug for step in reading.steps for slug in step["claims"]}
    public = {row.slug: row for row in published_claims().filter(slug__in=slugs)}
    numbers = {step["id"]: place for place, step in enumerate(reading.steps, 1)}
    met: set[str] = set()
    steps = []
    for step in reading.steps:
        passages = []
        for slug in step["claims"]:
            if slug in public:
                passages.append(_passage(public[slug], reading.key, step["locators"], again=slug in met))
                met.add(slug)
        steps.append(
            Step(
                number=numbers[step["id"]],
                id=step["id"],
                heading=step["heading"],
                move=step["move"],
                gap=step["gap"],
                rests_on=tuple((numbers[other], other) for other in step["rests_on"]),
                passages=tuple(passages),
            )
        )
    return steps


def verdicts_of(steps: list[Step]) -> list[tuple[Verdict, int]]:
    """How many different claims of the article carry each verdict, in the order of the scale."""
    once = {passage.claim.slug: passage.verdict.slug for step in steps for passage in step.passages}
    counts = Counter(once.values())
    return [(verdict, counts[slug]) for slug, verdict in VERDICTS.items() if counts[slug]]


def _passage(claim: Claim, source: str, locators: list[str], *, again: bool) -> Passage:
    version = claim.current_version
    assert version is not None  # a published claim has one
    document = version.document or {}
    phrases = [
        str(row["phrase"])
        for row in document.get("appearances", [])
        if row["source"]["key"] == source and row["locator"] in locators and row["phrase"]
    ]
    return Passage(
        claim=claim,
        verdict=VERDICTS[version.verdict],
        # at most eight quoted words a claim: one phrase, at the first place
        phrase=phrases[0] if phrases and not again else "",
        again=again,
        numbers=tuple(_telling(document.get("key_numbers", []))[:FACTS]),
    )


def _telling(numbers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One number a quantity, those that were both claimed and measured before the others."""
    first: dict[str, dict[str, Any]] = {}
    for row in numbers:
        if row.get("measured"):
            first.setdefault(row["quantity"], row)
    return sorted(first.values(), key=lambda row: row.get("asserted") is None)
