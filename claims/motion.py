"""Where an object is now and what it meets next, in the numbers that a page prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import numpy as np

from charts.small_multiples import course
from claims.remembered import remembered
from ephemeris.models import OrbitSolution
from ephemeris.orbits import OrbitInUse, orbits_of
from ephemeris.queries import solution_record
from science.checks.field_of_regard import LIMITS_DEG
from science.constants import AU_D_IN_KM_S
from science.constellations import constellation
from science.encounters import close_approaches, elongation_windows
from science.ephemerides import ephemeris
from science.photometry import WEAKNESS_BRIEF, magnitude_law
from science.records import CloseApproach, MagnitudeLaw, OrbitSolutionRecord
from science.refusals import OutsideSpan
from science.state_table import StateTable
from science.timescales import as_datetime, from_tdb, from_utc

# A passage belongs to its orbit, which has another key once it changes
PASSAGES_KEPT_S = 86_400
# An hour moves the farthest printed figure by less than its last digit; the next one is computed before it begins
KEPT_S = 7200
AHEAD_D = 430.0
# What the line of the coming months shows
MONTHS, MONTH_D = 12, 365.25 / 12
# The years in which a passage is looked for, as in the almanac
BEFORE_D, AFTER_D = 400.0, 900.0
# How near a passage has to be to be one, au: beyond it a planet merely came round
PASSAGES_AU = {"Earth": 2.5, "Mars": 1.0, "Jupiter": 2.0}


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that will happen to an object, and when."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Now:
    """An object at an instant: where, how fast, how bright at most, and on whose word."""

    designation: str
    as_of: datetime
    delta_au: float
    r_au: float
    speed_km_s: float
    light_time_min: float
    elongation_deg: float
    constellation: str
    t_mag: float | None
    law_of: str | None
    solution_id: str
    producer: str
    engine: str
    source: str
    retrieved_at: datetime | None
    next_event: Coming | None
    ahead_au: tuple[float, ...] = ()

    @property
    def ahead(self) -> str:
        """The distance from the Earth over the coming months as a line; empty where none was computed."""
        if len(self.ahead_au) < 2:
            return ""
        return course(
            self.ahead_au,
            f"Distance from the Earth over the next {len(self.ahead_au) - 1} months: from {self.ahead_au[0]:.2f} au "
            f"to {self.ahead_au[-1]:.2f} au, at least {min(self.ahead_au):.2f} au, at most {max(self.ahead_au):.2f} au",
        )

    @property
    def ahead_last_au(self) -> float | None:
        """The distance at the end of that line."""
        return self.ahead_au[-1] if self.ahead_au else None

    @property
    def magnitude(self) -> str:
        """The predicted brightness in whole magnitudes, which is more than the law is worth."""
        return "" if self.t_mag is None else f"{self.t_mag:.0f}"

    @property
    def magnitude_note(self) -> str:
        """How little the predicted brightness is worth."""
        return WEAKNESS_BRIEF


def everything_now(as_of: datetime) -> dict[str, Now]:
    """Each object with an orbit as of this hour, by designation."""
    rows = list(OrbitSolution.objects.select_related("body").order_by("pk"))
    by_body: dict[str, list[OrbitSolution]] = defaultdict(list)
    for row in rows:
        by_body[row.body.designation].append(row)
    found = {}
    for orbit in orbits_of([row for row in rows if row.is_default], with_errors=False):
        body = orbit.solution.body
        where = kept_now(orbit, [solution_record(row) for row in by_body[body]], as_of)
        if where is not None:
            found[body] = where
    return found


def kept_now(orbit: OrbitInUse, solutions: Sequence[OrbitSolutionRecord], as_of: datetime) -> Now | None:
    """An object as of this hour, computed once; None in a year that no orbit of ours reaches.

    ``solutions`` are all of the object, oldest first: the newest one with a magnitude law lends it.
    """
    hour = as_of.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    law = magnitude_law(orbit.solution, solutions)
    key = sha256(f"{orbit.path_identity}\n{law}".encode()).hexdigest()
    try:
        return remembered(f"now:{key}:{hour:%Y%m%d%H}", Now, lambda: now(orbit, law, hour), KEPT_S)
    except OutsideSpan:
        return None


def now(orbit: OrbitInUse, law: MagnitudeLaw | None, as_of: datetime) -> Now:
    """An object at an instant, seen from the geocentre.

    Raises
    ------
    science.refusals.OutsideSpan
    """
    instants = from_utc([as_of])
    jd = float(instants.tdb_jd[0])
    table = orbit.states(jd - 2.0, jd + AHEAD_D)
    rows = ephemeris(table, "500", instants, law=law)
    _, motion = table.state(instants.tdb)
    if rows.elongation_deg is None:
        raise ValueError(f"{orbit.solution.body}: no elongation from the geocentre")
    stored = orbit.snapshot_for(jd - 2.0, jd + AHEAD_D)
    months = ephemeris(table, "500", from_tdb(float(instants.tdb[0]) + MONTH_D * np.arange(MONTHS + 1)))
    return Now(
        designation=orbit.solution.body,
        as_of=as_of,
        delta_au=float(rows.delta_au[0]),
        r_au=float(rows.r_au[0]),
        speed_km_s=float(np.linalg.norm(motion[0])) * AU_D_IN_KM_S,
        light_time_min=float(rows.light_time_min[0]),
        elongation_deg=float(rows.elongation_deg[0]),
        constellation=constellation(float(rows.ra_deg[0]), float(rows.dec_deg[0])),
        t_mag=None if rows.t_mag is None else float(rows.t_mag[0]),
        law_of=law.solution_id if law else None,
        solution_id=orbit.solution.solution_id,
        producer=orbit.solution.producer,
        engine=table.engine,
        source=table.origin,
        retrieved_at=stored.retrieved_at if stored else orbit.retrieved_at,
        next_event=next_event(orbit, table, as_of),
        ahead_au=tuple(round(float(away), 4) for away in months.delta_au),
    )


def kept_passages(orbit: OrbitInUse) -> tuple[CloseApproach, ...]:
    """The object's passages, searched once for each orbit."""
    key = f"passages:{sha256(orbit.path_identity.encode()).hexdigest()}"
    return remembered(key, tuple[CloseApproach, ...], lambda: tuple(passages(orbit)), PASSAGES_KEPT_S)


