"""A migration of a filled database keeps every row, and the guards stand again behind it."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from claims.database import missing_guards
from claims.integrity import look
from claims.models import VerdictVersion
from tests.record import LOADED_AT


@pytest.mark.django_db(transaction=True)
def test_a_migration_keeps_rows_and_guards() -> None:
    """SQLite rebuilds a table to alter it, and triggers that name the table once broke that half-way."""
    call_command("migrate", "claims", "0002", verbosity=0, skip_checks=True)
    call_command("migrate", "claims", verbosity=0, skip_checks=True)
    assert VerdictVersion.objects.filter(state="published").count() == 100
    assert missing_guards(connection) == []
    assert look(settings.BASE_DIR / "data", at=LOADED_AT).findings == []
