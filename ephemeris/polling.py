"""One poll, a request at a time: wait for the turn, ask, keep the reply; at the end read and store.

A run is a chain of short steps.  What it has been told so far lies in Redis under its id, so any worker can do
the next step, and a step that is delivered twice finds the work of the first.  Waiting is told to the caller,
who puts the step back; nobody sleeps.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any, Literal

import orjson
import redis
from django.conf import settings

from ephemeris.archives.contract import Archive, ArchiveAnswer, Question
from ephemeris.archives.reading import answer, ends_it, failed_by_host, retry_after_s
from ephemeris.archives.registry import archives
from ephemeris.ingest import Stored, store
from ephemeris.models import ArchivePoll
from ephemeris.questions import Subject, completed, name_of, question_of, subject_of
from ephemeris.remote import throttle, wire
from ephemeris.throttle import PREFIX, Throttle
from ephemeris.wire import Reply, Request, Wire

RUN_HELD_S = 1800.0  # a run that nobody continued for so long is another's to begin anew
REPLIES_KEPT_S = 7200
LONGEST_WAIT_S = 3600.0  # below the visibility timeout of the queue
ATTEMPTS = 4
FIRST_RETRY_S = 30.0
TOO_FAST_S = 60.0
AGAIN_LATER = frozenset(("timeout", "maintenance", "rate_limited"))


# the client's types allow texts, which a client that does not decode never gives
Kept = dict[Any, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """How a step ended: done, to be continued after a while, or dropped, and why."""

    kind: Literal["done", "continue", "retry", "dropped"]
    wait_s: float = 0.0
    why: str = ""
    stored: Stored | None = None

    @property
    def told(self) -> dict[str, object]:
        """What the task returns."""
        poll = self.stored.poll if self.stored else None
        return {
            "step": self.kind,
            "why": self.why,
            **({"poll": poll.pk, "outcome": poll.outcome, "rows": poll.row_count} if poll else {}),
            **({"changes": [change.after for change in self.stored.changes]} if self.stored else {}),
        }


@dataclass(slots=True)
class Reach:
    """All that a step needs of the world: the throttle, the server that keeps replies, the wire."""

    server: redis.Redis
    throttle: Throttle
    wire: Wire


@cache
def reach() -> Reach:
    """The one reach of this process."""
    server = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=5, socket_connect_timeout=5)
    return Reach(server, throttle(), wire())


def run_id(fan_out: str, subject: str, archive: str) -> str:
    """The id of one poll of a fan-out: the same fan-out, delivered twice, gives the same runs."""
    return sha256(f"{fan_out}|{subject}|{archive}".encode()).hexdigest()[:32]


def step(subject_name: str, archive_name: str, run: str, attempt: int, *, now: datetime, by: Reach) -> Step:
    """Do the next step of a run."""
    key = f"{run}-{attempt}"
    known = ArchivePoll.objects.filter(idempotency_key=key).first()
    if known is not None:
        return Step("done", why="it was done before", stored=Stored(known, new=False))
    archive = archives().get(archive_name)
    subject = subject_of(subject_name)
    if archive is None or subject is None:
        return Step("dropped", why=f"no {'archive' if archive is None else 'subject'} of this name any more")
    lock = f"poll:{subject_name}:{archive_name}"
    if not by.throttle.hold(lock, run, RUN_HELD_S):
        return Step("dropped", why="another run of this question is under way")
    question = question_of(subject)
    if question is None or not archive.takes(question):
        by.throttle.let_go(lock, run)
        return Step("dropped", why="this archive is not asked about it")
    ended = _continue(archive, completed(question, subject, archive, now=now), subject, key, now=now, by=by)
    if ended.kind in ("done", "dropped"):
        by.server.delete(_kept_at(key))
    if ended.kind == "done" and ended.stored is not None and attempt < ATTEMPTS:
        outcome = ended.stored.poll.outcome
        if outcome in AGAIN_LATER:
            return Step(
                "retry", _again_after(attempt, archive), f"{outcome}, attempt {attempt + 1}", ended.stored
            )
    if ended.kind in ("done", "dropped"):
        by.throttle.let_go(lock, run)
    return ended


def _continue(
    archive: Archive, question: Question, subject: Subject, key: str, *, now: datetime, by: Reach
) -> Step:
    kept: Kept = by.server.hgetall(_kept_at(key))
    main, request = _so_far(archive, question, kept, "main")
    if request is not None:
        waited = _send(
            archive, request, f"main:{len(main)}", key, by, conditions=_validators(archive, subject, main, by)
        )
        if waited is not None:
            return waited
        kept = by.server.hgetall(_kept_at(key))
        main, request = _so_far(archive, question, kept, "main")
        if request is not None:
            return Step("continue", archive.interval_s, "the next request waits for its turn")
    if not main:
        return Step("dropped", why="there is nothing to ask")
    told = answer(archive, question, main, _requests(archive, question, main))
    if told.outcome == "empty":
        control = replace(question, control=True)
        replies, request = _so_far(archive, control, kept, "control")
        if request is not None:
            waited = _send(archive, request, f"control:{len(replies)}", key, by)
            if waited is not None:
                return waited
            kept = by.server.hgetall(_kept_at(key))
            replies, request = _so_far(archive, control, kept, "control")
            if request is not None:
                return Step("continue", archive.interval_s, "the control waits for its turn")
        told = _with_control(told, answer(archive, control, replies, _requests(archive, control, replies)))
    stored = store(told, subject, asked_at=now, key=key, witness=archive.witness)
    _keep_validators(archive, subject, main, told, by)
    return Step("done", stored=stored)


def _so_far(
    archive: Archive, question: Question, kept: Kept, part: str
) -> tuple[list[Reply], Request | None]:
    """The replies of a part of the run, and what to ask next; nothing more after one that failed."""
    replies: list[Reply] = []
    while (packed := kept.get(f"{part}:{len(replies)}".encode())) is not None:
        replies.append(unpacked(packed))
    if replies and ends_it(replies[-1]):
        return replies, None
    return replies, archive.ask(question, replies)


def _requests(archive: Archive, question: Question, replies: Sequence[Reply]) -> list[Request]:
    """The requests that were answered, asked for again: the questions are a function of the replies."""
    asked = (archive.ask(question, replies[:place]) for place in range(len(replies)))
    return [request for request in asked if request is not None]


def _with_control(told: ArchiveAnswer, control: ArchiveAnswer) -> ArchiveAnswer:
    count = control.row_count
    if count:
        message = told.message
    elif control.looked:
        message = "the control query found nothing either, so the empty answer says nothing"
    else:
        message = f"the control query failed ({control.message}), so the empty answer says nothing"
    return replace(told, control_query_text=control.query_text, control_row_count=count, message=message)


def _send(
    archive: Archive,
    request: Request,
    place: str,
    key: str,
    by: Reach,
    conditions: dict[str, str] | None = None,
) -> Step | None:
    """Send one request when it is this host's turn and keep the reply; or say how long to wait."""
    turn = by.throttle.turn(request.host, archive.interval_s)
    if not turn.granted:
        if turn.wait_s > LONGEST_WAIT_S:
            return Step(
                "dropped", why=f"{request.host} is left alone for {turn.wait_s:.0f} s ({turn.reason})"
            )
        return Step("continue", turn.wait_s, f"{request.host}: {turn.reason}")
    try:
        reply = by.wire.send(request, conditions)
        _note(request.host, reply, by.throttle)
        # the first reply to a place stays: a step that was delivered twice reads the same
        by.server.hsetnx(_kept_at(key), place, packed(reply))
        by.server.expire(_kept_at(key), REPLIES_KEPT_S)
    finally:
        by.throttle.release(turn)
    return None


