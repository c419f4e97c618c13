"""The test database itself: every test sees the catalogue, whatever the test before it did."""

import pytest
from django.db import connection

from claims.database import missing_guards
from claims.models import Claim, EditorialLog


def _adds_a_row() -> None:
    assert Claim.objects.filter(current_version__isnull=False).count() == 100
    before = EditorialLog.objects.order_by("-pk").first()
    assert before is not None
    EditorialLog.objects.create(
        at=before.at, actor_name="test", action="test", previous_hash=before.row_hash, row_hash="f" * 64
    )


@pytest.mark.django_db
def test_it_has_the_catalogue_in_a_test_that_rolls_back() -> None:
    _adds_a_row()


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_it_has_the_catalogue_again_after_a_test_that_committed(turn: int) -> None:
    _adds_a_row()
    assert missing_guards(connection) == []


@pytest.mark.usefixtures("empty_record")
def test_it_can_be_emptied_for_one_test() -> None:
    assert Claim.objects.count() == 0
    assert EditorialLog.objects.count() == 0
    assert missing_guards(connection) == []
