"""The only writer of what services told: solutions, covariances, states, astrometry, and every attempt.

A new solution is a new row; the same one again moves only ``last_confirmed_at``; an older one than ours is
recorded and never made the default.  Everything of one answer is stored in one transaction, together with the
row of the attempt, so a worker that is killed leaves all of it or nothing.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from ephemeris.digests import content_digest, solution_digest
from ephemeris.models import (
    AstrometryTally,
    EphemerisSnapshot,
    OrbitSolution,
    ServiceRefresh,
    SmallBody,
    SolutionCovariance,
    SpacecraftTrack,
)
from ephemeris.services.contract import AstrometryRecord, ServiceAnswer
from ephemeris.signals import orbit_changed
from ephemeris.solution_order import is_newer, same_orbit, same_solution_elsewhere
from science.records import OrbitSolutionRecord
from science.state_table import StateTable

LONGEST_MESSAGE = 500


@transaction.atomic
def record_answer(
    service: str,
    body: SmallBody | None,
    answer: ServiceAnswer,
    *,
    asked_at: datetime,
    at: datetime,
    query: str = "",
    reply_digest: str = "",
    idempotency_key: str = "",
) -> ServiceRefresh:
    """Store an answer and the attempt that brought it; the attempt says in words what was new."""
    done = _already(idempotency_key)
    if done is not None:
        return done
    news: list[str] = []
    if body is not None:
        # one writer of a body's solutions at a time: two answers would both become the default
        SmallBody.objects.select_for_update().only("pk").get(pk=body.pk)
        solution = None
        if answer.solution is not None:
            solution, said = _store_solution(body, answer.solution, at)
            news += said
        if answer.states is not None and solution is not None:
            news += _store_states(body, solution, answer.states, answer.provenance, at)
        if answer.astrometry is not None:
            news += _store_astrometry(body, answer.astrometry, at)
    if answer.track is not None:
        news += _store_track(answer.track, answer.provenance, at)
    return ServiceRefresh.objects.create(
        service=service,
        body=body,
        asked_at=asked_at,
        finished_at=at,
        outcome="changed" if news else "unchanged",
        query=query,
        reply_digest=reply_digest,
        message="; ".join(news)[:LONGEST_MESSAGE],
        idempotency_key=idempotency_key or None,
    )


@transaction.atomic
def record_failure(
    service: str,
    body: SmallBody | None,
    outcome: str,
    message: str,
    *,
    asked_at: datetime,
    at: datetime,
    query: str = "",
    reply_digest: str = "",
    idempotency_key: str = "",
) -> ServiceRefresh:
    """Store an attempt that brought nothing, and why; what was stored before stays in use."""
    return _already(idempotency_key) or ServiceRefresh.objects.create(
        service=service,
        body=body,
        asked_at=asked_at,
        finished_at=at,
        outcome=outcome,
        query=query,
        reply_digest=reply_digest,
        message=message[:LONGEST_MESSAGE],
        idempotency_key=idempotency_key or None,
    )


def _already(idempotency_key: str) -> ServiceRefresh | None:
    return ServiceRefresh.objects.filter(idempotency_key=idempotency_key).first() if idempotency_key else None


def _store_solution(
    body: SmallBody, record: OrbitSolutionRecord, at: datetime
) -> tuple[OrbitSolution, list[str]]:
    """The row of a solution, and what is new about it."""
    rows = list(OrbitSolution.objects.filter(body=body).select_related("body").order_by("pk"))
    row = next((row for row in rows if _is_the_same(row, record)), None)
    if row is None and (row := next((row for row in rows if same_solution_elsewhere(row, record)), None)):
        # its elements and its covariance belong to the other epoch; the solution is the one that we have
        OrbitSolution.objects.filter(pk=row.pk).update(last_confirmed_at=at)
        return row, []
    news = []
    if row is None:
        record, revised = _with_free_id(record, rows)
        row, said = _append_solution(body, record, rows, at)
        news.append(said + (revised and f" ({revised})"))
    else:
        OrbitSolution.objects.filter(pk=row.pk).update(last_confirmed_at=at)
    return row, news + _store_covariance(row, record, at)


def _is_the_same(row: OrbitSolution, record: OrbitSolutionRecord) -> bool:
    if row.digest == solution_digest(record):
        return True
    return (
        row.producer == record.producer and row.solution_id == record.solution_id and same_orbit(row, record)
    )


def _with_free_id(record: OrbitSolutionRecord, rows: list[OrbitSolution]) -> tuple[OrbitSolutionRecord, str]:
    """The record under an id that no other orbit has: a number that JPL used twice gets a suffix here."""
    taken = {row.solution_id for row in rows}
    if record.solution_id not in taken:
        return record, ""
    number = 2
    while f"{record.solution_id}-{number}" in taken:
        number += 1
    remark = f"Other numbers than those on record as {record.solution_id}."
    return (
        replace(record, solution_id=f"{record.solution_id}-{number}", note=f"{record.note} {remark}".strip()),
        f"other numbers than the {record.solution_id} on record",
    )


def _append_solution(
    body: SmallBody,
    record: OrbitSolutionRecord,
    rows: list[OrbitSolution],
    at: datetime,
) -> tuple[OrbitSolution, str]:
    newer = is_newer(record, rows)
    before = next((row for row in rows if row.is_default), None)
    if newer and before is not None:
        OrbitSolution.objects.filter(pk=before.pk).update(is_default=False)
    elements, state, push = record.elements, record.state, record.non_gravitational
    row = OrbitSolution.objects.create(
        body=body,
        solution_id=record.solution_id,
        producer=record.producer,
        kind=record.kind,
        epoch_tdb_jd=record.epoch_tdb_jd,
        **(asdict(elements) if elements else {}),
        position_au=list(state.position_au) if state else None,
        velocity_au_d=list(state.velocity_au_d) if state else None,
        **(asdict(push) if push else {}),
        m1=record.m1,
        k1=record.k1,
        sigma=record.sigma,
        solution_date=record.solution_date or "",
        observations=record.observations,
        arc_from=record.arc_from,
        arc_to=record.arc_to,
        source=record.source,
        note=record.note,
        is_default=newer,
        replaces=before if newer else None,
        retrieved_at=at,
        last_confirmed_at=at,
        digest=solution_digest(record),
    )
    if not newer:
        return row, f"solution {row.solution_id} is older than ours: recorded, not used"
    previous = before.solution_id if before else ""
    # within the transaction: what rests on the orbit is marked with it or not at all
    orbit_changed.send(
        sender=OrbitSolution, designation=body.designation, solution_id=row.solution_id, previous=previous
    )
    return row, f"solution {row.solution_id} replaces {previous or 'none'}"


def _store_covariance(row: OrbitSolution, record: OrbitSolutionRecord, at: datetime) -> list[str]:
    if not record.covariance:
        return []
    labels, matrix = list(record.covariance_labels), [list(line) for line in record.covariance]
    digest = content_digest({"labels": labels, "matrix": matrix})
    values = {"labels": labels, "matrix": matrix, "sigma": record.sigma, "source": record.source}
    new = _stored_or_confirmed(SolutionCovariance, at, values, solution=row, digest=digest)
    return [f"covariance of {row.solution_id}"] if new else []


def _stored_or_confirmed(
    model: type[Model], at: datetime, values: dict[str, Any], **natural_key: Any
) -> bool:
    """Store a row under its natural key; of one that stands there already note that it came again."""
    rows: Any = model._default_manager
    kept, created = rows.get_or_create(
        **natural_key, defaults={**values, "retrieved_at": at, "last_confirmed_at": at}
    )
    if not created:
        rows.filter(pk=kept.pk).update(last_confirmed_at=at)
    return bool(created)


def _store_states(
    body: SmallBody, solution: OrbitSolution, states: StateTable, provenance: dict[str, str], at: datetime
) -> list[str]:
    if states.solution_id != solution.solution_id:
        states = replace(states, solution_id=solution.solution_id)
    new = _stored_or_confirmed(
        EphemerisSnapshot,
        at,
        {"table": states.to_bytes(), "provenance": provenance},
        body=body,
        observer_code="500@10",
        solution=solution,
        engine=states.origin,
        start_tdb_jd=states.start_tdb_jd,
        stop_tdb_jd=states.stop_tdb_jd,
        step_d=states.step_d,
        digest=states.digest,
    )
    return [f"{len(states.position_au)} states of {solution.solution_id}"] if new else []


def _store_track(track: StateTable, provenance: dict[str, str], at: datetime) -> list[str]:
    values = {
        "source": track.solution_id, "start_tdb_jd": track.start_tdb_jd, "stop_tdb_jd": track.stop_tdb_jd,
        "step_d": track.step_d, "table": track.to_bytes(), "provenance": provenance,
    }  # fmt: skip
    new = _stored_or_confirmed(SpacecraftTrack, at, values, observer_code=track.body, digest=track.digest)
    return [f"{len(track.position_au)} states of {track.body}"] if new else []


def _store_astrometry(body: SmallBody, record: AstrometryRecord, at: datetime) -> list[str]:
    counted: dict[str, Any] = {
        "names": list(record.names),
        "observations": record.observations,
        "observatories": record.observatories,
        "first_at": record.first_utc,
        "last_at": record.last_utc,
    }
    kept, created = AstrometryTally.objects.get_or_create(
        body=body,
        digest=content_digest(counted),
        defaults={**counted, "retrieved_at": at, "last_confirmed_at": at},
    )
    if created:
        return [f"{record.observations} observations from {record.observatories} observatories"]
    AstrometryTally.objects.filter(pk=kept.pk).update(last_confirmed_at=at)
    return []
