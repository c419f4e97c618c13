"""Copies every claim of a state folder many times over, marked as synthetic: `python bench/_synthetic.py COPIES`.

For the benchmark's own folder alone (HYPERBOLE_VAR): past the guards, with a log whose chain does not hold.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

OFFSET = 1_000_000
# the columns that name a row of a table that is copied as well
SHIFTED = {
    "claims_claim": ("id", "current_version_id"),
    "claims_verdictversion": ("id", "claim_id"),
    "claims_appearance": ("id", "claim_id"),
    "claims_assertedquantity": ("id", "claim_id"),
    "claims_claimcheck": ("id", "claim_id"),
    "claims_claimrelation": ("id", "claim_id", "other_id"),
    "claims_versionrelation": ("id", "version_id", "other_id"),
    "claims_checkrun": ("id", "claim_id"),
    "claims_evidence": ("id", "version_id", "check_run_id"),
    "claims_approval": ("id", "version_id"),
    "claims_editoriallog": ("id", "claim_id", "version_id"),
}
CHANGED = {
    ("claims_claim", "slug"): "substr(slug, 1, 56) || '-synthetic-' || :copy",
    ("claims_claim", "title"): "'Synthetic ' || :copy || ': ' || title",
    ("claims_verdictversion", "title"): "'Synthetic ' || :copy || ': ' || title",
    ("claims_verdictversion", "document"): (
        "json_set(document, '$.slug', substr(json_extract(document, '$.slug'), 1, 56) || '-synthetic-' || :copy, "
        "'$.title', 'Synthetic ' || :copy || ': ' || json_extract(document, '$.title'))"
    ),
    ("claims_editoriallog", "previous_hash"): "substr(previous_hash, 1, 50) || ' copy ' || :copy",
    ("claims_editoriallog", "row_hash"): "substr(row_hash, 1, 50) || ' copy ' || :copy",
}


def main(copies: int) -> None:
    """Copy every claim ``copies`` times."""
    import django

    django.setup()
    from django.db import connection

    from claims import database
    from claims.search_words import sqlite_words

    with connection.cursor() as cursor:
        database.lift(connection)
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("BEGIN IMMEDIATE")
        for table, shifted in SHIFTED.items():
            columns = [row[1] for row in cursor.execute(f"PRAGMA table_info({table})").fetchall()]
            values = [
                f"{name} + :offset" if name in shifted else CHANGED.get((table, name), f'"{name}"')
                for name in columns
            ]
            names = ", ".join(f'"{name}"' for name in columns)
            whole = "AND claim_id IS NOT NULL" if table == "claims_editoriallog" else ""
            statement = f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM {table} WHERE id < {OFFSET} {whole}"
            for copy in range(1, copies + 1):
                connection.connection.execute(statement, {"copy": copy, "offset": copy * OFFSET})
        cursor.execute(
            f"INSERT INTO claims_search(rowid, words_of_shard) SELECT id, {sqlite_words()} FROM claims_verdictversion "
            f"WHERE state = 'published' AND id >= {OFFSET}"
        )
        cursor.execute("COMMIT")
        database.install(connection)
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main(int(sys.argv[1]))