def _note(host: str, reply: Reply, throttle: Throttle) -> None:
    """Tell the host's clock how it went; a question that the host calls wrong is none of its failures."""
    asked_s = retry_after_s(reply)
    if reply.status == 429:
        throttle.hold_back(host, asked_s if asked_s is not None else TOO_FAST_S)
    elif failed_by_host(reply):
        throttle.failed(host)
        if asked_s is not None:
            throttle.hold_back(host, asked_s)
    else:
        throttle.succeeded(host)


def _again_after(attempt: int, archive: Archive) -> float:
    """A random share of a span that grows fourfold, so that runs which failed together part."""
    longest = min(FIRST_RETRY_S * 4**attempt, LONGEST_WAIT_S)
    return archive.interval_s + random.uniform(longest / 2, longest)  # noqa: S311  jitter, no secret


# -- what is kept between steps ------------------------------------------------------------------------


def _kept_at(key: str) -> str:
    return f"{PREFIX}replies:{key}"


def packed(reply: Reply) -> bytes:
    """A reply as bytes: a line of JSON and the compressed body."""
    head = orjson.dumps([reply.status, dict(reply.headers), reply.failure, reply.detail])
    return head + b"\n" + zlib.compress(reply.body, 1)


def unpacked(content: bytes) -> Reply:
    head, _, body = content.partition(b"\n")
    status, headers, failure, detail = orjson.loads(head)
    return Reply(status, zlib.decompress(body), headers, failure, detail)


def _validators_at(archive: Archive, subject: Subject) -> str:
    return f"{PREFIX}validators:{archive.name}:{name_of(subject)}"


def _validators(archive: Archive, subject: Subject, main: list[Reply], by: Reach) -> dict[str, str]:
    """The conditions under which the archive may answer "not modified" to a question of one request."""
    if not archive.conditional or main:
        return {}
    kept: Kept = by.server.hgetall(_validators_at(archive, subject))
    return {name.decode(): value.decode() for name, value in kept.items()}


def _keep_validators(
    archive: Archive, subject: Subject, main: list[Reply], told: ArchiveAnswer, by: Reach
) -> None:
    if not archive.conditional or told.unchanged:
        return
    place, first = _validators_at(archive, subject), main[0]
    by.server.delete(place)
    if len(main) == 1 and told.outcome == "answered":
        names = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}
        found: Kept = {
            ours: first.headers[theirs] for ours, theirs in names.items() if theirs in first.headers
        }
        if found:
            by.server.hset(place, mapping=found)
            by.server.expire(place, 7 * 86_400)  # a full answer at least weekly
