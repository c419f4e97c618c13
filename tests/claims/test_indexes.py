"""What is asked on every page finds its rows in an index, however many claims came since."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from claims.comparing_objects import _newest
from claims.counts import chosen_claims
from claims.feeds.change_items import IS_EVENT
from claims.models import EditorialLog
from claims.queries import published_claims, withdrawn_claims
from ephemeris.models import SmallBody
from tests.claims import publishing

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
    prefer_indexes()
    in_order(rows[:1].explain(), index)


@pytest.mark.parametrize(
    ("chosen", "indexes"),
    [
        ({"object": "3I"}, ["claim_by_body"]),
        ({"topic": "composition"}, ["claim_by_topic"]),
        ({"verdict": "unresolved"}, ["claim_by_verdict"]),
        ({"object": "3I", "topic": "composition"}, ["claim_by_cell", "claim_by_body", "claim_by_topic"]),
        ({"verdict": "unresolved", "topic": "composition"}, ["claim_by_verdict", "claim_by_topic"]),
    ],
    ids=str,
)
def test_a_page_of_chosen_claims_is_read_in_the_order_of_publication(
    chosen: dict[str, str], indexes: list[str]
) -> None:
    prefer_indexes()
    rows = chosen_claims(published_claims(), **chosen).order_by("-first_published_at", "-pk")
    in_order(rows[:26].explain(), *indexes)


def test_the_newest_of_each_object_and_topic_are_one_query_and_no_more_than_the_page_shows() -> None:
    publishing.published_claims(3)
    bodies = SmallBody.objects.in_bulk()
    places = [(key, topic) for key in bodies for topic in ("size-mass", "composition")]
    with CaptureQueriesContext(connection) as captured:
        _newest(places)
    assert len(captured) == 1
    sql = captured[0]["sql"].replace("%", "%%")
    prefer_indexes()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    in_order(plan, "claim_by_cell")


def prefer_indexes() -> None:
    """A handful of rows is cheaper to read whole and to sort: PostgreSQL is told to do as with many."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE claims_claim, claims_editoriallog")
            for way in ("seqscan", "sort", "incremental_sort", "bitmapscan"):
                cursor.execute(f"SET LOCAL enable_{way} = off")


def in_order(plan: str, *indexes: str) -> None:
    """The plan reads one of the indexes and sorts nothing."""
    assert any(index in plan for index in indexes), plan
    assert "TEMP B-TREE" not in plan, plan
    assert "Sort" not in plan, plan
