"""A claim as the matching reads it by itself, and as the file of an index keeps it."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from sys import intern
from typing import NamedTuple

import orjson

from claims.matching.agreement import ClaimQuantities, claim_quantities
from claims.matching.concepts import REMARKABLE, concepts
from claims.matching.normalise import plain
from claims.matching.objects import mentions, without_names
from claims.matching.quantities import Quantity
from claims.matching.records import ClaimNumber, ClaimText
from claims.matching.stance import calls_false, negated_tokens, negates, polarities
from claims.matching.words import STOP_WORDS, Token, tokens

# Concepts that every claim of the record shares: they say nothing about which.
EVERYWHERE = frozenset({"comet", "interstellar"})
SALIENT, OFTEN = 0.6, 0.4  # share of the wordings
UNDECIDED = (
    0.3  # a concept affirmed in more than this share of its wordings and negated in as many is neither
)
STATED = 2  # wordings that are the claim's own: title and statement
LEAST_PHRASE_WORDS = 3  # a quoted phrase of one or two words is no fingerprint
MOST_PHRASE_WORDS = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence or a wording as the matching reads it."""

    plain: str
    nameless: str  # names of interstellar objects replaced
    words: tuple[Token, ...]
    terms: tuple[str, ...]  # stems that mean something, then "#concept"
    states: dict[str, bool]  # concept: affirmed or negated


def read(text: str) -> Reading:
    """The reading of a normalised sentence."""
    nameless = without_names(text)
    words = tokens(nameless)
    found = concepts(words)
    states = polarities(found, negated_tokens(words, nameless, found))
    for name in EVERYWHERE:
        states.pop(name, None)
    stems = dict.fromkeys(
        token.stem for token in words if token.word not in STOP_WORDS and token.stem != "comet"
    )
    return Reading(text, nameless, tuple(words), (*stems, *(intern(f"#{name}") for name in states)), states)


@dataclass(frozen=True, slots=True)
class IndexedClaim:
    """What is known of one claim: how much each concept matters, and whether it is affirmed."""

    claim: ClaimText
    concepts: tuple[str, ...]  # of any wording
    shares: tuple[float, ...]  # of the wordings that have each concept
    states: dict[str, bool]  # whether it affirms or negates a concept, where it does either
    salient: frozenset[str]  # concepts of most wordings
    remarkable: frozenset[str]  # those of many wordings that make the claim remarkable
    bodies: frozenset[str]  # its own and those it names
    general: bool  # title and statement name no object: comets at large, orbiters, a streak
    rejects: bool
    negates: bool

    def packed(self) -> bytes:
        """The claim as JSON."""
        return orjson.dumps(self, default=sorted)

    @classmethod
    def unpacked(cls, packed: bytes) -> IndexedClaim:
        """The claim of such a JSON."""
        row = orjson.loads(packed)
        return cls(
            claim=ClaimText(**row.pop("claim")),
            concepts=tuple(map(intern, row.pop("concepts"))),
            shares=tuple(row.pop("shares")),
            salient=frozenset(map(intern, row.pop("salient"))),
            remarkable=frozenset(map(intern, row.pop("remarkable"))),
            bodies=frozenset(map(intern, row.pop("bodies"))),
            **row,
        )


class Wordings(NamedTuple):
    """What an index is made of and does not keep."""

    terms: tuple[str, ...]
    nameless: tuple[str, ...]  # the wordings, to be encoded
    phrases: tuple[tuple[str, ...], ...]
    facts: tuple[tuple[str, tuple[str, ...]], ...]  # nameless text, terms

    def packed(self) -> bytes:
        """The wordings as compressed JSON."""
        return zlib.compress(orjson.dumps(tuple(self)))

    @classmethod
    def unpacked(cls, packed: bytes) -> Wordings:
        """The wordings of such a JSON."""
        terms, nameless, phrases, facts = orjson.loads(zlib.decompress(packed))
        return cls(
            tuple(map(intern, terms)),
            tuple(nameless),
            tuple(map(tuple, phrases)),
            tuple((text, tuple(map(intern, words))) for text, words in facts),
        )


