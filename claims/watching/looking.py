"""One look at a source: take the turn of the host, ask, read, store; and what to do when that was not possible.

It never sleeps: what has to wait is said to the caller, who comes back later.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from protego import Protego

from claims.models import Source, SourceCheck
from claims.watching import pages
from claims.watching.changes import Asked, store_failure, store_finding
from claims.watching.questions import phrases_of, question_of, watches_of
from claims.watching.reading import page_text
from ephemeris import remote
from ephemeris.archives.reading import raw_digest
from ephemeris.page_door import Page, PageDoor
from ephemeris.services.contract import RemoteUnavailable, UnexpectedReply
from ephemeris.throttle import Throttle, Turn
from ephemeris.watches.contract import Finding, Watch
from ephemeris.watches.reading import finding
from ephemeris.watches.registry import watches
from ephemeris.wire import Reply, Wire

log = logging.getLogger(__name__)

HELD_S = 400.0  # longer than a task may run; what a killed worker held comes free by itself
LONGEST_WAIT_S = 3600.0  # below the visibility timeout of the queue
TOO_FAST_S = 60.0
ATTEMPTS = 3
FIRST_RETRY_S = 60.0
PAGE_INTERVAL_S = 15.0
ROBOTS_KEPT_S = 86_400
CAPTURE_ASKED_AGAIN_S = 90.0  # a capture takes up to two minutes
CAPTURE_ASKED_AT_MOST = 20
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a look ended; ``wait`` and ``retry`` say after how many seconds to come back."""

    kind: Literal["stored", "failed", "retry", "wait", "dropped"]
    why: str = ""
    wait_s: float = 0.0
    check: SourceCheck | None = None

    @property
    def told(self) -> dict[str, object]:
        """What the task returns."""
        row = self.check
        return {
            "ended": self.kind,
            "why": self.why,
            **({"check": row.pk, "outcome": row.outcome, "state": row.state} if row else {}),
        }


@dataclass(slots=True)
class Reach:
    """All that a look needs of the world."""

    wire: Wire
    door: PageDoor
    throttle: Throttle
    clock: Callable[[], datetime] = timezone.now


def reach() -> Reach:
    """The reach of this process."""
    return Reach(remote.wire(), remote.page_door(), remote.throttle())


def run_id(fan_out: str, source: str, watch: str) -> str:
    """The id of one look of a fan-out: the same fan-out, delivered twice, gives the same runs."""
    return sha256(f"{fan_out}|{source}|{watch}".encode()).hexdigest()[:32]


def comes_back_after(ended: Ended, attempt: int) -> float | None:
    """After how many seconds a look is to be continued; None when it is over."""
    if ended.kind == "wait":
        return ended.wait_s + random.uniform(0, 0.3)  # noqa: S311  jitter, no secret
    if ended.kind == "stored" and ended.check is not None and ended.check.state == "pending":
        return CAPTURE_ASKED_AGAIN_S if attempt < CAPTURE_ASKED_AT_MOST else None
    if ended.kind != "retry" or attempt + 1 >= ATTEMPTS:
        return None
    longest = min(FIRST_RETRY_S * 4**attempt, LONGEST_WAIT_S)
    wait_s = max(ended.wait_s, random.uniform(longest / 2, longest))  # noqa: S311  jitter, no secret
    return wait_s if wait_s <= LONGEST_WAIT_S else None  # the next schedule is sooner


def look(source_key: str, watch_name: str, *, run: str, attempt: int, now: datetime, by: Reach) -> Ended:
    """Look at a source through one watch.

    ``run`` and ``attempt`` are the id of this look; the same pair again finds the work of the first.
    """
    source = Source.objects.filter(key=source_key).first()
    if source is None or watch_name not in watches_of(source):
        return Ended("dropped", f"{watch_name} is not asked about {source_key}")
    key = f"{run}-{watch_name}-{attempt}"
    known = SourceCheck.objects.filter(idempotency_key=key).first()
    if known is not None:
        return Ended("stored", "it was done before", check=known)
    lock = f"source:{source_key}:{watch_name}"
    if not by.throttle.hold(lock, run, HELD_S):
        return Ended("dropped", "another look at it is under way")
    try:
        if watch_name == pages.NAME:
            return _page(source, key, now, by)
        return _service(source, watches()[watch_name], key, now, by)
    finally:
        by.throttle.let_go(lock, run)


