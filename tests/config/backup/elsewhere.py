"""A second machine for these tests: an empty database of the tested kind, and a state folder of its own."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from tests.conftest import scratch

ROOT = Path(__file__).resolve().parents[3]


class Elsewhere:
    """Its database, asked past Django, and the commands of the house run on it."""

    def __init__(self, folder: Path) -> None:
        self.var = folder / "elsewhere"
        self.var.mkdir()
        self.file = self.var / "restored.sqlite3"
        self.name = f"restored_{os.getpid()}"
        self.host = str(scratch() / "postgresql")

    @property
    def url(self) -> str:
        if connection.vendor == "sqlite":
            return f"sqlite:///{self.file}"
        return f"postgresql://hyperbole@/{self.name}?host={self.host}"

    def server(self, statement: str) -> None:
        """Say something to the server itself, where there is one."""
        if connection.vendor == "postgresql":
            with psycopg.connect(
                host=self.host, user="hyperbole", dbname="postgres", autocommit=True
            ) as server:
                server.execute(statement)

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "DATABASE_URL": self.url, "HYPERBOLE_VAR": str(self.var)}
        environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
        return subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
        )

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.python("manage.py", *arguments)

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.file)) as there:
                rows = there.execute(statement).fetchall()
                there.commit()
                return rows
        with psycopg.connect(host=self.host, user="hyperbole", dbname=self.name) as there:
            done = there.execute(statement)
            return done.fetchall() if done.description else []

    def run_script(self, script: str) -> None:
        """Run the statements of a dump."""
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.file)) as there:
                there.executescript(script)
            return
        with psycopg.connect(host=self.host, user="hyperbole", dbname=self.name) as there:
            there.execute(script.encode())

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Every row of every table of ours, as the database spells it."""
        listing = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "AND name NOT LIKE 'claims_search%'"
            if connection.vendor == "sqlite"
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        found = {}
        for (table,) in self.ask(listing):
            columns = (
                [row[1] for row in self.ask(f"PRAGMA table_info('{table}')")]
                if connection.vendor == "sqlite"
                else [
                    row[0]
                    for row in self.ask(
                        "SELECT attname FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped "
                        f"AND attrelid = 'public.{table}'::regclass ORDER BY attnum"
                    )
                ]
            )
            listed = ", ".join(f'"{column}"' for column in columns)
            found[table] = [
                dict(zip(columns, row, strict=True)) for row in self.ask(f'SELECT {listed} FROM "{table}"')
            ]
        return found
