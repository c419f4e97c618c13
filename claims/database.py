"""What Django's models cannot state: triggers that hold the editorial guarantees, and the search index.

Installed after every ``migrate`` and idempotent, because SQLite drops a table's triggers whenever a
migration rebuilds the table.  The nightly integrity task asks `missing_guards` whether all stand.
Every refusal reaches Django as ``IntegrityError`` with the sentence given here.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from claims.guards import FROZEN_TABLES, GUARDS, VOIDINGS
from claims.search_words import (
    POSTGRESQL_INDEX,
    POSTGRESQL_WORDS,
    SQLITE_TABLE,
    sqlite_words,
    words_of_shard,
)


def trigger_names() -> list[str]:
    return [guard.name for guard in GUARDS] + [voiding.name for voiding in VOIDINGS]


def _sqlite_statements() -> list[str]:
    statements = []
    for guard in GUARDS:
        statements.append(f"DROP TRIGGER IF EXISTS {guard.name}")
        statements.append(
            f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} WHEN {guard.condition} "
            f"BEGIN SELECT RAISE(ABORT, '{guard.refusal}'); END"
        )
    for voiding in VOIDINGS:
        condition = voiding.condition.replace("{distinct}", "IS NOT")
        statements.append(f"DROP TRIGGER IF EXISTS {voiding.name}")
        statements.append(
            f"CREATE TRIGGER {voiding.name} AFTER {voiding.event} ON {voiding.table} WHEN {condition} BEGIN "
            f"UPDATE claims_approval SET voided_at = strftime('%Y-%m-%d %H:%M:%f', 'now') "
            f"WHERE {voiding.which} AND voided_at IS NULL; END"
        )
    statements += [
        "DROP TRIGGER IF EXISTS index_published_version",
        "CREATE TRIGGER index_published_version AFTER UPDATE OF state ON claims_verdictversion "
        "WHEN NEW.state = 'published' BEGIN "
        f"INSERT INTO claims_search(rowid, words_of_shard) VALUES (NEW.id, {sqlite_words('NEW.')}); END",
    ]
    return statements


def _postgresql_statements() -> list[str]:
    statements = []

    def trigger(name: str, table: str, when: str, body: str, level: str = "ROW") -> None:
        statements.append(
            f"CREATE OR REPLACE FUNCTION guard_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
        )
        statements.append(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        statements.append(
            f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {level} EXECUTE FUNCTION guard_{name}()"
        )

    def refusal(text: str) -> str:
        return f"RAISE EXCEPTION '{text}' USING ERRCODE = 'integrity_constraint_violation';"

    for guard in GUARDS:
        row = "OLD" if guard.event == "DELETE" else "NEW"
        trigger(
            guard.name,
            guard.table,
            f"BEFORE {guard.event}",
            f"IF {guard.condition} THEN {refusal(guard.refusal)} END IF; RETURN {row};",
        )
    for voiding in VOIDINGS:
        condition = voiding.condition.replace("{distinct}", "IS DISTINCT FROM")
        trigger(
            voiding.name,
            voiding.table,
            f"AFTER {voiding.event}",
            f"IF {condition} THEN UPDATE claims_approval SET voided_at = clock_timestamp() "
            f"WHERE {voiding.which} AND voided_at IS NULL; END IF; RETURN NULL;",
        )
    for table in FROZEN_TABLES:
        trigger(
            f"{table}_truncate",
            table,
            "BEFORE TRUNCATE",
            refusal(f"{table} cannot be truncated"),
            "STATEMENT",
        )
    statements.append(
        f"CREATE INDEX IF NOT EXISTS {POSTGRESQL_INDEX} ON claims_verdictversion USING gin (({POSTGRESQL_WORDS}))"
    )
    # all words of all versions are not taken apart again for statistics, which tell nothing of prefixes
    statements.append(f"ALTER INDEX {POSTGRESQL_INDEX} ALTER COLUMN 1 SET STATISTICS 0")
    statements.append("DROP INDEX IF EXISTS claims_search")
    return statements


def install(connection: BaseDatabaseWrapper) -> None:
    """Create or renew every trigger and the search index on ``connection``."""
    statements = _sqlite_statements() if connection.vendor == "sqlite" else _postgresql_statements()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _keep_search_table(cursor)
        for statement in statements:
            cursor.execute(statement)


def _keep_search_table(cursor: CursorWrapper) -> None:
    """Make SQLite's index, anew when it stands as an earlier release made it, out of what is published."""
    cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'claims_search'")
    standing = cursor.fetchone()
    if standing and standing[0] == SQLITE_TABLE:
        return
    cursor.execute("DROP TABLE IF EXISTS claims_search")
    cursor.execute(SQLITE_TABLE)
    last, rows = 0, [()]
    while rows:
        cursor.execute(
            "SELECT id, search_text FROM claims_verdictversion WHERE state = 'published' AND id > %s ORDER BY id LIMIT 1000",
            [last],
        )
        rows = cursor.fetchall()
        cursor.executemany(
            "INSERT INTO claims_search(rowid, words_of_shard) VALUES (%s, %s)",
            [(key, words_of_shard(key, text)) for key, text in rows],
        )
        last = rows[-1][0] if rows else last


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take SQLite's triggers away before a migration, `install` brings them back behind it.

    SQLite changes a table by copying and dropping it; triggers of other tables that name it break that
    half-way.  PostgreSQL alters in place and keeps its triggers standing.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in [*trigger_names(), "index_published_version"]:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that should stand in the database and do not."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {name for (name,) in cursor.fetchall()}
    return sorted(set(trigger_names()) - standing)