# -- a service -----------------------------------------------------------------------------------------


def _service(source: Source, watch: Watch, key: str, now: datetime, by: Reach) -> Ended:
    question = question_of(source, _job_of(source, watch))
    [host] = watch.hosts
    turn = by.throttle.turn(host, watch.interval_s)
    if not turn.granted:
        return _no_turn(source, watch.name, turn, key, now)
    replies: list[Reply] = []
    printed: list[str] = []
    headers = _keys(watch)
    try:
        while (request := watch.ask(question, replies)) is not None:
            printed.append(request.printed)
            replies.append(by.wire.send(request, headers))
            if replies[-1].failure or replies[-1].status != 200:
                break
    finally:
        by.throttle.release(turn)
    asked = Asked(now, by.clock(), "\n".join(printed), key, raw_digest(replies) if replies[-1].body else "",
                  any(reply.synthetic for reply in replies))  # fmt: skip
    try:
        found = finding(watch, question, replies)
    except RemoteUnavailable as problem:
        _note_failure(host, replies[-1].status, problem, by.throttle)
        row = store_failure(source, watch.name, "could_not_look", str(problem), asked)
        # whether the archive took the order is not known; its index tells in time
        again = not (watch.with_keys and not question.job)
        return Ended("retry" if again else "failed", str(problem), problem.retry_after_s or 0.0, row)
    except UnexpectedReply as problem:
        by.throttle.succeeded(host)
        return Ended(
            "failed",
            str(problem),
            check=store_failure(source, watch.name, "unexpected_reply", str(problem), asked),
        )
    by.throttle.succeeded(host)
    row = store_finding(source, watch.name, found, asked)
    return Ended("stored", row.sentence, check=row)


def _keys(watch: Watch) -> dict[str, str]:
    headers = {"Accept": "application/json, application/atom+xml;q=0.9, */*;q=0.1"}
    return {**headers, "Authorization": f"LOW {settings.WAYBACK_KEYS}"} if watch.with_keys else headers


def _job_of(source: Source, watch: Watch) -> str:
    """The capture that is under way."""
    if not watch.with_keys:
        return ""
    last = SourceCheck.objects.filter(source=source, watch=watch.name, outcome="looked").first()
    return str(last.facts.get("job", "")) if last is not None and last.state == "pending" else ""


def _no_turn(source: Source, watch: str, turn: Turn, key: str, now: datetime) -> Ended:
    if turn.wait_s <= LONGEST_WAIT_S:
        return Ended("wait", f"{turn.host}: {turn.reason}", turn.wait_s)
    why = f"not asked: {turn.host} is left alone for {turn.wait_s / 3600:.1f} h after repeated failures"
    return Ended(
        "failed", why, check=store_failure(source, watch, "could_not_look", why, Asked(now, now, "", key))
    )


def _note_failure(host: str, status: int, problem: RemoteUnavailable, throttle: Throttle) -> None:
    """Tell the host's clock: 429 asks for time, the rest counts towards leaving it alone."""
    if status == 429:
        throttle.hold_back(host, TOO_FAST_S if problem.retry_after_s is None else problem.retry_after_s)
        return
    throttle.failed(host)
    if problem.retry_after_s is not None:
        throttle.hold_back(host, problem.retry_after_s)


# -- the page itself -----------------------------------------------------------------------------------


