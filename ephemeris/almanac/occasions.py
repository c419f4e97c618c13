"""When something happens: closest approaches, windows of solar elongation, meetings on the sky, asymptotes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import numpy as np

from ephemeris.almanac.answers import (
    Ground,
    asked_orbit,
    ground_of,
    head_of,
    iso_texts,
    provenance_of,
    track_of,
)
from ephemeris.almanac.questions import QuestionRefused, instant, only, read_observer, within_span
from ephemeris.orbits import OrbitInUse
from science.constants import J2000_JD
from science.encounters import close_approaches, elongation_windows, excess_motion, nearest_on_sky
from science.planets import NAMES, body_id
from science.records import Observer
from science.refusals import Refused
from science.timescales import as_datetime, from_tdb_jd, from_utc

# The years about the passage, in days from the epoch of the orbit
BEFORE_D, AFTER_D = 400.0, 900.0
# Thirty years away the planets act as one mass with the Sun
FAR_D = 30 * 365.25
LONGEST = timedelta(days=3653)
# JWST Observatory field of regard, degrees from the Sun
WEBB_DEG = (85.0, 135.0)


@dataclass(frozen=True, slots=True)
class Interval:
    """Who looks, between which instants, on which solution."""

    observer: Observer
    start: datetime | None
    stop: datetime | None
    solution_id: str | None


def spoken_utc(moment: datetime) -> str:
    """An instant as answers print it: UTC with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _interval(query: Mapping[str, str], default_observer: str) -> Interval:
    start, stop = (instant(name, query[name]) if query.get(name) else None for name in ("start", "stop"))
    for name, moment in (("start", start), ("stop", stop)):
        if moment is not None:
            within_span(name, moment)
    return Interval(
        observer=read_observer("observer", query.get("observer") or default_observer),
        start=start,
        stop=stop,
        solution_id=query.get("solution") or None,
    )


def _ends(interval: Interval, orbit: OrbitInUse) -> tuple[datetime, datetime]:
    """The interval that was asked for; without one, the years about the passage."""
    epoch = orbit.solution.epoch_tdb_jd
    start = interval.start or as_datetime(from_tdb_jd([epoch - BEFORE_D]).utc[0])
    stop = interval.stop or as_datetime(from_tdb_jd([epoch + AFTER_D]).utc[0])
    if stop <= start:
        raise QuestionRefused(
            "stop",
            f"stop {stop:%Y-%m-%dT%H:%MZ} is not after start {start:%Y-%m-%dT%H:%MZ}",
            "stop after start",
        )
    if stop - start > LONGEST:
        raise QuestionRefused(
            "stop",
            f"{(stop - start).days} days are more than {LONGEST.days} a request; split the interval",
            f"at most {LONGEST.days} days",
        )
    return start, stop


def _planet(name: str) -> int:
    try:
        return body_id(name)
    except Refused as problem:
        raise QuestionRefused("body", str(problem)) from problem


def _angle(query: Mapping[str, str], name: str, default: float) -> float:
    text = query.get(name)
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not 0.0 <= value <= 180.0:
        raise QuestionRefused(name, f"{name} {text[:40]!r} is no elongation", "0 to 180, degrees")
    return value


def _asked(parameter: str, answer: Callable[[], Any]) -> Any:
    try:
        return answer()
    except Refused as problem:
        raise QuestionRefused(parameter, str(problem)) from problem


def close_approaches_answer(designation: str, query: Mapping[str, str]) -> dict[str, Any]:
    """The closest approaches to a planet within the years about the passage, nearest first."""
    only(query, ("body", "solution"))
    target = _planet(query.get("body") or "mars")
    orbit = asked_orbit(designation, query.get("solution") or None)
    epoch = orbit.solution.epoch_tdb_jd
    first, last = epoch - BEFORE_D, epoch + AFTER_D
    ground = ground_of(orbit, np.array([first, last]))
    found = _asked(
        "body", lambda: close_approaches(ground.table, target, start_tdb_jd=first, stop_tdb_jd=last)
    )
    return _source(ground) | {
        "body": NAMES[target],
        "from_tdb_jd": first,
        "to_tdb_jd": last,
        "items": [
            {
                "time_utc": spoken_utc(approach.utc),
                "time_tdb": _tdb_text(approach.tdb_jd),
                "time_tdb_jd": approach.tdb_jd,
                "days_past_j2000_tdb": approach.tdb_jd - J2000_JD,
                "distance_au": approach.distance_au,
                "distance_km": approach.distance_km,
                "relative_speed_km_s": approach.relative_speed_km_s,
            }
            for approach in sorted(found, key=lambda approach: approach.distance_au)
        ],
        "next": None,
    }


