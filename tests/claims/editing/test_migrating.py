"""A migration of a filled database keeps every row, and the guards stand again behind it."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from claims.database import missing_guards
from claims.integrity import look
from claims.models import VerdictVersion
from tests.record import LOADED_AT, load_record


def rows() -> dict[str, int]:
    """How many rows each table of the record has."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        return {
            table: cursor.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            for table in tables
            if table.startswith(("claims_", "ephemeris_")) and not table.startswith("claims_search")
        }


@pytest.mark.django_db(transaction=True)
def test_a_migration_keeps_rows_and_guards() -> None:
    """SQLite rebuilds a table to alter it, and triggers that name the table once broke that half-way."""
    before = rows()
    call_command("migrate", "claims", "0002", verbosity=0, skip_checks=True)
    of_then = rows()
    assert of_then == {table: before[table] for table in of_then}
    call_command("migrate", "claims", verbosity=0, skip_checks=True)
    # relations that readers saw are carried over; other tables that were taken away come back empty
    kept = {"claims_versionrelation": before["claims_versionrelation"]}
    assert kept["claims_versionrelation"] > 0
    assert rows() == before | dict.fromkeys(before.keys() - of_then.keys(), 0) | kept
    assert VerdictVersion.objects.filter(state="published").count() == 100
    assert missing_guards(connection) == []
    # a table that was taken away comes back empty: the catalogue fills it again, and with it nothing else was lost
    findings = look(settings.BASE_DIR / "data", at=LOADED_AT).findings
    assert len(findings) == before["claims_guidedreading"]
    assert all(finding.startswith("guided reading ") for finding in findings)
    load_record()
    assert look(settings.BASE_DIR / "data", at=LOADED_AT).findings == []