def _page(source: Source, key: str, now: datetime, by: Reach) -> Ended:
    host = urlsplit(source.url).hostname or ""
    turn = by.throttle.turn(f"page:{host}", PAGE_INTERVAL_S)
    if not turn.granted:
        return _no_turn(source, pages.NAME, turn, key, now)
    page: Page | None = None
    query, synthetic, digest, status = f"GET {source.url}", False, "", 0
    try:
        rules = robots(source.url, by.door)
        if rules is None:
            raise RemoteUnavailable(
                "the site does not say what programs may fetch (its robots.txt does not answer)"
            )
        if not rules.can_fetch(source.url, settings.USER_AGENT):
            found = Finding(
                "blocked",
                "The site asks programs not to fetch this page (robots.txt).",
                "robots",
                {"link": "robots"},
            )
        else:
            page = by.door.fetch(source.url)
            synthetic, status = page.synthetic, page.status
            digest = sha256(page.body).hexdigest() if page.body else ""
            found = pages.found_on(page, phrases_of(source), before(source, now), now=now)
    except RemoteUnavailable as problem:
        asked = Asked(now, by.clock(), query, key, synthetic=synthetic)
        _note_failure(turn.host, status, problem, by.throttle)
        row = store_failure(source, pages.NAME, "could_not_look", f"{_capital(str(problem))}.", asked)
        return Ended("retry", str(problem), problem.retry_after_s or 0.0, row)
    finally:
        by.throttle.release(turn)
    by.throttle.succeeded(turn.host)
    last = _last_digest(source)
    row = store_finding(source, pages.NAME, found, Asked(now, by.clock(), query, key, digest, synthetic))
    if page is not None and last and row.facts.get("digest", last) != last:
        _suspect(page, source, now)
    return Ended("stored", row.sentence, check=row)


def _last_digest(source: Source) -> str:
    """The digest of the text that was read last; empty before the first reading."""
    rows = SourceCheck.objects.filter(source=source, watch=pages.NAME, facts__has_key="digest")
    last = rows.order_by("-pk").first()
    return last.facts["digest"] if last else ""


def _suspect(page: Page, source: Source, now: datetime) -> None:
    """Look which claims a changed page repeats now; a fault in that is no fault of the look."""
    from claims.watching.suggestions import suspect

    try:
        suspect(page_text(page.body, page.content_type), source.url, source, at=now, synthetic=page.synthetic)
    except (RuntimeError, ValueError) as fault:
        log.warning("%s: the changed text was not matched (%s)", source.key, type(fault).__name__)


def robots(url: str, door: PageDoor) -> Protego | None:
    """What the site of an address lets programs fetch, kept for a day; None where it could not be asked."""
    parts = urlsplit(url)
    site = f"{parts.scheme}://{parts.netloc}"
    kept = f"robots:{sha256(site.encode()).hexdigest()}"
    text = cache.get(kept)
    if text is None:
        page = door.fetch(f"{site}/robots.txt", types=frozenset(("text/plain", "text/html", "text/x-robots")))
        if page.failure == "refused":
            return Protego.parse("")  # the page itself is refused by the same door, and says why
        rules = pages.robots_of(page)
        if rules is None:
            return None
        text = page.body.decode("utf-8", "replace") if page.status == 200 else ""
        cache.set(kept, text, ROBOTS_KEPT_S)
    return Protego.parse(text)


def before(source: Source, now: datetime) -> pages.Before:
    """What earlier looks at a page found."""
    rows = SourceCheck.objects.filter(source=source, watch=pages.NAME, outcome="looked")
    first = next((row for row in rows.order_by("pk") if "digest" in row.facts), None)
    missed: list[datetime] = []
    for row in rows.order_by("-pk"):
        if row.state not in ("missing", "gone"):
            break
        missed.append(row.asked_at)
    others = SourceCheck.objects.filter(watch=pages.NAME, outcome="looked", asked_at__gt=now - A_DAY).exclude(
        source=source
    )
    return pages.Before(
        first=first.facts if first else {},
        missed=missed[::-1],
        others_answer=others.exclude(state__in=("missing", "gone")).exists(),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
