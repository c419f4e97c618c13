"""Hostile requests get an answer of their own: never a 5xx, never a trace of our code, never a row written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.fuzz.conftest import EXAMPLES
from tests.fuzz.hostile import Hostile, hostile_request

LEAN = EXAMPLES < 100
SHARES = 2  # run side by side in a campaign
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(120 if LEAN else 0)]
TRACES = (
    b"Traceback (most recent",
    b'File "/',
    b"site-packages",
    b"psycopg",
    b"sqlite3.",
    b"django.db",
    b"OperationalError",
)


def rows() -> dict[str, int]:
    """How many rows every table of ours holds."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            if not table.startswith("claims_search"):
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                counts[table] = cursor.fetchone()[0]
        return counts


def send(client: Client, one: Hostile) -> Any:
    extra = {"QUERY_STRING": one.query, "HTTP_HOST": "127.0.0.1"}
    return client.generic(one.method, one.path, one.body, content_type=one.kind, headers=one.headers, **extra)


@pytest.mark.parametrize("share", range(1 if LEAN else SHARES))
def test_it_answers_hostile_requests_without_breaking_telling_or_writing(
    share: int, client: Client, settings: Any, campaign: Callable[[str], Any]
) -> None:
    settings.API_REQUESTS_PER_MINUTE = (
        1_000_000_000  # the limit is tested elsewhere; here the code behind it is
    )
    client.raise_request_exception = False
    before, statuses, faults = rows(), Counter[int](), []
    random = Random(f"share {share}" if LEAN else None)
    with campaign(f"requests, share {share}") as tally:
        for number in range(EXAMPLES * 10 if LEAN else EXAMPLES * 25):
            one = hostile_request(random)
            client.cookies.clear()
            answer = send(client, one)
            tally["inputs"] += 1
            statuses[answer.status_code] += 1
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            told = [trace for trace in TRACES if trace in content]
            # oEmbed asks for 501 to a format that is not offered
            if (answer.status_code >= 500 and answer.status_code != 501) or told:
                faults.append(f"{answer.status_code} {told} {one}"[:2000])
            tally["taken" if answer.status_code < 400 else "refused"] += 1
            if number % 500 == 499 and rows() != before:
                faults.append(f"a row was written within 500 requests before {one}"[:2000])
                break
        tally["failures"] = len(faults)
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults[:10])
    after = rows()
    assert after == before, {
        name: (count, after[name]) for name, count in before.items() if after[name] != count
    }
    assert len(statuses) >= 4, f"the requests do not reach far: {statuses}"
