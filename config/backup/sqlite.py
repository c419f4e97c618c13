"""Backup and restore of a SQLite file, while the site writes to it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from config.backup.manifest import BackupRefused, Table, table_of

COPY = "database.sqlite3"
# the full-text index keeps itself in tables of its own, without keys; their digest is of their rows as they lie
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


def copy(source: Path, target: Path) -> None:
    """Write a compact copy of the database as it stands at one moment; writers go on meanwhile."""
    with closing(sqlite3.connect(source, timeout=60)) as connection:
        connection.execute("VACUUM INTO ?", [str(target)])


def digests(path: Path) -> dict[str, Table]:
    """Every table of a file with its count and digest; a damaged file is refused."""
    with reading(path) as connection:
        state = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if state != "ok":
            raise BackupRefused(f"{path}: SQLite finds the file damaged: {state}")
        return {name: _digest(connection, name) for (name,) in connection.execute(_TABLES).fetchall()}


def _digest(connection: sqlite3.Connection, table: str) -> Table:
    columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    key = [f'"{name}"' for _, name, _, _, _, place in sorted(columns, key=lambda one: one[5]) if place]
    order = ", ".join(key) or "rowid"
    rows = connection.execute(f'SELECT * FROM "{table}" ORDER BY {order}')  # noqa: S608  names of the schema
    return table_of(repr(row).encode() for row in rows)


def is_empty(path: Path) -> bool:
    """Whether there is no database yet, or one without a single row."""
    if not path.exists() or path.stat().st_size == 0:
        return True
    with reading(path) as connection:
        names = [name for (name,) in connection.execute(_TABLES)]
        return not any(
            connection.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()  # noqa: S608  names of the schema
            for name in names
        )


def place(copied: Path, target: Path) -> None:
    """Put a copy where the database belongs, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.restoring")
    fresh.unlink(missing_ok=True)
    with closing(sqlite3.connect(fresh)) as connection, reading(copied) as source:
        source.backup(connection)
    fresh.chmod(0o600)
    # the log of the replaced file would be read into the new one
    for leftover in ("-wal", "-shm", "-journal"):
        target.with_name(target.name + leftover).unlink(missing_ok=True)
    os.replace(fresh, target)
