"""The records that go into the matching and come out of it; both are plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Stance = Literal["asserts", "attributes", "refutes", "unclear"]
Band = Literal["strong", "likely", "possible"]


@dataclass(frozen=True, slots=True)
class ClaimNumber:
    """A number of a claim, asserted or measured, in the vocabulary unit of its quantity.

    ``value_time`` (ISO text, as precise as known) stands in place of ``value`` for dates.
    """

    quantity: str
    value: float | None
    unit: str
    relation: Literal["eq", "gt", "lt", "approx", "upper", "lower"] = "approx"
    plus: float | None = None
    minus: float | None = None
    value_time: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimText:
    """What the matching reads of a published claim.

    ``body`` is the designation (1I, 2I, 3I), ``phrases`` are quotations of confirmed appearances, ``facts``
    what the review sets beside the claim: its measured facts and main points, one sentence each.
    """

    slug: str
    body: str
    title: str
    statement: str
    truth_condition: str
    aliases: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    asserted: tuple[ClaimNumber, ...] = ()
    measured: tuple[ClaimNumber, ...] = ()
    kind: str = ""
    topic: str = ""
    verdict: str = ""
    verdict_label: str = ""
    url: str = ""

    @property
    def variants(self) -> tuple[str, ...]:
        """The wordings of the claim: title, statement, aliases."""
        return (self.title, self.statement, *self.aliases)


@dataclass(frozen=True, slots=True)
class MatchedQuantity:
    """A number of the text beside the claim's and ours.

    ``agrees_with_claim`` is None where the claim has no number of that kind.
    """

    text: str
    value: float | str | None
    unit: str
    agrees_with_claim: bool | None
    measured: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence that repeats a claim.  ``start`` and ``stop`` count code points of the text as sent."""

    slug: str
    title: str
    verdict: str
    verdict_label: str
    score: float
    band: Band
    start: int
    stop: int
    sentence: str
    stance: Stance
    quantities: tuple[MatchedQuantity, ...]
    shared: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class RelatedClaim:
    """A claim that the text comes near without repeating it."""

    slug: str
    title: str
    verdict: str
    score: float
    url: str


# What a check came to; `claims/articles/words.py` has the words.
Outcome = Literal[
    "found",
    "near",
    "nothing",
    "off_subject",
    "other_language",
    "unreadable",
    "no_sentence",
    "no_claims",
]


@dataclass(frozen=True, slots=True)
class MatchResult:
    """What was found in a text, best match first; ``left_out`` sentences were too many to be compared."""

    language: str
    sentences: int
    matches: tuple[Match, ...]
    related: tuple[RelatedClaim, ...]
    outcome: Outcome
    left_out: int = 0

    @property
    def claims(self) -> int:
        """How many claims are repeated."""
        return len({match.slug for match in self.matches})

    def as_json(self, message: str) -> dict[str, Any]:
        """The answer of ``POST /api/v1/match``, with its outcome in words."""
        return {
            "language": self.language,
            "sentences": self.sentences,
            "matches": [_match_json(match) for match in self.matches],
            "related": [
                {"slug": claim.slug, "title": claim.title, "verdict": claim.verdict, "score": claim.score, "url": claim.url}
                for claim in self.related
            ],
            "message": message,
        }  # fmt: skip


def _match_json(match: Match) -> dict[str, Any]:
    return {
        "slug": match.slug,
        "title": match.title,
        "verdict": match.verdict,
        "score": match.score,
        "band": match.band,
        "span": [match.start, match.stop],
        "sentence": match.sentence,
        "stance": match.stance,
        "quantities": [
            {
                "text": quantity.text,
                "value": quantity.value,
                "unit": quantity.unit,
                "agrees_with_claim": quantity.agrees_with_claim,
                "measured": quantity.measured,
            }
            for quantity in match.quantities
        ],
        "shared": list(match.shared),
        "url": match.url,
    }
