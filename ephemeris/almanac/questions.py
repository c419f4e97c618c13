"""What may be asked of an ephemeris, read from the text of an address; each refusal names the parameter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from science import observers
from science.constants import J2000_JD
from science.planets import KERNEL
from science.records import Observer
from science.refusals import Refused
from science.timescales import Instants, from_utc

MOST_ROWS = 10_000
MOST_TIMES = 200
FORMATS = ("json", "csv", "ecsv", "votable")
STEP = re.compile(r"^(\d{1,9}(?:\.\d{1,6})?)\s*(s|min|m|h|d)$")
STEP_S = {"s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
JULIAN_DATE = re.compile(r"^\d{7}(?:\.\d{1,12})?$")
# The planetary kernel reaches from 1549 to 2650; a path that far takes ten seconds to follow, so the public is
# answered for two centuries, which take two.
LAST = datetime(2100, 1, 1, tzinfo=UTC)
FIRST_TDB_JD, LAST_TDB_JD = 2415020.5, 2488069.5
SPAN = "1900-01-01 to 2100-01-01 (JD 2415020.5 to 2488069.5)"
# UTC with leap seconds begins in 1972; earlier instants are asked for as TDB Julian dates
FIRST_UTC = datetime(1972, 1, 1, tzinfo=UTC)
UTC_SPAN = "1972-01-01 to 2100-01-01"


class QuestionRefused(ValueError):
    """A question that cannot be answered: which parameter, why, and what is allowed."""

    def __init__(self, parameter: str, detail: str, allowed: str = "") -> None:
        super().__init__(detail)
        self.parameter = parameter
        self.allowed = allowed


@dataclass(frozen=True, slots=True)
class EphemerisQuestion:
    """Who looks, when, on which solution, and in which format the answer is wanted."""

    observer: Observer
    instants: Instants
    solution_id: str | None
    format: str


@dataclass(frozen=True, slots=True)
class VectorsQuestion:
    """From where vectors point, at which TDB Julian dates, on which axes."""

    center: Observer
    tdb_jd: np.ndarray
    frame: str
    solution_id: str | None
    format: str


def ephemeris_question(query: Mapping[str, str]) -> EphemerisQuestion:
    """Read ``observer``, ``start`` ``stop`` ``step`` or ``times``, ``solution``, ``format``."""
    only(query, ("observer", "start", "stop", "step", "times", "solution", "format"))
    return EphemerisQuestion(
        observer=read_observer("observer", query.get("observer") or "500"),
        instants=_instants(query),
        solution_id=query.get("solution") or None,
        format=_format(query),
    )


def vectors_question(query: Mapping[str, str]) -> VectorsQuestion:
    """Read ``center``, ``frame``, ``times`` (TDB Julian dates) or ``start`` ``stop`` ``step``."""
    only(query, ("center", "frame", "start", "stop", "step", "times", "solution", "format"))
    frame = query.get("frame") or "ecliptic"
    if frame not in ("ecliptic", "icrf"):
        raise QuestionRefused("frame", f"frame {_shown(frame)} is unknown", "ecliptic, icrf")
    return VectorsQuestion(
        center=read_observer("center", query.get("center") or "500@10"),
        tdb_jd=_julian_dates(query),
        frame=frame,
        solution_id=query.get("solution") or None,
        format=_format(query),
    )


def only(query: Mapping[str, str], allowed: tuple[str, ...]) -> None:
    """Refuse a parameter that nobody reads."""
    for name in query:
        if name not in allowed:
            raise QuestionRefused(_shown(name), f"parameter {_shown(name)} is unknown", ", ".join(allowed))


def _format(query: Mapping[str, str]) -> str:
    chosen = query.get("format") or "json"
    if chosen not in FORMATS:
        raise QuestionRefused("format", f"format {_shown(chosen)} is unknown", ", ".join(FORMATS))
    return chosen


def read_observer(parameter: str, code: str) -> Observer:
    """The observer of a code; the refusal names the parameter and what is allowed."""
    if len(code) > 32:
        raise QuestionRefused(parameter, f"{_shown(code)} is no observer")
    try:
        return observers.observer(code)
    except Refused as problem:
        raise QuestionRefused(parameter, str(problem)) from problem


def instant(parameter: str, text: str) -> datetime:
    """A UTC instant, or a Julian date in UTC days."""
    if JULIAN_DATE.match(text):
        return datetime(2000, 1, 1, 12, tzinfo=UTC) + timedelta(days=float(text) - J2000_JD)
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as problem:
        raise QuestionRefused(
            parameter, f"{_shown(text)} is no instant", "ISO 8601 in UTC, such as 2025-10-03T04:37Z"
        ) from problem
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _grid(query: Mapping[str, str], default_step: str) -> tuple[datetime, float, int]:
    """First instant, step in seconds and number of steps of ``start``, ``stop``, ``step``."""
    for name in ("start", "stop"):
        if not query.get(name):
            raise QuestionRefused(name, f"{name} is missing", "start and stop with step, or times")
    start, stop = instant("start", query["start"]), instant("stop", query["stop"])
    if stop < start:
        raise QuestionRefused(
            "stop", f"stop {query['stop']} is before start {query['start']}", "stop after start"
        )
    text = query.get("step") or default_step
    found = STEP.match(text)
    seconds = float(found[1]) * STEP_S[found[2]] if found else 0.0
    if seconds <= 0:
        raise QuestionRefused(
            "step", f"step {_shown(text)} is no step", "a number above zero and s, m, h or d, such as 6h"
        )
    rows = int((stop - start).total_seconds() / seconds + 1e-9) + 1
    if rows > MOST_ROWS:
        days = seconds * (MOST_ROWS - 1) / 86400.0
        raise QuestionRefused(
            "step",
            f"{rows} rows are more than {MOST_ROWS} a request; split the interval into parts of at most {days:g} days, each "
            "starting one step after the last one's stop",
            f"at most {MOST_ROWS} rows",
        )
    return start, seconds, rows


def _instants(query: Mapping[str, str]) -> Instants:
    if query.get("times"):
        if query.get("start") or query.get("stop"):
            raise QuestionRefused("times", "times and start, stop exclude each other", "one or the other")
        texts = _listed(query["times"])
        moments = [instant("times", text) for text in texts]
        within_span("times", *moments)
        return from_utc(moments)
    start, seconds, rows = _grid(query, "1d")
    within_span("start", start, start + timedelta(seconds=seconds * (rows - 1)))
    steps = np.round(np.arange(rows) * seconds * 1e6).astype("int64").astype("timedelta64[us]")
    return from_utc(np.datetime64(start.replace(tzinfo=None), "us") + steps)


def _julian_dates(query: Mapping[str, str]) -> np.ndarray:
    if query.get("times"):
        dates = []
        for text in _listed(query["times"]):
            if not JULIAN_DATE.match(text):
                raise QuestionRefused(
                    "times", f"{_shown(text)} is no Julian date", "TDB Julian dates such as 2460951.5"
                )
            dates.append(float(text))
        julian = np.array(dates)
    else:
        for name in ("start", "stop"):
            if not query.get(name):
                raise QuestionRefused(name, f"{name} is missing", "start and stop with step, or times")
        if JULIAN_DATE.match(query["start"]) and JULIAN_DATE.match(query["stop"]):
            start, stop = float(query["start"]), float(query["stop"])
            _, seconds, rows = _grid({**query, "start": query["start"], "stop": query["stop"]}, "1d")
            julian = start + np.arange(rows) * seconds / 86400.0
            julian = julian[julian <= stop + 1e-9]
        else:
            # calendar dates of vectors are TDB, as Horizons reads them
            first, seconds, rows = _grid(query, "1d")
            origin = (first - datetime(2000, 1, 1, 12, tzinfo=UTC)) / timedelta(days=1) + J2000_JD
            julian = origin + np.arange(rows) * seconds / 86400.0
    outside = (julian < FIRST_TDB_JD) | (julian > LAST_TDB_JD)
    if np.any(outside):
        raise QuestionRefused(
            "times", f"JD {julian[outside][0]} is outside what is answered with {KERNEL}", SPAN
        )
    return julian


def _listed(text: str) -> list[str]:
    texts = [part.strip() for part in text.split(",") if part.strip()]
    if not texts:
        raise QuestionRefused("times", "times is empty", f"1 to {MOST_TIMES} instants")
    if len(texts) > MOST_TIMES:
        raise QuestionRefused(
            "times", f"{len(texts)} times are more than {MOST_TIMES} a request", f"at most {MOST_TIMES}"
        )
    return texts


def within_span(parameter: str, *moments: datetime) -> None:
    """Refuse instants that are not answered for."""
    for moment in moments:
        if not FIRST_UTC <= moment <= LAST:
            raise QuestionRefused(
                parameter,
                f"{moment:%Y-%m-%dT%H:%M:%SZ} is outside UTC and what is answered with {KERNEL}",
                UTC_SPAN,
            )


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:37]}...")
