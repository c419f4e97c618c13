"""One refresh: take the lock and the turn, ask, read, store; and what to do when that was not possible.

It never sleeps: what has to wait is said to the caller, who comes back later.  Everything that it stores is one
transaction under the key of the run, so a run that is delivered twice is kept once.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

import numpy as np
from django.utils import timezone

from ephemeris.archives.names import spelling
from ephemeris.archives.reading import raw_digest
from ephemeris.comparisons import compare_replacements
from ephemeris.models import OrbitSolution, ServiceRefresh, SmallBody
from ephemeris.queries import solution_record
from ephemeris.services.contract import (
    Question,
    RemoteUnavailable,
    Service,
    ServiceAnswer,
    UnexpectedReply,
)
from ephemeris.services.reading import answer
from ephemeris.services.registry import services
from ephemeris.solution_ingest import record_answer, record_failure
from ephemeris.throttle import Throttle, Turn
from ephemeris.wire import Reply, Request, Wire
from science.constants import J2000_JD
from science.orbits import elements_from_state, state_vector

HELD_S = 400.0  # longer than a task may run; what a killed worker held comes free by itself
LONGEST_WAIT_S = 3600.0  # below the visibility timeout of the queue
TOO_FAST_S = 60.0
ATTEMPTS = 5
FIRST_RETRY_S = 30.0
FRESH = timedelta(minutes=5)
# states are asked for from before perihelion until the end of next year, the same days every day
BEFORE_PERIHELION_D = 500.0
ROUND_TO_D = 100.0
TRACK_FROM_TDB_JD = 2460796.5  # 2025-05-01, before the first observation of 3I
TRACK_AHEAD_D = 120


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended; ``wait`` and ``retry`` say after how many seconds to come back."""

    kind: Literal["stored", "failed", "retry", "wait", "dropped"]
    why: str = ""
    wait_s: float = 0.0
    refresh: ServiceRefresh | None = None

    @property
    def told(self) -> dict[str, object]:
        """What the task returns."""
        row = self.refresh
        return {
            "ended": self.kind,
            "why": self.why,
            **({"refresh": row.pk, "outcome": row.outcome} if row else {}),
        }


@dataclass(frozen=True, slots=True)
class Reach:
    """What a run needs of the world: the door to the network, the clocks that workers share, the time it ends."""

    wire: Wire
    throttle: Throttle
    clock: Callable[[], datetime] = timezone.now


def run_id(fan_out: str, service: str, subject: str) -> str:
    """The id of one refresh of a fan-out: the same fan-out, delivered twice, gives the same runs."""
    return sha256(f"{fan_out}|{service}|{subject}".encode()).hexdigest()[:32]


def due(*, live: bool | None = None, body: str = "") -> list[tuple[str, str]]:
    """Which service is asked about which subject: all objects, one, those still observed or the others.

    The path of a spacecraft goes with the objects that are not observed any more, once a week.
    """
    found: list[tuple[str, str]] = []
    for service in services().values():
        if service.spacecraft:
            found += [] if body or live else [(service.name, service.spacecraft)]
            continue
        bodies = SmallBody.objects.all() if live is None else SmallBody.objects.filter(live=live)
        wanted = bodies.filter(designation=body) if body else bodies
        found += [(service.name, designation) for designation in wanted.values_list("designation", flat=True)]
    return found


def comes_back_after(ended: Ended, attempt: int) -> float | None:
    """After how many seconds a run is to be continued; None when it is over.

    A random share of a span that grows fourfold, so that runs which failed together part; never sooner than
    the service asked.
    """
    if ended.kind == "wait":
        return ended.wait_s + random.uniform(0, 0.3)  # noqa: S311  jitter, no secret
    if ended.kind != "retry" or attempt + 1 >= ATTEMPTS:
        return None
    longest = min(FIRST_RETRY_S * 4**attempt, LONGEST_WAIT_S)
    wait_s = max(ended.wait_s, random.uniform(longest / 2, longest))  # noqa: S311  jitter, no secret
    return wait_s if wait_s <= LONGEST_WAIT_S else None  # the next schedule is sooner


def refresh(
    service_name: str,
    subject: str,
    *,
    run: str,
    now: datetime,
    by: Reach,
    attempt: int = 0,
    anew: bool = False,
) -> Ended:
    """Refresh what a service tells of a subject.

    Parameters
    ----------
    run, attempt
        The id of this run and which of its attempts this is; the same pair again finds the work of the first
        and does nothing more.
    now
        The moment; also where "now" lies in comparisons.
    anew
        Ask even where the last answer is minutes old.
    """
    service = services().get(service_name)
    if service is None:
        return Ended("dropped", f"no service {service_name}, there are {', '.join(services())}")
    body = None if service.spacecraft else SmallBody.objects.filter(designation=subject).first()
    if body is None and subject != service.spacecraft:
        return Ended("dropped", f"{service.title} is not asked about {subject}")
    key = f"{run}-{attempt}"
    known = ServiceRefresh.objects.filter(idempotency_key=key).first()
    if known is not None:
        return Ended("stored", "it was done before", refresh=known)
    if not anew and attempt == 0 and _fresh(service, body, now):
        return Ended("dropped", f"answered less than {FRESH.seconds // 60} minutes ago")
    lock = f"refresh:{service.name}:{subject}"
    if not by.throttle.hold(lock, run, HELD_S):
        return Ended("dropped", "another run of this refresh is under way")
    try:
        ended = _asked(service, body, key=key, now=now, by=by)
    finally:
        by.throttle.let_go(lock, run)
    if body is not None:
        compare_replacements(body.designation, now)
    return ended


