"""Background work on the record; each task is short, can run twice, and changes no verdict."""

from __future__ import annotations

import logging
import random
from datetime import timedelta
from typing import Any

import redis
from celery import Task, shared_task
from django.conf import settings
from django.core.cache import cache
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from claims import websub
from claims.articles import kept_index, record_index
from claims.bulk import store
from claims.checking import run_all_checks
from claims.digest import send_digests
from claims.integrity import look
from claims.models import IntegrityRun
from claims.motion import everything_now
from claims.queries import latest_publication
from claims.watching import looking, questions, suggestions

log = logging.getLogger(__name__)
# servers of ours that may be away for a moment
AWAY = (redis.RedisError, OperationalError, InterfaceError)
SPREAD_S = 2_700.0
WORDINGS_LOCK_S = 300  # as long as a task may run


@shared_task(name="claims.tasks.nightly_integrity")
def nightly_integrity() -> dict[str, Any]:
    """Look whether catalogue, log, guards and frozen documents hold; mark reviews that are due."""
    started_at = timezone.now()
    seen = look(settings.BASE_DIR / "data", at=started_at)
    run = IntegrityRun.objects.create(
        started_at=started_at,
        finished_at=timezone.now(),
        sound=seen.sound,
        findings=seen.findings,
        counts=seen.counts,
    )
    return {"run": run.pk, "sound": seen.sound, "findings": len(seen.findings)}


@shared_task(name="claims.tasks.run_checks")
def run_checks() -> dict[str, int]:
    """Run the checks of every published claim; the same facts append nothing."""
    return run_all_checks(timezone.now())


@shared_task(name="claims.tasks.dump_open_data")
def dump_open_data() -> dict[str, Any]:
    """Write the bulk package of the public record anew."""
    told = store.renew()
    return {"sha256": told["sha256"], "rows": told["rows"], "left_out": told["left_out"]}


@shared_task(
    name="claims.tasks.watch_source",
    bind=True,
    max_retries=None,
    autoretry_for=AWAY,
    retry_backoff=2,
    retry_backoff_max=300,
)
def watch_source(self: Task, source: str, watch: str, run: str, attempt: int = 0) -> dict[str, Any]:
    """Look at a source through one watch; come back later where it was not our turn or nobody answered."""
    ended = looking.look(source, watch, run=run, attempt=attempt, now=timezone.now(), by=looking.reach())
    if ended.check is not None and ended.check.outcome == "unexpected_reply":
        log.error("%s of %s: %s (reply %s)", watch, source, ended.why, ended.check.reply_digest)
    wait_s = looking.comes_back_after(ended, attempt)
    if wait_s is not None:
        again = attempt + (ended.kind != "wait")
        watch_source.apply_async((source, watch, run, again), countdown=wait_s)
    return ended.told


@shared_task(name="claims.tasks.watch_sources", bind=True, autoretry_for=AWAY, retry_backoff=2, max_retries=8)
def watch_sources(self: Task, body: str = "", everything: bool = False) -> dict[str, Any]:
    """Send the looks at sources that are due, each at its own place in the hour."""
    due = questions.due(timezone.now(), body=body, everything=everything)
    for one in due:
        run = looking.run_id(str(self.request.id), one.source, one.watch)
        after_s = 0.0 if everything else random.uniform(0, SPREAD_S)  # noqa: S311  spread, no secret
        watch_source.apply_async((one.source, one.watch, run, 0), countdown=after_s)
    return {"sent": len(due)}


@shared_task(name="claims.tasks.announce_feeds", bind=True, max_retries=6)
def announce_feeds(self: Task, first_row: int = 0, topics: list[str] | None = None) -> dict[str, int]:
    """Tell the WebSub hub which feeds moved since a log row; the same ones again for an hour while it is away."""
    if not settings.WEBSUB_HUB:
        return {"told": 0, "refused": 0}
    topics = websub.moved_topics(first_row) if topics is None else topics
    try:
        return websub.tell_hub(topics)
    except websub.HubAway as away:
        log.warning("the WebSub hub is away, try %s: %s", self.request.retries + 1, away)
        wait_s = min(60 * 2**self.request.retries, 1_800) * random.uniform(0.8, 1.2)  # noqa: S311  jitter, no secret
        raise self.retry(
            exc=away, countdown=wait_s, args=(), kwargs={"first_row": first_row, "topics": topics}
        ) from away


@shared_task(name="claims.tasks.read_wordings")
def read_wordings() -> dict[str, int]:
    """Make the index of the article checker for all processes, with the vectors of wordings that have none yet."""
    public = latest_publication()
    done = f"wordings:read:{public.isoformat() if public else ''}"
    if (cache.get(done) and kept_index.stands()) or not cache.add("wordings:lock", 1, WORDINGS_LOCK_S):
        return {"claims": 0}
    try:
        claims = record_index.read_wordings()
        cache.set(done, 1, None)
    finally:
        cache.delete("wordings:lock")
    return {"claims": claims}


@shared_task(
    name="claims.tasks.watch_suspect", bind=True, max_retries=20, autoretry_for=AWAY, retry_backoff=2
)
def watch_suspect(self: Task, url: str) -> dict[str, Any]:
    """Read a page that an editor named, and keep which claims it seems to repeat."""
    ended = suggestions.look_for_claims(url, now=timezone.now(), by=looking.reach())
    log.log(logging.WARNING if ended.kind == "failed" else logging.INFO, "%s: %s", url, ended.why)
    suggestions.tell(url, ended.why, timezone.now())
    if ended.kind == "wait":
        raise self.retry(countdown=ended.wait_s + random.uniform(0, 0.3))  # noqa: S311  jitter, no secret
    return ended.told


@shared_task(name="claims.tasks.place_objects")
def place_objects() -> dict[str, int]:
    """Compute where each object is, for this hour and the next, so that no reader waits for it."""
    hours = (timezone.now(), timezone.now() + timedelta(hours=1))
    return {"computed": sum(len(everything_now(hour)) for hour in hours)}


@shared_task(name="claims.tasks.send_digest")
def send_digest() -> dict[str, int]:
    """Send the daily letter to whoever asked for it and has something waiting; once a day, however often it runs."""
    return send_digests(timezone.now())