class PreparedClaim(NamedTuple):
    """A claim as far as it can be read without the others: what an index is put together from.

    ``name`` sorts the claims and tells a claim from its next version; two are the same if their names are.
    """

    name: str
    indexed: bytes
    quantities: bytes
    wordings: bytes


def prepared(claim: ClaimText, digest: str = "") -> PreparedClaim:
    """The claim read by itself; ``digest`` is that of what it was read from."""
    wordings = [plain(variant) for variant in claim.variants]
    readings = [read(wording) for wording in wordings]
    facts = [read(plain(fact)) for fact in claim.facts]
    spelled = [tuple(token.word for token in tokens(plain(phrase))) for phrase in claim.phrases]
    found = Wordings(
        terms=tuple(term for reading in readings for term in reading.terms),
        nameless=tuple(reading.nameless for reading in readings),
        phrases=tuple(key for key in spelled if LEAST_PHRASE_WORDS <= len(key) <= MOST_PHRASE_WORDS),
        facts=tuple((fact.nameless, fact.terms) for fact in facts),
    )
    return PreparedClaim(
        name_of(claim.slug, digest),
        _indexed(claim, wordings, readings).packed(),
        orjson.dumps(claim_quantities(claim, wordings)),
        found.packed(),
    )


def unpacked_quantities(packed: bytes) -> ClaimQuantities:
    """The numbers of a claim."""
    numbers = orjson.loads(packed)
    return ClaimQuantities(
        worded=tuple(Quantity(**one) for one in numbers["worded"]),
        decisive=tuple(Quantity(**one) for one in numbers["decisive"]),
        asserted=tuple(ClaimNumber(**one) for one in numbers["asserted"]),
        measured=tuple(ClaimNumber(**one) for one in numbers["measured"]),
    )


def name_of(slug: str, digest: str) -> str:
    """The name of a claim as read from a document of this digest."""
    return f"{slug} {digest}"


def _indexed(claim: ClaimText, wordings: Sequence[str], readings: Sequence[Reading]) -> IndexedClaim:
    present = Counter(name for reading in readings for name in reading.states)
    named = {mention.body for wording in wordings for mention in mentions(wording)}
    statement = [mention for wording in wordings[:2] for mention in mentions(wording)]
    states = _polarities(readings)
    return IndexedClaim(
        # what has been read is not kept a second time
        claim=replace(
            claim,
            statement="",
            truth_condition="",
            aliases=(),
            phrases=(),
            facts=(),
            asserted=(),
            measured=(),
        ),
        concepts=tuple(present),
        shares=tuple(number / len(readings) for number in present.values()),
        states={name: states[name] for name in present if name in states},
        salient=frozenset(name for name, number in present.items() if number >= SALIENT * len(readings)),
        remarkable=frozenset(
            name for name, number in present.items() if name in REMARKABLE and number >= OFTEN * len(readings)
        ),
        bodies=frozenset(named | {claim.body}),
        general=not statement,
        rejects=any(calls_false(wording) for wording in wordings[:STATED]),
        negates=any(negates(wording) for wording in wordings[:STATED]),
    )


def _polarities(readings: Sequence[Reading]) -> dict[str, bool]:
    """Whether a claim affirms or negates each concept: as its title and statement say, or most of its wordings."""
    told: dict[str, bool] = {}
    for which in (readings, readings[:STATED]):
        present = Counter(name for reading in which for name in reading.states)
        affirmed = Counter(name for reading in which for name, state in reading.states.items() if state)
        for name, number in present.items():
            told.pop(name, None)
            # where the wordings disagree, the polarity says nothing
            if not UNDECIDED < affirmed[name] / number < 1 - UNDECIDED:
                told[name] = 2 * affirmed[name] > number
    return told