def _fresh(service: Service, body: SmallBody | None, now: datetime) -> bool:
    return ServiceRefresh.objects.filter(
        service=service.name, body=body, outcome__in=("unchanged", "changed"), finished_at__gt=now - FRESH
    ).exists()


def _asked(service: Service, body: SmallBody | None, *, key: str, now: datetime, by: Reach) -> Ended:
    question = question_of(service, body, now)
    [host] = service.hosts
    turn = by.throttle.turn(host, service.interval_s * service.most_requests)
    if not turn.granted:
        return _no_turn(service, body, turn, key=key, now=now)
    replies: list[Reply] = []
    asked: list[Request] = []
    try:
        while (request := service.ask(question, replies)) is not None:
            asked.append(request)
            replies.append(by.wire.send(request))
            if replies[-1].failure or replies[-1].status != 200:
                break
    finally:
        by.throttle.release(turn)
    printed = "\n".join(request.printed for request in asked)
    told: dict[str, str] = {"query": printed, "idempotency_key": key}
    finished = by.clock()
    try:
        found = _marked(answer(service, question, replies), replies)
    except RemoteUnavailable as problem:
        _note_failure(host, replies[-1], problem, by.throttle)
        return Ended("retry", str(problem), problem.retry_after_s or 0.0, record_failure(
            service.name, body, "could_not_look", str(problem), asked_at=now, at=finished,
            reply_digest=problem.reply_digest, **told,
        ))  # fmt: skip
    except UnexpectedReply as problem:
        by.throttle.succeeded(host)
        return Ended("failed", str(problem), refresh=record_failure(
            service.name, body, "unexpected_reply", str(problem), asked_at=now, at=finished,
            reply_digest=problem.reply_digest, **told,
        ))  # fmt: skip
    by.throttle.succeeded(host)
    row = record_answer(
        service.name, body, found, asked_at=now, at=finished, reply_digest=raw_digest(replies), **told
    )
    return Ended("stored", row.message or "nothing new", refresh=row)


def _no_turn(service: Service, body: SmallBody | None, turn: Turn, *, key: str, now: datetime) -> Ended:
    if turn.wait_s <= LONGEST_WAIT_S:
        return Ended("wait", f"{turn.host}: {turn.reason}", turn.wait_s)
    why = f"not asked: {turn.host} is left alone for {turn.wait_s / 3600:.1f} h after repeated failures"
    row = record_failure(service.name, body, "could_not_look", why, asked_at=now, at=now, idempotency_key=key)
    return Ended("failed", why, refresh=row)


def _note_failure(host: str, reply: Reply, problem: RemoteUnavailable, throttle: Throttle) -> None:
    """Tell the host's clock: 429 asks for time, the rest counts towards leaving it alone."""
    if reply.status == 429:
        throttle.hold_back(host, TOO_FAST_S if problem.retry_after_s is None else problem.retry_after_s)
        return
    throttle.failed(host)
    if problem.retry_after_s is not None:
        throttle.hold_back(host, problem.retry_after_s)


def _marked(found: ServiceAnswer, replies: list[Reply]) -> ServiceAnswer:
    """The answer; of a fake server, with that said wherever it is stored."""
    if not any(reply.synthetic for reply in replies):
        return found
    solution = found.solution and replace(
        found.solution, source=f"synthetic, of a fake server: {found.solution.source}"
    )
    return replace(found, solution=solution, provenance={**found.provenance, "synthetic": "yes"})


def question_of(service: Service, body: SmallBody | None, now: datetime) -> Question:
    """What a service is asked about a body (or, without one, about its spacecraft) at a moment."""
    today = (np.datetime64(now.date()) - np.datetime64("2000-01-01")).astype(int) - 0.5 + J2000_JD
    if body is None:
        stop = TRACK_FROM_TDB_JD + 30.0 * ((today + TRACK_AHEAD_D - TRACK_FROM_TDB_JD) // 30.0)
        return Question(service.spacecraft, service.spacecraft, None, TRACK_FROM_TDB_JD, stop)
    perihelion = _perihelion(body)
    middle = ROUND_TO_D * round((perihelion - J2000_JD) / ROUND_TO_D) + J2000_JD
    ends = np.datetime64(f"{now.year + 2}-01-01") - np.datetime64("2000-01-01")
    return Question(
        subject=body.designation,
        sought=sought(body),
        spelling=spelling(body.designation, body.full_designation, body.other_designations),
        start_tdb_jd=middle - BEFORE_PERIHELION_D - 0.5,
        stop_tdb_jd=float(ends.astype(int)) - 0.5 + J2000_JD,
    )


def sought(body: SmallBody) -> str:
    """The designation that JPL is asked for: a comet's own where it has one, else the short one."""
    for text in body.other_designations:
        if found := re.match(r"C/\d{4} [A-Z]{1,2}\d+", text):
            return found[0]
    return body.designation


def _perihelion(body: SmallBody) -> float:
    """When it passes the Sun, TDB Julian date, by the solution in use."""
    row = OrbitSolution.objects.filter(body=body, is_default=True).select_related("body").first()
    if row is None:
        raise LookupError(
            f"{body.designation}: no orbit solution on record, need one to know which years to ask for"
        )
    record = solution_record(row)
    elements = record.elements or elements_from_state(state_vector(record), record.epoch_tdb_jd)
    return elements.perihelion_time_tdb_jd
