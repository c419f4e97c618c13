"""Hostile requests get an answer of their own: never a 5xx, never a trace of our code or of a draft, never a row
written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from django.db import connection
from django.test import Client
from django.test.client import FakePayload
from django.urls import Resolver404, resolve

from tests.claims.pages.test_visibility import MARK, hidden_claims, public_routes
from tests.fuzz.conftest import EXAMPLES, SEED
from tests.fuzz.hostile import PARTS, Hostile, hostile_request, paths

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


def changed(before: dict[str, int]) -> dict[str, tuple[int, int]]:
    """The tables that hold other numbers of rows than before."""
    return {name: (before[name], count) for name, count in rows().items() if before[name] != count}


def send(client: Client, one: Hostile) -> Any:
    """Put a request as a server would hand it on; the client's own methods stumble over some of the paths."""
    given = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in one.headers.items()}
    path = unquote_to_bytes(one.path).decode("latin-1")
    return client.request(
        REQUEST_METHOD=one.method, PATH_INFO=path, QUERY_STRING=one.query, CONTENT_TYPE=one.kind, HTTP_HOST="127.0.0.1",
        CONTENT_LENGTH=str(len(one.body)), **{"wsgi.input": FakePayload(one.body), **given},
    )  # fmt: skip


@pytest.mark.parametrize("share", range(1 if LEAN else SHARES))
def test_it_answers_hostile_requests_without_breaking_telling_or_writing(
    share: int, client: Client, settings: Any, campaign: Callable[[str], Any]
) -> None:
    settings.API_REQUESTS_PER_MINUTE = (
        1_000_000_000  # the limit is tested elsewhere; here the code behind it is
    )
    client.raise_request_exception = False
    hidden_claims()
    before, statuses, faults = rows(), Counter[int](), []
    random = Random(f"{SEED} share {share}")
    with campaign(f"requests, share {share}") as tally:
        for number in range(EXAMPLES * 10 if LEAN else EXAMPLES * 25):
            one = hostile_request(random)
            client.cookies.clear()
            answer = send(client, one)
            tally["inputs"] += 1
            statuses[answer.status_code] += 1
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            # a word of unpublished texts, which no request says; it is in nothing that is asked for
            told = [trace for trace in (*TRACES, MARK.encode()) if trace in content]
            # oEmbed asks for 501 to a format that is not offered
            if (answer.status_code >= 500 and answer.status_code != 501) or told:
                faults.append(f"{answer.status_code} {told} {one}"[:2000])
            tally["taken" if answer.status_code < 400 else "refused"] += 1
            if number % 500 == 499 and (written := changed(before)):
                faults.append(f"{written} within 500 requests before {one}"[:2000])
                break
        tally["failures"] = len(faults)
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults[:10])
    assert not changed(before)
    assert len(statuses) >= 4, f"the requests do not reach far: {statuses}"


def test_it_sends_hostile_requests_to_every_route() -> None:
    met = set()
    for path in paths():
        for word in ("1", "3I", "x"):
            address = re.sub(r"{(\w)}", lambda found, word=word: PARTS.get(found[1], (word,))[0], path)
            with suppress(Resolver404):
                met.add(resolve(address).route.replace("^", "").replace("$", ""))
    assert met >= set(public_routes())
