"""Fake services and sites, two sources that claims rest on, and the way to look at them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import redis
from django.conf import LazySettings, settings

from claims.models import Source, SourceChange, SourceCheck, StaleMark
from claims.watching.looking import Ended, Reach, look
from ephemeris.page_door import PageDoor
from ephemeris.throttle import PREFIX, Throttle
from ephemeris.watches.registry import hosts
from ephemeris.wire import Wire
from tests.fakes.watched import FakeWeb

NOW = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)


@pytest.fixture
def web() -> Iterator[FakeWeb]:
    running = FakeWeb()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def by(web: FakeWeb) -> Iterator[Reach]:
    """The way to the fakes, with clocks that no other test has touched."""
    server = redis.Redis.from_url(settings.REDIS_URL)
    for key in server.scan_iter(f"{PREFIX}*"):
        server.delete(key)
    wire = Wire(hosts(), "hyperbole-test/1.0", route=web.route, silence_s=0.4, whole_s=5.0)
    door = PageDoor("hyperbole-test/1.0", route=web.route, silence_s=0.4, whole_s=5.0)
    yield Reach(wire, door, Throttle(server), clock=lambda: NOW)
    wire.close()
    server.close()


Look = Callable[..., Ended]


@pytest.fixture
def look_at(by: Reach) -> Look:
    """Look once, whatever the pace of the host; each call is another run."""
    numbers = itertools.count()

    def once(source: Source, watch: str, now: datetime = NOW, *, attempt: int = 0) -> Ended:
        for key in by.throttle._server.scan_iter(f"{PREFIX}host:*"):  # the pace is tested elsewhere
            by.throttle._server.hdel(key, "next", "open_until", "openings", "failures")
        return look(source.key, watch, run=f"run{next(numbers)}", attempt=attempt, now=now, by=by)

    return once


@pytest.fixture
def with_keys(settings: LazySettings) -> None:
    settings.WAYBACK_KEYS = "key:secret"


def checks(source: Source, watch: str) -> list[tuple[str, str]]:
    return list(
        SourceCheck.objects.filter(source=source, watch=watch).order_by("pk").values_list("outcome", "state")
    )


def changes(source: Source, watch: str) -> list[tuple[str, str]]:
    return list(
        SourceChange.objects.filter(source=source, watch=watch).order_by("pk").values_list("before", "after")
    )


def marks(source: Source) -> list[tuple[str, str]]:
    rows = StaleMark.objects.filter(subject_key=source.key, cleared_at=None)
    return sorted(rows.values_list("version__claim__slug", "reason"))
