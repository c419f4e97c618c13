"""Readers page while processes publish: nobody sees a torn page, a repeated item, or one that was there left out."""

import json
import multiprocessing
import os
import threading
import traceback
import warnings
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client

from claims.models import Claim
from claims.queries import published_claims
from tests.claims.feeds.json_feed_validator import faults
from tests.claims.publishing import START, campaign, claim, measurement, person, published, source

pytestmark = pytest.mark.django_db(transaction=True)
READERS, WRITERS, EACH = 8, 2, 3
# forked before any reader's thread begins, so the children inherit no lock of ours
FORKING = multiprocessing.get_context("fork")


def write(rows: list[Claim], writer: int, failures: Any) -> None:
    """Publish claims in a process of its own, every other one a second time with another verdict."""
    # whatever was open belongs to the parent: two processes in one socket lose both
    for inherited in connections.all(initialized_only=True):
        inherited.connection = None
    try:
        for number, row in enumerate(rows):
            moment = START + timedelta(minutes=number, seconds=writer)
            assert published(row, at=moment).number == 1
            if number % 2:
                published(
                    row,
                    "supported",
                    at=moment + timedelta(seconds=20),
                    reason_code="wording",
                    severity="correction",
                )
    except BaseException:
        failures.put(f"writer {writer}: {traceback.format_exc()}")
    connections.close_all()
    failures.close()
    failures.join_thread()
    os._exit(0)  # what pytest would do at its end is not this process's


def test_eight_readers_page_while_two_processes_publish() -> None:
    there = set(published_claims().values_list("slug", flat=True))
    assert len(there) >= 60
    rows = [[claim(f"parallel-{writer}-{number}") for number in range(EACH)] for writer in range(WRITERS)]
    for name in ("author", "reviewer"):
        person(name)  # made here: two processes would make the same person at once
    for fact in (measurement, source, campaign):
        fact()
    done = threading.Event()
    failures: list[str] = []
    told_by_writers = FORKING.Queue()
    connections.close_all()
    writers = [
        FORKING.Process(target=write, args=(rows[writer], writer, told_by_writers))
        for writer in range(WRITERS)
    ]

    def read(reader: int) -> None:
        client, rounds = Client(), 0
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

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*fork", DeprecationWarning)  # of the test runner's own threads
        for process in writers:
            process.start()
    readers = [threading.Thread(target=alone, args=(read, number)) for number in range(READERS)]
    for thread in readers:
        thread.start()
    for process in writers:
        process.join(90)
    done.set()
    for thread in readers:
        thread.join(90)
    while not told_by_writers.empty():
        failures.append(told_by_writers.get())
    assert failures == []
    assert [process.exitcode for process in writers] == [0] * WRITERS
    # what the last reader finds is what stands in the database, not what was kept before
    final = json.loads(Client().get("/feed.json").content)
    told = [item["_hyperbole"]["slug"] for item in final["items"]]
    assert {row.slug for group in rows for row in group} <= set(told)
