"""The hash chain of the editorial log: it holds, and a tampered row is named."""

import io
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from claims.editing import first_broken_log_row, log_row_hash
from claims.models import EditorialLog
from tests.claims.editing.people import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def tamper() -> Callable[..., None]:
    """SQL past the triggers, as somebody with the rights of the database's owner could run it."""

    def run(sql: str, *values: object) -> None:
        on = " ON claims_editoriallog" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            for event in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER claims_editoriallog_{event}{on}")
            cursor.execute(sql, values)
            assert cursor.rowcount == 1

    return run


def middle_row() -> EditorialLog:
    return EditorialLog.objects.order_by("pk")[EditorialLog.objects.count() // 2]


def test_the_chain_of_the_loaded_record_holds() -> None:
    published()
    assert first_broken_log_row() is None
    said = io.StringIO()
    call_command("verify_log", stdout=said, skip_checks=True)
    assert said.getvalue() == f"the editorial log holds: {EditorialLog.objects.count()} rows\n"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor_name", "somebody else"),
        ("action", "withdraw"),
        ("reason", "rewritten"),
        ("at", "2020-01-01 00:00:00+00:00"),
        ("after", '{"verdict": "supported"}'),
        ("version_id", None),
        ("row_hash", "f" * 64),
    ],
)
def test_a_rewritten_row_is_named(tamper: Callable[..., None], column: str, value: object) -> None:
    row = middle_row()
    tamper(f"UPDATE claims_editoriallog SET {column} = %s WHERE id = %s", value, row.pk)
    broken = first_broken_log_row()
    assert broken is not None
    assert broken[0] == row.pk
    assert f"row {row.pk} does not have the content that its hash was made of" in broken[1]
    with pytest.raises(CommandError, match=f"the editorial log is broken: row {row.pk} does not have"):
        call_command("verify_log", stdout=io.StringIO(), skip_checks=True)


def test_a_rewritten_row_with_a_new_hash_breaks_at_the_next_row(tamper: Callable[..., None]) -> None:
    row = middle_row()
    row.reason = "rewritten"
    tamper(
        "UPDATE claims_editoriallog SET reason = 'rewritten', row_hash = %s WHERE id = %s", log_row_hash(row), row.pk
    )  # fmt: skip
    following = EditorialLog.objects.filter(pk__gt=row.pk).order_by("pk").first()
    assert following is not None
    broken = first_broken_log_row()
    assert broken is not None
    assert broken[0] == following.pk
    assert "but the row before it is" in broken[1]


def test_a_removed_row_is_missed_by_the_next(tamper: Callable[..., None]) -> None:
    row = middle_row()
    following = EditorialLog.objects.filter(pk__gt=row.pk).order_by("pk").first()
    assert following is not None
    tamper("DELETE FROM claims_editoriallog WHERE id = %s", row.pk)
    broken = first_broken_log_row()
    assert broken is not None
    assert broken[0] == following.pk


def test_the_chain_cannot_fork() -> None:
    row = middle_row()
    twin = EditorialLog(
        at=row.at, actor_name="somebody", action="publish", previous_hash=row.previous_hash, row_hash="e" * 64
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
