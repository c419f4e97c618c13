"""The status page says which hosts nobody asks for a while, and when it could not find out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import redis
from django.conf import settings
from django.test import Client

from ephemeris.throttle import FAILURES_TO_OPEN, PREFIX, Throttle
from tests.claims.pages.test_archives import text_of

pytestmark = pytest.mark.django_db
HOST = "ssd.jpl.nasa.gov"


@pytest.fixture
def throttle() -> Iterator[Throttle]:
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        yield Throttle(server)
        server.delete(*server.scan_iter(f"{PREFIX}*"), f"{PREFIX}host:{HOST}")


def test_it_names_a_host_whose_circuit_is_open_and_when_it_is_asked_again(
    client: Client, throttle: Throttle
) -> None:
    assert "None: every host is asked when its turn comes." in text_of(client, "/status/")
    for _ in range(FAILURES_TO_OPEN - 1):
        throttle.failed(HOST)
    assert "None: every host" in text_of(client, "/status/")
    throttle.failed(HOST)
    assert re.search(rf"{HOST} 5 failures in a row; asked again from .*? UTC", text_of(client, "/status/"))
    throttle.succeeded(HOST)
    assert HOST not in text_of(client, "/status/")


def test_it_says_that_it_could_not_look_where_the_queue_is_away(client: Client, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    page = text_of(client, "/status/")
    assert "Could not be looked up: the queue's server did not answer." in page
    assert "None: every host" not in page