def passages(orbit: OrbitInUse) -> list[CloseApproach]:
    """The object's nearest passages of the Sun and of planets, in order of time."""
    epoch = orbit.solution.epoch_tdb_jd
    table = orbit.states(epoch - BEFORE_D, epoch + AFTER_D)
    found = []
    for body, within_au in (("Sun", None), *PASSAGES_AU.items()):
        near = close_approaches(
            table, body, within_au=within_au, start_tdb_jd=epoch - BEFORE_D, stop_tdb_jd=epoch + AFTER_D
        )
        if near:
            found.append(min(near, key=lambda passage: passage.distance_au))
    return sorted(found, key=lambda passage: passage.tdb_jd)


def next_event(orbit: OrbitInUse, table: StateTable, as_of: datetime) -> Coming | None:
    """What comes first: a passage, opposition or conjunction with the Sun, an edge of Webb's windows."""
    coming = [
        Coming(
            passage.utc, "closest to the Sun" if passage.target == "Sun" else f"closest to {passage.target}"
        )
        for passage in kept_passages(orbit)
    ]
    last = as_of + timedelta(days=AHEAD_D - 10.0)
    coming += _turns(table, as_of, last)
    low, high = LIMITS_DEG["JWST"]
    for window in elongation_windows(table, "jwst", low, high, as_of, last):
        if not window.cut_at_start:
            coming.append(Coming(window.start_utc, "enters Webb's field of regard"))
        if not window.cut_at_stop:
            coming.append(Coming(window.stop_utc, "leaves Webb's field of regard"))
    return min((event for event in coming if event.at > as_of), key=lambda event: event.at, default=None)


def _turns(table: StateTable, first: datetime, last: datetime) -> Sequence[Coming]:
    """When the object stands farthest from the Sun on our sky, and when nearest; to the day."""
    start = float(from_utc([first]).tdb[0])
    steps = np.arange(0.0, (last - first) / timedelta(days=1), 1.0)
    angle = ephemeris(table, "500", from_tdb(start + steps)).elongation_deg
    if angle is None:
        return ()
    found = []
    for k in range(1, len(steps) - 1):
        before, here, after = angle[k - 1 : k + 2]
        if (here - before) * (after - here) < 0:
            what = "opposite the Sun on our sky" if here > before else "nearest to the Sun on our sky"
            found.append(Coming(as_datetime(from_tdb([start + steps[k]]).utc[0]), what))
    return found
