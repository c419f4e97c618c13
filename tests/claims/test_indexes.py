"""What is asked on every page finds its rows in an index, however many claims came since."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import QuerySet

from claims.feeds.change_items import IS_EVENT
from claims.models import EditorialLog
from claims.queries import withdrawn_claims

pytestmark = pytest.mark.django_db
LOADS = EditorialLog.objects.filter(action="load_catalogue").order_by("-pk")
EVENTS = EditorialLog.objects.filter(IS_EVENT).order_by("-at", "-id")


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (LOADS, "log_by_action"),
        (EVENTS, "log_by_moment"),
        (withdrawn_claims().order_by("-withdrawn_at", "-pk"), "claim_by_withdrawal"),
    ],
    ids=["last load", "last events", "last withdrawals"],
)
def test_the_last_rows_of_a_kind_are_searched_for(rows: QuerySet, index: str) -> None:
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            # a handful of rows is cheaper to read whole and to sort
            cursor.execute("ANALYZE claims_claim, claims_editoriallog")
            for way in ("seqscan", "sort", "incremental_sort", "bitmapscan"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    plan = rows[:1].explain()
    assert index in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
