"""The loaded catalogue that every test with a database starts from.

It is loaded once per run and worker.  A test in a transaction rolls back to it; after a test that commits
(`transactional_db`, `live_server`) the whole database is put back to it, triggers, indexes and all.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker

LOADED_AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def load_record() -> None:
    """Load `data/` into the test database, as of `LOADED_AT`."""
    from claims.catalogue.loading import load
    from claims.catalogue.reading import read_catalogue

    load(read_catalogue(settings.BASE_DIR / "data"), at=LOADED_AT, progress=lambda what, done, total: None)


def keep_record() -> None:
    """Keep a copy of the database as it stands now."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(_kept_file())) as kept:
            connection.connection.backup(kept)
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS kept CASCADE")
        cursor.execute("CREATE SCHEMA kept")
        for table in _tables():
            cursor.execute(f'CREATE TABLE kept."{table}" AS TABLE public."{table}"')
        cursor.execute(
            "CREATE TABLE kept.sequences AS SELECT sequencename, last_value FROM pg_sequences "
            "WHERE schemaname = 'public'"
        )


def restore_record() -> None:
    """Put the database back to the kept copy, past the triggers that forbid it to everybody else."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(_kept_file())) as kept:
            kept.backup(connection.connection)
        return
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            tables = _tables()
            cursor.execute("TRUNCATE " + ", ".join(f'public."{table}"' for table in tables))
            for table in tables:
                cursor.execute(f'INSERT INTO public."{table}" SELECT * FROM kept."{table}"')
            cursor.execute(
                "SELECT setval(format('public.%I', sequencename)::regclass, coalesce(last_value, 1), "
                "last_value IS NOT NULL) FROM kept.sequences"
            )
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")


def _kept_file() -> Path:
    return Path(f"{connection.settings_dict['NAME']}.kept")


def _tables() -> list[str]:
    return connection.introspection.table_names()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database with the catalogue in it."""
    with django_db_blocker.unblock():
        load_record()
        keep_record()
    tear_down = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: restore_record()
    yield
    TransactionTestCase._fixture_teardown = tear_down


@pytest.fixture
def empty_record(db: None) -> None:
    """A database without any claim or fact, for a test that builds its own small record; rolled back after it."""
    from claims import database

    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            database.lift(connection)
            cursor.execute("DELETE FROM claims_search")
        else:
            cursor.execute("SET LOCAL session_replication_role = replica")
        for table in _tables():
            if table.startswith(("claims_", "ephemeris_")) and not table.startswith("claims_search"):
                cursor.execute(f'DELETE FROM "{table}"')
        if connection.vendor == "sqlite":
            database.install(connection)
        else:
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
