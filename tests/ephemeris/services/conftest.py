"""A fake JPL with solutions of 3I, and all that a refresh needs to ask it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import redis
from django.conf import settings

from ephemeris.models import OrbitSolution
from ephemeris.queries import solution_record
from ephemeris.refreshing import Ended, Reach, refresh
from ephemeris.services.registry import hosts
from ephemeris.throttle import PREFIX, Throttle
from ephemeris.wire import Wire
from science.records import OrbitSolutionRecord
from tests.fakes.jpl import FakeJpl

NOW = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
TARGETS = {
    "C/2025 N1": "ATLAS (C/2025 N1)",
    "C/2019 Q4": "Borisov (C/2019 Q4)",
    "1I": "1I/'Oumuamua (A/2017 U1)",
}


def invented(number: int, date: str, *, later_d: float = 3e-5) -> OrbitSolutionRecord:
    """A solution that JPL never printed: JPL44 with the perihelion a little later."""
    known = solution_record(
        OrbitSolution.objects.select_related("body").get(body__designation="3I", solution_id="JPL44")
    )
    assert known.elements is not None
    elements = replace(known.elements, perihelion_time_tdb_jd=known.elements.perihelion_time_tdb_jd + later_d)
    return replace(
        known,
        solution_id=f"JPL{number}",
        solution_date=date,
        elements=elements,
        observations=900 + number,
        sigma={},
    )


@pytest.fixture
def newest(db: None) -> OrbitSolutionRecord:
    """The solution that the fake serves unless a test says otherwise."""
    return invented(61, "2026-10-02 09:00:00")


@pytest.fixture
def jpl(newest: OrbitSolutionRecord) -> Iterator[FakeJpl]:
    running = FakeJpl(solutions={"C/2025 N1": newest}, targets=TARGETS)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def by(jpl: FakeJpl) -> Iterator[Reach]:
    """The way to the fake, with clocks that no other test has touched."""
    server = redis.Redis.from_url(settings.REDIS_URL)
    for key in server.scan_iter(f"{PREFIX}*"):
        server.delete(key)
    wire = Wire(hosts(), "hyperbole-test/1.0", route=jpl.route, silence_s=0.4, whole_s=20.0)
    yield Reach(wire, Throttle(server), clock=lambda: NOW)
    wire.close()
    server.close()


@pytest.fixture
def run(by: Reach) -> Callable[..., Ended]:
    """Refresh once, whatever the pace of the host: each call is another run, an hour after the last."""
    numbers = itertools.count()

    def once(service: str = "horizons", subject: str = "3I", **more: object) -> Ended:
        number = next(numbers)
        for key in by.throttle._server.scan_iter(f"{PREFIX}host:*"):  # the pace is tested elsewhere
            by.throttle._server.hdel(key, "next")
        return refresh(service, subject, run=f"run{number}", now=NOW + timedelta(hours=number), by=by, **more)

    return once
