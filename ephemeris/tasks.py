"""Background work on archives and orbits; each task is short and can run twice."""

from __future__ import annotations

import logging
import random
from typing import Any

import redis
from celery import Task, shared_task
from celery.exceptions import Reject
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerAway

from ephemeris import ingest, polling, refreshing, remote, schedule_of_polls

log = logging.getLogger(__name__)
# servers of ours that may be away for a moment: the step is put back and done again
AWAY = (redis.RedisError, OperationalError, InterfaceError)
BACK_IN_S = 5.0
# a broker that restarts is waited for, so that a chain of steps does not end with it
PATIENTLY = {"max_retries": 90, "interval_start": 0.2, "interval_step": 0.2, "interval_max": 1.0}


@shared_task(name="ephemeris.tasks.poll")
def poll(subject: str, archive: str, run: str, attempt: int = 0) -> dict[str, Any]:
    """Do the next step of a poll, and come back for the one after it."""
    try:
        done = polling.step(subject, archive, run, attempt, now=timezone.now(), by=polling.reach())
    except AWAY as error:
        log.warning("%s at %s: %s; again in %.0f s", subject, archive, error, BACK_IN_S)
        _send(subject, archive, run, attempt, after_s=BACK_IN_S)
        return {"step": "continue", "why": f"{type(error).__name__}"}
    if done.stored is not None and done.stored.new:
        _tell(subject, archive, done.stored)
    if done.kind in ("continue", "retry"):
        _send(subject, archive, run, attempt + (done.kind == "retry"), after_s=done.wait_s)
    return done.told


def _send(subject: str, archive: str, run: str, attempt: int, *, after_s: float) -> None:
    """Send a step; this one is not acknowledged before that has succeeded."""
    wait_s = after_s + random.uniform(0, 0.3)  # noqa: S311  jitter, no secret
    try:
        poll.apply_async(
            (subject, archive, run, attempt), countdown=wait_s, retry=True, retry_policy=PATIENTLY
        )
    except BrokerAway as error:
        raise Reject(str(error), requeue=True) from error


def _tell(subject: str, archive: str, stored: ingest.Stored) -> None:
    """Log what came of a poll; only our own wrong query is an error that somebody must look at."""
    row = stored.poll
    level = logging.ERROR if row.outcome == "wrong_query" else logging.INFO
    log.log(level, "%s at %s: %s (%s rows) %s", subject, archive, row.outcome, row.row_count, row.message)
    for change in stored.changes:
        log.info("%s: %s -> %s (%s)", subject, change.before or "new", change.after, change.cause)


@shared_task(
    name="ephemeris.tasks.poll_archives", bind=True, autoretry_for=AWAY, retry_backoff=2, max_retries=8
)
def poll_archives(self: Task, body: str = "", everything: bool = False) -> dict[str, Any]:
    """Send the polls that are due, each at its own place in the hour."""
    due = schedule_of_polls.due(timezone.now(), body=body, everything=everything)
    for one in due:
        run = polling.run_id(str(self.request.id), one.subject, one.archive)
        _send(one.subject, one.archive, run, 0, after_s=one.after_s)
    return {"sent": len(due)}


@shared_task(name="ephemeris.tasks.follow_clock", autoretry_for=AWAY, retry_backoff=2, max_retries=8)
def follow_clock() -> dict[str, Any]:
    """Let releases pass whose date has come."""
    now = timezone.now()
    changes = [change for key in ingest.releases_due(now) for change in ingest.follow_clock(key, now=now)]
    return {"changes": {change.campaign.key: change.after for change in changes}}


@shared_task(
    name="ephemeris.tasks.refresh_service",
    bind=True,
    max_retries=None,
    autoretry_for=AWAY,
    retry_backoff=2,
    retry_backoff_max=300,
)
def refresh_service(
    self: Task, service: str, subject: str, run: str, attempt: int = 0, anew: bool = False
) -> dict[str, Any]:
    """Ask an orbit service about a subject; come back later where it was not our turn or nobody answered."""
    ended = refreshing.refresh(
        service, subject, run=run, attempt=attempt, now=timezone.now(), by=remote.reach(), anew=anew
    )
    if ended.kind == "failed":
        row = ended.refresh
        log.error("%s of %s: %s (reply %s)", service, subject, ended.why, row.reply_digest if row else "none")
    wait_s = refreshing.comes_back_after(ended, attempt)
    if wait_s is not None:
        again = attempt + (ended.kind == "retry")
        refresh_service.apply_async((service, subject, run, again, anew), countdown=wait_s)
    return ended.told


@shared_task(name="ephemeris.tasks.refresh_services", bind=True, autoretry_for=AWAY, retry_backoff=2)
def refresh_services(
    self: Task, live: bool | None = None, body: str = "", anew: bool = False
) -> dict[str, Any]:
    """Send the refreshes of the given objects, or of the ones that are still observed, or of the others."""
    sent = refreshing.due(live=live, body=body)
    for place, (service, subject) in enumerate(sent):
        run = refreshing.run_id(str(self.request.id), service, subject)
        after_s = 0.5 * place + (0.0 if anew else random.uniform(0, 600))  # noqa: S311  spread, no secret
        refresh_service.apply_async((service, subject, run, 0, anew), countdown=after_s)
    return {"sent": len(sent)}
