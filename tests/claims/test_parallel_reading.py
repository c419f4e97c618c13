"""Readers page while others publish: nobody sees a torn page, a repeated item, or one that was there left out."""

import json
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from claims.queries import published_claims
from tests.claims.feeds.json_feed_validator import faults
from tests.claims.publishing import START, claim, person, published

pytestmark = pytest.mark.django_db(transaction=True)
READERS, WRITERS, EACH = 8, 2, 6


def test_eight_readers_page_while_two_writers_publish() -> None:
    there = set(published_claims().values_list("slug", flat=True))
    assert len(there) >= 60
    rows = [[claim(f"parallel-{writer}-{number}") for number in range(EACH)] for writer in range(WRITERS)]
    for name in ("author", "reviewer"):
        person(name)  # made here: two threads would make the same person at once
    still_writing = threading.Barrier(READERS + WRITERS)
    done = threading.Event()
    failures: list[str] = []

    def write(writer: int) -> None:
        still_writing.wait(30)
        for number, row in enumerate(rows[writer]):
            moment = START + timedelta(minutes=number, seconds=writer)
            version = published(row, at=moment)
            if number % 2:
                published(
                    row,
                    "supported",
                    at=moment + timedelta(seconds=20),
                    reason_code="wording",
                    severity="correction",
                )
            assert version.number == 1

    def read(reader: int) -> None:
        client, rounds = Client(), 0
        still_writing.wait(30)
        while not done.is_set() or rounds == 0:
            rounds += 1
            told: list[str] = []
            address = "/feed.json"
            while address:
                response = client.get(address.removeprefix(settings.SITE_URL))
                page = json.loads(response.content)
                failures.extend(faults(page))
                told += [item["_hyperbole"]["slug"] for item in page["items"]]
                for item in page["items"]:
                    # title and extension come from one frozen document: a torn item would disagree with itself
                    if not item["title"].startswith(item["_hyperbole"]["verdict_label"]):
                        failures.append(f"torn item {item['id']}")
                    if f"/v/{item['_hyperbole']['version']}/" not in item["_hyperbole"]["pinned_url"]:
                        failures.append(f"torn version {item['id']}")
                address = page.get("next_url", "")
            if len(told) != len(set(told)):
                failures.append(f"reader {reader}: an item came twice")
            if not there <= set(told):
                failures.append(f"reader {reader}: left out {sorted(there - set(told))[:3]}")

    def alone(work: Callable[[int], None], number: int) -> None:
        try:
            work(number)
        except Exception as error:  # a thread's exception must fail the test, not vanish
            failures.append(f"{work.__name__} {number}: {error!r}")
        finally:
            connection.close()

    writers = [threading.Thread(target=alone, args=(write, number)) for number in range(WRITERS)]
    readers = [threading.Thread(target=alone, args=(read, number)) for number in range(READERS)]
    for thread in [*writers, *readers]:
        thread.start()
    for thread in writers:
        thread.join(90)
    done.set()
    for thread in readers:
        thread.join(90)
    assert failures == []
    # what the last reader finds is what stands in the database, not what was kept before
    final = json.loads(Client().get("/feed.json").content)
    told = [item["_hyperbole"]["slug"] for item in final["items"]]
    assert {row.slug for group in rows for row in group} <= set(told)
