"""The wire and the throttle of this process, made once from the settings: every remote service is asked by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import redis
from django.conf import settings

from ephemeris.archives.registry import hosts as archive_hosts
from ephemeris.page_door import PageDoor
from ephemeris.refreshing import Reach
from ephemeris.services.registry import hosts as service_hosts
from ephemeris.throttle import Throttle
from ephemeris.watches.registry import hosts as watch_hosts
from ephemeris.wire import Wire


@cache
def wire() -> Wire:
    """The door to the network: listed hosts only, or all of them on the fake server of a route."""
    return Wire(
        archive_hosts() | service_hosts() | watch_hosts(), settings.USER_AGENT, route=settings.ARCHIVE_ROUTE
    )


@cache
def throttle() -> Throttle:
    """The clocks and locks that all workers share; they live beside the queue, not in the cache, which may be cleared."""
    url = settings.REDIS_URL
    return Throttle(redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5))


@cache
def page_door() -> PageDoor:
    """The door to addresses that somebody typed: public pages only, or the fake server of a route."""
    return PageDoor(settings.USER_AGENT, route=settings.ARCHIVE_ROUTE)


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A host that failed so often that nobody asks it before a time; the next one who does is the only one."""

    host: str
    failures: int
    until: datetime


def hosts_left_alone(now: datetime) -> list[LeftAlone] | None:
    """The listed hosts whose circuit is open; None where the server that knows could not be asked."""
    url = settings.REDIS_URL
    # a page waits for this: the server answers within a second or is not there
    with redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1) as server:
        try:
            circuits = Throttle(server).circuits(archive_hosts() | service_hosts() | watch_hosts())
        except redis.RedisError:
            return None
    return [
        LeftAlone(host, circuit.failures, now + timedelta(seconds=circuit.rests_s))
        for host, circuit in circuits.items()
        if circuit.state != "closed"
    ]


def reach() -> Reach:
    """All that a refresh needs of the world."""
    return Reach(wire(), throttle())
