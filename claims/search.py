"""Full-text search in published versions, with the same membership on SQLite and PostgreSQL.

Both databases are given the same folded words and asked for the same prefixes, so their own stemmers
never disagree: a version matches when every word asked for begins one of its words.  Each word stands in the
index with the shard of its version before it (`claims.database`), so that the newest can be asked alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Case, IntegerField, Max, Q, Value, When
from django.db.models.expressions import RawSQL

from claims.models import Claim
from claims.models.claims import PUBLIC
from claims.search_words import POSTGRESQL_WORDS, SHARD, folded, shard_prefix

MOST_WORDS = 12
MOST_FOUND = 300  # claims; no more than are in the two newest shards, so that a common word is one query
FIRST_SHARDS = 2
_ON_SQLITE = "SELECT rowid FROM claims_search WHERE claims_search MATCH %s"
# each shard by itself: put together their numbers are guessed so high that the planner reads every text instead
_ON_POSTGRESQL = (  # constants
    "SELECT id FROM unnest(%s::text[]) AS asked(words), claims_verdictversion "  # noqa: S608
    f"WHERE {POSTGRESQL_WORDS} @@ to_tsquery('simple', asked.words)"
)
_LONGEST_WORD = 40
# endings that English adds to one idea: accelerating, acceleration, accelerated
_ENDINGS = ("ations", "ation", "ings", "ing", "ions", "ion", "ied", "ies", "ed", "es", "ly", "s", "e", "y")
_SHORTEST_STEM = 4


def stems(query: str) -> list[str]:
    """The word beginnings that a query asks for, each once, in its order."""
    words = [_stem(word[:_LONGEST_WORD]) for word in folded(query).split()]
    return list(dict.fromkeys(words))[:MOST_WORDS]


def _stem(word: str) -> str:
    if not word.isalpha() or word.endswith("ss"):
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


@dataclass(frozen=True, slots=True)
class Match:
    """A published claim that a search found."""

    rank: int  # 0 where the title has all the words, 1 elsewhere
    published_at: datetime
    pk: int
    facets: tuple[str, str, str]  # object, topic, verdict

    @property
    def place(self) -> tuple[int, float, int]:
        """Best rank first, then the newest publication."""
        return place_of(self.rank, self.published_at, self.pk)


def place_of(rank: int, published_at: datetime, pk: int) -> tuple[int, float, int]:
    """What matches are sorted by."""
    return rank, -published_at.timestamp(), -pk


@dataclass(frozen=True, slots=True)
class Matches:
    """What a search shows, in its order: all claims that match, or the newest of them."""

    rows: tuple[Match, ...]
    whole: bool

    @property
    def counts(self) -> dict[tuple[str, str, str], int]:
        """How many of them each object, topic and verdict has together."""
        return Counter(row.facets for row in self.rows)


def matches(query: str) -> Matches:
    """The published claims whose current version has every word of ``query``; none for a query without words.

    Where more than `MOST_FOUND` match, those whose current versions are the newest.  Older shards of the index are not
    asked then, so that a word which is in every claim costs no more in a large record than in a small one.
    """
    words = stems(query)
    if not words:
        return Matches((), whole=True)
    in_title = Q()
    for word in words:
        in_title &= Q(current_version__title__icontains=word)
    rank = Case(When(in_title, then=Value(0)), default=Value(1), output_field=IntegerField())
    found: dict[int, Match] = {}
    for versions in _newest_versions(words):
        rows = (
            Claim.objects.filter(PUBLIC, current_version__in=_listed(versions)).annotate(rank=rank).order_by()
        )
        for version, pk, at, place, body, topic, verdict in rows.values_list(
            "current_version",
            "pk",
            "first_published_at",
            "rank",
            "body__designation",
            "shown_topic",
            "shown_verdict",
        ):
            assert at is not None  # a published claim has one
            found[version] = Match(place, at, pk, (body, topic, verdict))
        if len(found) > MOST_FOUND:
            break
    newest = sorted(found, reverse=True)[:MOST_FOUND]
    return Matches(
        tuple(sorted((found[version] for version in newest), key=lambda row: row.place)),
        len(newest) == len(found),
    )


def _newest_versions(words: Sequence[str]) -> Iterator[list[int]]:
    """The numbers of the versions that have all the words, the newest first, a few more than are shown at a time."""
    newest = Claim.objects.aggregate(newest=Max("current_version"))["newest"]
    shard, size, asked = (-1 if newest is None else newest // SHARD), FIRST_SHARDS, 0
    found: list[int] = []
    while shard >= 0:
        shards = range(shard, max(-1, shard - size), -1)
        found += sorted(_versions(words, shards), reverse=True)
        shard, asked = shard - len(shards), asked + len(shards)
        # some may have been replaced by newer versions: then the next are asked for
        while len(found) > MOST_FOUND:
            yield found[: MOST_FOUND + 1]
            del found[: MOST_FOUND + 1]
        # in how many shards more the rest should be found, if they are as full as those that were asked
        needed = (MOST_FOUND - len(found)) * asked * 5 // (4 * len(found)) if found else shard
        size = min(4 * size, 1 + needed)
    if found:
        yield found


def _listed(numbers: list[int]) -> RawSQL:
    """Numbers as one parameter: hundreds of them would each be written into the statement."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [numbers])
    return RawSQL("SELECT value FROM json_each(%s)", [str(numbers)])


def _versions(words: Sequence[str], shards: Sequence[int]) -> list[int]:
    """The numbers of the versions in some shards of the index that have all the words."""
    asked: list[list[str]] | list[str]
    if connection.vendor == "postgresql":
        sql, asked = _ON_POSTGRESQL, [[_asked(shard, words, "{}:*", " & ") for shard in shards]]
    else:
        each = [_asked(shard, words, '"{}" *', " AND ") for shard in shards]
        sql, asked = _ON_SQLITE, [" OR ".join(each)]
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return [version for (version,) in cursor.fetchall()]


def _asked(shard: int, words: Sequence[str], beginning: str, both: str) -> str:
    """All words of a query in one shard, in the language of a database."""
    return f"({both.join(beginning.format(shard_prefix(shard) + word) for word in words)})"