def windows_answer(designation: str, query: Mapping[str, str]) -> dict[str, Any]:
    """When the object's solar elongation lies between two angles for an observer."""
    only(query, ("observer", "min", "max", "start", "stop", "solution"))
    interval = _interval(query, "jwst")
    low, high = _angle(query, "min", WEBB_DEG[0]), _angle(query, "max", WEBB_DEG[1])
    if not low < high:
        raise QuestionRefused("max", f"max {high:g} is not above min {low:g}", "min below max")
    orbit = asked_orbit(designation, interval.solution_id)
    start, stop = _ends(interval, orbit)
    ends = from_utc([start, stop]).tdb_jd
    ground, track = ground_of(orbit, ends), track_of(interval.observer, ends)
    found = _asked(
        "observer",
        lambda: elongation_windows(
            ground.table, interval.observer, low, high, start, stop, track=track.table if track else None
        ),
    )
    return head_of(ground, interval.observer) | {
        "min_deg": low,
        "max_deg": high,
        "from_utc": spoken_utc(start),
        "to_utc": spoken_utc(stop),
        "provenance": provenance_of(ground, interval.observer, track),
        "items": [
            {
                "start_utc": spoken_utc(window.start_utc),
                "stop_utc": spoken_utc(window.stop_utc),
                "days": round((window.stop_utc - window.start_utc) / timedelta(days=1), 4),
                "cut_at_start": window.cut_at_start,
                "cut_at_stop": window.cut_at_stop,
            }
            for window in found
        ],
        "next": None,
    }


def separation_answer(designation: str, query: Mapping[str, str]) -> dict[str, Any]:
    """When and how near the object passes a planet, the Moon or the Sun on an observer's sky."""
    only(query, ("body", "observer", "start", "stop", "solution"))
    target = _planet(query.get("body") or "mars")
    interval = _interval(query, "500")
    orbit = asked_orbit(designation, interval.solution_id)
    start, stop = _ends(interval, orbit)
    ground = ground_of(orbit, from_utc([start, stop]).tdb_jd)
    moment, angle = _asked(
        "body", lambda: nearest_on_sky(ground.table, interval.observer, target, start, stop)
    )
    return head_of(ground, interval.observer) | {
        "body": NAMES[target],
        "from_utc": spoken_utc(start),
        "to_utc": spoken_utc(stop),
        "provenance": provenance_of(ground, interval.observer, None),
        "nearest": {"time_utc": iso_texts(moment.utc)[0], "separation_deg": angle},
    }


def asymptotes_answer(designation: str, query: Mapping[str, str]) -> dict[str, Any]:
    """Speed and direction far from the Sun, relative to the barycentre of the Solar System."""
    only(query, ("solution",))
    orbit = asked_orbit(designation, query.get("solution") or None)
    epoch = orbit.solution.epoch_tdb_jd
    sides: tuple[tuple[Literal["incoming", "outgoing"], float], ...] = (
        ("incoming", epoch - FAR_D),
        ("outgoing", epoch + FAR_D),
    )
    items = []
    for side, jd in sides:
        table = orbit.integrated(jd - 4.0, jd + 4.0)
        found = excess_motion(table, jd, side)
        items.append(
            {
                "side": side,
                "time_tdb_jd": jd,
                "excess_speed_km_s": found.excess_speed_km_s,
                "eccentricity": found.eccentricity,
                "ra_deg": found.ra_deg,
                "dec_deg": found.dec_deg,
            }
        )
    ground = Ground(orbit, table, orbit.retrieved_at, orbit.confirmed_at)
    return _source(ground) | {
        "relative_to": "barycentre of the Solar System, osculating hyperbola about the mass of Sun and planets",
        "frame": "ICRF; incoming: where it comes from, outgoing: where it goes to",
        "items": items,
        "next": None,
    }


def _source(ground: Ground) -> dict[str, Any]:
    """Whose numbers these are: object, solution, engine, age."""
    return {
        "object": ground.orbit.solution.body,
        "orbit_solution": ground.orbit.solution.solution_id,
        "engine": ground.table.engine,
        "source": ground.table.origin,
        "retrieved_at": ground.retrieved_at.isoformat() if ground.retrieved_at else None,
    }


def _tdb_text(jd: float) -> str:
    """A TDB Julian date as a calendar date of that scale, to the second."""
    seconds = round((jd - J2000_JD) * 86400.0)
    return f"{datetime(2000, 1, 1, 12, tzinfo=UTC) + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%S}"
