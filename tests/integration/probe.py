"""The site's own queue application with tasks that tests can watch: `celery --app tests.integration.probe worker`.

Everything but the visibility timeout is what runs in production; tasks leave notes in a Redis list.  A test of
polls lets the clock run faster: `PROBE_PACE` is the share of each archive's interval that is waited, and a turn
that a killed worker held comes free after `PROBE_LEASE_S`.
"""

import os
import time
from dataclasses import replace

import redis
from celery import Task

from config.celery import app
from ephemeris.archives.registry import archives
from ephemeris.throttle import Throttle

app.conf.broker_transport_options = {
    **app.conf.broker_transport_options,
    "visibility_timeout": int(os.environ["PROBE_VISIBILITY_TIMEOUT_S"]),
}

if pace := os.environ.get("PROBE_PACE"):
    known = archives()
    known.update(
        {
            name: replace(archive, interval_s=archive.interval_s * float(pace))
            for name, archive in known.items()
        }
    )
    Throttle.turn.__defaults__ = (float(os.environ["PROBE_LEASE_S"]),)


def note(word: str) -> int:
    """Append a word to the notes; return how often it stands there now."""
    with redis.Redis.from_url(os.environ["PROBE_NOTES"]) as server:
        server.rpush("notes", f"{word} {time.time()}")
        return sum(line.startswith(f"{word} ".encode()) for line in server.lrange("notes", 0, -1))


class NotYetError(Exception):
    """What a remote service raises before it answers."""


@app.task(bind=True, name="probe.third_time_lucky", max_retries=5)
def third_time_lucky(self: Task) -> None:
    if note("tried") < 3:
        raise self.retry(exc=NotYetError(), countdown=0.2)
    note("succeeded")


@app.task(name="probe.remark")
def remark(word: str) -> None:
    note(word)


@app.task(name="probe.linger")
def linger(seconds: float) -> None:
    """Be slow the first time only, so that a test can end the worker meanwhile."""
    if note("began") == 1:
        time.sleep(seconds)
    note("ended")
