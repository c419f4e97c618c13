"""Polls led to their end in this process, on a real throttle, without waiting for the pace."""

from datetime import datetime

import redis
from django.conf import settings

from ephemeris import polling
from ephemeris.archives.registry import hosts
from ephemeris.models import ArchivePoll, Campaign
from ephemeris.polling import Reach, Step
from ephemeris.throttle import PREFIX, Throttle
from ephemeris.wire import Wire
from tests.ephemeris.archives.conftest import USER_AGENT
from tests.fakes.server import Fake


def forget(server: redis.Redis, what: str = "") -> None:
    """Forget what the throttle knows, as if the time of its waits had passed."""
    for key in server.scan_iter(f"{PREFIX}{what}*"):
        server.delete(key)


def reach_of(fake: Fake) -> Reach:
    server = redis.Redis.from_url(settings.REDIS_URL)
    forget(server)
    wire = Wire(hosts(), USER_AGENT, route=fake.route, silence_s=0.4, whole_s=2)
    return Reach(server, Throttle(server), wire)


def polled(by: Reach, subject: str, archive: str, now: datetime, run: str = "", attempt: int = 0) -> Step:
    """One whole poll at a moment."""
    run = run or f"{subject} {archive} {now:%Y%m%dT%H%M}"
    for _ in range(60):
        done = polling.step(subject, archive, run, attempt, now=now, by=by)
        if done.kind != "continue":
            return done
        forget(by.server, "host:")
    raise AssertionError(f"{subject} at {archive} does not end: {done.why}")


def last_poll(key: str, archive: str) -> ArchivePoll:
    return ArchivePoll.objects.filter(campaign=Campaign.objects.get(key=key), archive=archive).latest("pk")
