"""The wire and the throttle of this process, made once from the settings: every remote service is asked by them."""

from __future__ import annotations

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


def reach() -> Reach:
    """All that a refresh needs of the world."""
    return Reach(wire(), throttle())
