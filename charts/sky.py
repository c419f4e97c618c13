"""What charts of motion share: the states of a subject's orbit, calendars, and its caption."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from science.constants import J2000_JD
from science.planets import KERNEL
from science.propagation import state_table
from science.records import ChartSubject, OrbitSolutionRecord
from science.state_table import StateTable
from science.timescales import Instants, as_datetime, from_utc

Array = NDArray[np.float64]


@lru_cache(maxsize=16)
def _kept(key: str, start_tdb_jd: float, stop_tdb_jd: float) -> StateTable:
    return state_table(_solutions[key], start_tdb_jd, stop_tdb_jd, with_covariance=False)


_solutions: dict[str, OrbitSolutionRecord] = {}


def states(solution: OrbitSolutionRecord, first: datetime, last: datetime) -> StateTable:
    """States of an orbit between two instants, kept for the next chart of the same years."""
    start, stop = (float(from_utc(moment).tdb[0]) + J2000_JD for moment in (first, last))
    key = repr(solution)
    _solutions[key] = solution
    epoch = solution.epoch_tdb_jd
    if epoch - 400 <= start and stop <= epoch + 900:
        return _kept(key, epoch - 400.0, epoch + 900.0)
    return _kept(key, start, stop)


def moment(value: object) -> datetime:
    """The UTC instant of an ISO text or a date; a date is its first instant."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    text = str(value)
    padded = text + {4: "-01-01", 7: "-01"}.get(len(text), "")
    parsed = datetime.fromisoformat(padded.replace("Z", "+00:00"))
    return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def calendar(first: datetime, last: datetime, count: int) -> Instants:
    """``count`` instants from first to last, both included."""
    span_us = int((last - first) / timedelta(microseconds=1))
    offsets = np.linspace(0, span_us, count).astype("int64").astype("timedelta64[us]")
    return from_utc(np.datetime64(first.replace(tzinfo=None), "us") + offsets)


def iso(instants: Instants) -> tuple[str, ...]:
    """Instants as the texts that a date axis takes, to the minute."""
    rounded = (instants.utc + np.timedelta64(30, "s")).astype("datetime64[m]")
    return tuple(np.datetime_as_string(rounded).tolist())


def minute(when: datetime | np.datetime64) -> str:
    """An instant as a table prints it."""
    if isinstance(when, np.datetime64):
        when = as_datetime(when)
    return f"{when.astimezone(UTC) + timedelta(seconds=30):%Y-%m-%d %H:%M} UTC"


def day(when: datetime) -> str:
    return f"{when.day} {when:%b %Y}"


def rounded(values: Array, decimals: int) -> tuple[float, ...]:
    """Numbers as a figure carries them: no more digits than a screen can show."""
    return tuple(np.round(values, decimals).tolist())


def checks_named(subject: ChartSubject, *names: str) -> list[dict[str, object]]:
    """Parameters of the subject's checks of these names, in order."""
    return [params for name, params in subject.check_params if name in names]


def orbit_sentence(solution: OrbitSolutionRecord) -> str:
    """Which orbit a chart was drawn with."""
    return (
        f"Orbit solution {solution.solution_id} ({solution.producer}), planets JPL {KERNEL}, computed here."
    )
