"""Full-text search in published versions, with the same membership on SQLite and PostgreSQL.

Both databases are given the same folded words and asked for the same prefixes, so their own stemmers
never disagree: a version matches when every word asked for begins one of its words.
"""

from __future__ import annotations

import unicodedata

from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from claims.models import Claim

MOST_WORDS = 12
_LONGEST_WORD = 40
# endings that English adds to one idea: accelerating, acceleration, accelerated
_ENDINGS = ("ations", "ation", "ings", "ing", "ions", "ion", "ied", "ies", "ed", "es", "ly", "s", "e", "y")
_SHORTEST_STEM = 4


def folded(text: str) -> str:
    """Text as the index holds it: small letters and digits without marks, words between single spaces."""
    kept = []
    for character in unicodedata.normalize("NFKD", text.casefold()):
        category = unicodedata.category(character)
        if category in ("Mn", "Lm", "Sk") or character in "'’‘":
            continue  # an accent, an ʻokina or an apostrophe does not end a word
        kept.append(character if category[0] == "L" or category == "Nd" else " ")
    return " ".join("".join(kept).casefold().split())


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


def matching(claims: QuerySet[Claim], query: str) -> QuerySet[Claim]:
    """Those of ``claims`` whose current version has every word of ``query``; none for a query without words.

    ``rank`` is 0 where the title has all the words and 1 elsewhere.
    """
    words = stems(query)
    if not words:
        return ranked(claims).none()
    if connection.vendor == "postgresql":
        versions = RawSQL(
            "SELECT id FROM claims_verdictversion "
            "WHERE to_tsvector('simple', search_text) @@ to_tsquery('simple', %s)",
            [" & ".join(f"{word}:*" for word in words)],
        )
    else:
        versions = RawSQL(
            "SELECT rowid FROM claims_search WHERE claims_search MATCH %s",
            [" AND ".join(f'"{word}" *' for word in words)],
        )
    in_title = Q()
    for word in words:
        in_title &= Q(current_version__title__icontains=word)
    return claims.filter(current_version_id__in=versions).annotate(
        rank=Case(When(in_title, then=Value(0)), default=Value(1), output_field=IntegerField())
    )


def ranked(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """All of ``claims`` with the same ``rank``, for lists that search nothing."""
    return claims.annotate(rank=Value(0, output_field=IntegerField()))


# publication order of the ledger: best rank, then newest first
ORDER = ("rank", F("first_published_at").desc(), F("pk").desc())
