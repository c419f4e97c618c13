"""The words of full-text search as both indexes hold them: folded, each behind the shard of its version.

As in `s12xnickel`: a search asks the newest shards first, and neither index reads the older ones to answer it.
"""

from __future__ import annotations

import unicodedata

# versions in a shard; whoever changes it gives index and column below other names, so that both are made anew
SHARD = 1024
SQLITE_TABLE = "CREATE VIRTUAL TABLE claims_search USING fts5(words_of_shard, tokenize='unicode61')"
POSTGRESQL_INDEX = "claims_search_by_shard"
POSTGRESQL_WORDS = (
    "to_tsvector('simple', regexp_replace(search_text, '([^[:space:][:punct:]]+)', "
    f"'s' || (id / {SHARD}) || 'x\\1', 'g'))"
)


def folded(text: str) -> str:
    """Text as the index holds it: small letters and digits without marks, words between single spaces."""
    kept = []
    for character in unicodedata.normalize("NFKD", text.casefold()):
        category = unicodedata.category(character)
        if category in ("Mn", "Lm", "Sk") or character in "'’‘":
            continue  # an accent, an ʻokina or an apostrophe does not end a word
        kept.append(character if category[0] == "L" or category == "Nd" else " ")
    return " ".join("".join(kept).casefold().split())


def shard_prefix(shard: int) -> str:
    """What stands before each word of a version of this shard."""
    return f"s{shard}x"


def sqlite_words(row: str = "") -> str:
    """The expression of what SQLite's index holds of a version with folded words."""
    return f"replace(' ' || {row}search_text, ' ', ' s' || ({row}id / {SHARD}) || 'x')"


def words_of_shard(version: int, text: str) -> str:
    """The same of any text: the first release kept it as it was written."""
    prefix = shard_prefix(version // SHARD)
    return " ".join(prefix + word for word in folded(text).split())
