"""What the checks on the sky share: dates of parameters, observers by everyday names, kept states."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from science import observers
from science.checks.contract import Facts, Orbit, ParameterRefused
from science.constants import J2000_JD
from science.records import Observer
from science.refusals import Refused
from science.state_table import StateTable
from science.timescales import Instants, as_datetime, from_utc

Array = NDArray[np.float64]

# everyday names of the catalogue; anything else is an observer code
EVERYDAY = {
    "earth": "500", "geocentre": "500", "mars": "500@499", "jupiter": "500@599", "venus": "500@299",
    "sun": "500@10", "jezero": "perseverance", "perseverance": "perseverance", "gale": "curiosity",
    "curiosity": "curiosity", "jwst": "jwst",
}  # fmt: skip
MARGIN_D = 2.0


def observer(parameter: str, name: str) -> Observer:
    """The observer that a parameter names."""
    try:
        return observers.observer(EVERYDAY.get(name.lower(), name))
    except Refused as problem:
        raise ParameterRefused(parameter, str(problem)) from problem


def instant(parameter: str, text: str) -> datetime:
    """The UTC instant of an ISO date; a date without a time is its first instant."""
    padded = text + {4: "-01-01T00:00:00Z", 7: "-01T00:00:00Z", 10: "T00:00:00Z"}.get(len(text), "")
    try:
        return datetime.fromisoformat(padded).astimezone(UTC)
    except ValueError as problem:
        raise ParameterRefused(parameter, f"{text!r} is no date") from problem


def window(params: dict[str, str], longest_d: float = 4000.0) -> tuple[datetime, datetime]:
    """First and last instant of ``window_from`` and ``window_to``; the last day counts whole."""
    first, last = instant("window_from", params["window_from"]), instant("window_to", params["window_to"])
    if len(params["window_to"]) == 10:
        last += timedelta(days=1)
    if not first < last:
        raise ParameterRefused("window_to", f"{params['window_to']} is not after {params['window_from']}")
    if (last - first).days > longest_d:
        raise ParameterRefused("window_to", f"the window is longer than {longest_d:.0f} days")
    return first, last


def tdb_jd(moment: datetime) -> float:
    return float(from_utc(moment).tdb[0]) + J2000_JD


def states(orbit: Orbit, first: datetime, last: datetime) -> StateTable:
    """States of an orbit that serve every observer between two instants."""
    try:
        return orbit.states(tdb_jd(first) - MARGIN_D, tdb_jd(last) + MARGIN_D)
    except Refused as problem:
        raise ParameterRefused("epoch", str(problem)) from problem


def every(first: datetime, last: datetime, step_h: float) -> Instants:
    """Instants from ``first`` to ``last``, both included, at most ``step_h`` hours apart."""
    steps = max(2, int(np.ceil((last - first).total_seconds() / 3600.0 / step_h)) + 1)
    span_us = int((last - first).total_seconds() * 1e6)
    offsets = np.linspace(0, span_us, steps).astype("int64").astype("timedelta64[us]")
    return from_utc(np.datetime64(first.replace(tzinfo=None), "us") + offsets)


def iso(moment: datetime | np.datetime64) -> str:
    """An instant to the second, as ISO text in UTC."""
    if isinstance(moment, np.datetime64):
        moment = as_datetime(moment)
    return f"{moment.astimezone(UTC) + timedelta(microseconds=500_000):%Y-%m-%dT%H:%M:%SZ}"


def spoken(text: str) -> str:
    """An ISO instant as a sentence says it.

    >>> spoken("2025-10-03T04:36:54Z")
    '2025-10-03 04:36:54 UTC'
    """
    return text.replace("T", " ").replace("Z", " UTC")


def body_of(params: dict[str, str], facts: Facts) -> str:
    return params.get("object") or facts.body
