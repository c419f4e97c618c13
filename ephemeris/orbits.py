"""Orbit solutions in use: the row that is asked for, with its states out of the table that serves them best.

Where Horizons gave states of the very solution, they are used; anywhere else our own integration of it, made
once per process.  An outage changes only which table is used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from threading import Lock

import numpy as np

from ephemeris.digests import solution_digest
from ephemeris.models import EphemerisSnapshot, OrbitSolution, SolutionCovariance, SpacecraftTrack
from ephemeris.queries import solution_record
from science.constants import J2000_JD
from science.planets import FIRST_TDB, KERNEL, LAST_TDB, require_span
from science.propagation import state_table
from science.records import OrbitSolutionRecord
from science.state_table import StateTable
from science.uncertainty import position_covariance

# Most questions are about the years of the passage; those tables take 0.2 s to make and 0.1 MB to keep.
NEAR_D = (-500.0, 1000.0)
FAR_STEP_D = 1.0
# Farther off, tables begin and end at multiples of this: whoever asks for "now" finds yesterday's table
BLOCK_D = 400.0
KEPT = 24


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A stored table of states, as far as choosing it goes."""

    row_id: int
    digest: str
    start_tdb_jd: float
    stop_tdb_jd: float
    retrieved_at: datetime
    confirmed_at: datetime

    def covers(self, start_tdb_jd: float, stop_tdb_jd: float) -> bool:
        return self.start_tdb_jd <= start_tdb_jd and stop_tdb_jd <= self.stop_tdb_jd


@dataclass(frozen=True, slots=True, eq=False)
class OrbitInUse:
    """An orbit solution that answers for any span of the planetary kernel.

    ``digest`` is of the orbit's numbers; ``identity`` also of the stored tables and errors, and tells apart
    what must not be served from one another's cache.
    """

    solution: OrbitSolutionRecord
    row_id: int
    digest: str = field(default="")
    snapshots: tuple[Snapshot, ...] = ()
    retrieved_at: datetime | None = None
    confirmed_at: datetime | None = None
    identity: str = field(default="")

    @property
    def path_identity(self) -> str:
        """What tells its path from others: all of ``identity`` but the errors."""
        return "/".join([KERNEL, self.digest, *(snapshot.digest for snapshot in self.snapshots)])

    def states(self, start_tdb_jd: float, stop_tdb_jd: float) -> StateTable:
        """States between two TDB Julian dates; raises `science.refusals.OutsideSpan` beyond the kernel."""
        stored = self.snapshot_for(start_tdb_jd, stop_tdb_jd)
        if stored is not None:
            with _lock:
                return _stored(self, stored)
        return self.integrated(start_tdb_jd, stop_tdb_jd)

    def snapshot_for(self, start_tdb_jd: float, stop_tdb_jd: float) -> Snapshot | None:
        """The newest stored table that serves observers between two dates; None where our own has to."""
        # as in science.propagation: the light of the first instant left the object earlier
        away = max(
            abs(start_tdb_jd - self.solution.epoch_tdb_jd), abs(stop_tdb_jd - self.solution.epoch_tdb_jd)
        )
        first = start_tdb_jd - 0.1 - 3e-4 * away
        return next((one for one in self.snapshots if one.covers(first, stop_tdb_jd)), None)

    def integrated(self, start_tdb_jd: float, stop_tdb_jd: float) -> StateTable:
        """States of our own integration, whatever else is stored."""
        epoch = self.solution.epoch_tdb_jd
        if epoch + NEAR_D[0] <= start_tdb_jd and stop_tdb_jd <= epoch + NEAR_D[1]:
            return _kept(self, epoch + NEAR_D[0], epoch + NEAR_D[1], None)
        require_span(np.array([start_tdb_jd, stop_tdb_jd]) - J2000_JD)
        first = max(np.floor(start_tdb_jd / BLOCK_D) * BLOCK_D, FIRST_TDB + J2000_JD)
        last = min(np.ceil(stop_tdb_jd / BLOCK_D) * BLOCK_D, LAST_TDB + J2000_JD)
        return _kept(self, float(first), float(last), FAR_STEP_D)

    def __hash__(self) -> int:
        return hash(self.identity or self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OrbitInUse) and (other.identity, other.digest) == (
            self.identity,
            self.digest,
        )


_lock = Lock()


def _kept(orbit: OrbitInUse, start_tdb_jd: float, stop_tdb_jd: float, step_d: float | None) -> StateTable:
    # two threads that ask for the same table at once make it once
    with _lock:
        return _integrated(orbit, start_tdb_jd, stop_tdb_jd, step_d)


@lru_cache(maxsize=KEPT)
def _integrated(
    orbit: OrbitInUse, start_tdb_jd: float, stop_tdb_jd: float, step_d: float | None
) -> StateTable:
    if step_d is None:
        return state_table(orbit.solution, start_tdb_jd, stop_tdb_jd)
    return state_table(orbit.solution, start_tdb_jd, stop_tdb_jd, step_d=step_d, with_covariance=False)


@lru_cache(maxsize=KEPT)
def _stored(orbit: OrbitInUse, snapshot: Snapshot) -> StateTable:
    """A stored table, with the errors of the solution, which Horizons does not print beside states."""
    content = EphemerisSnapshot.objects.values_list("table", flat=True).get(pk=snapshot.row_id)
    table = StateTable.from_bytes(bytes(content))
    covariance, stride, basis = position_covariance(orbit.solution, table.nodes)
    return replace(table, covariance_au2=covariance, covariance_stride=stride, sigma_basis=basis)


def orbit_in_use(designation: str, solution_id: str | None = None) -> OrbitInUse:
    """The named solution of a body, or its default one.

    Raises
    ------
    LookupError
        For a body or a solution that is not on record; the message names what there is.
    """
    rows = OrbitSolution.objects.filter(body__designation=designation).select_related("body")
    wanted = rows.filter(solution_id=solution_id) if solution_id else rows.filter(is_default=True)
    row = wanted.first()
    if row is None:
        known = ", ".join(rows.values_list("solution_id", flat=True)) or "none"
        raise LookupError(
            f"{designation}: no orbit solution {solution_id or 'by default'}, on record: {known}"
        )
    return orbit_of(row)


def orbit_of(row: OrbitSolution) -> OrbitInUse:
    """The orbit of a row, with what is stored about it."""
    return orbits_of([row])[0]


def orbits_of(rows: Sequence[OrbitSolution], *, with_errors: bool = True) -> list[OrbitInUse]:
    """The orbits of rows, in two queries however many they are; in one without their covariances."""
    covariances: dict[int, SolutionCovariance] = {}
    for newest_first in SolutionCovariance.objects.filter(solution__in=rows) if with_errors else ():
        covariances.setdefault(newest_first.solution_id, newest_first)
    stored: dict[int, list[EphemerisSnapshot]] = defaultdict(list)
    for found in (
        EphemerisSnapshot.objects.filter(solution__in=rows, observer_code="500@10", engine="horizons")
        .defer("table", "provenance")
        .order_by("-retrieved_at", "-pk")
    ):
        stored[found.solution_id].append(found)
    return [_orbit(row, covariances.get(row.pk), _snapshots(stored[row.pk])) for row in rows]


def _orbit(
    row: OrbitSolution, covariance: SolutionCovariance | None, snapshots: tuple[Snapshot, ...]
) -> OrbitInUse:
    record = solution_record(row, covariance)
    digest = f"{row.body.designation}/{row.solution_id}/{solution_digest(record)}"
    stored = [snapshot.digest for snapshot in snapshots]
    return OrbitInUse(
        solution=record,
        row_id=row.pk,
        digest=digest,
        snapshots=snapshots,
        retrieved_at=row.retrieved_at,
        confirmed_at=row.last_confirmed_at,
        identity="/".join([KERNEL, digest, covariance.digest if covariance else "", *stored]),
    )


def _snapshots(rows: Iterable[EphemerisSnapshot]) -> tuple[Snapshot, ...]:
    return tuple(
        Snapshot(
            row.pk, row.digest, row.start_tdb_jd, row.stop_tdb_jd, row.retrieved_at, row.last_confirmed_at
        )
        for row in rows
    )


def solutions_on_record(designation: str) -> list[OrbitSolutionRecord]:
    """Every stored solution of a body, oldest first."""
    rows = OrbitSolution.objects.filter(body__designation=designation).select_related("body").order_by("pk")
    return [solution_record(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Track:
    """Stored states of a spacecraft, and when they were fetched."""

    table: StateTable
    source: str
    retrieved_at: datetime


def track_for(observer_code: str, start_tdb_jd: float, stop_tdb_jd: float) -> Track | None:
    """The newest stored path of a spacecraft that covers a span; None where there is none."""
    row = (
        SpacecraftTrack.objects.filter(
            observer_code=observer_code, start_tdb_jd__lte=start_tdb_jd, stop_tdb_jd__gte=stop_tdb_jd
        )
        .order_by("-retrieved_at", "-pk")
        .first()
    )
    if row is None:
        return None
    return Track(StateTable.from_bytes(bytes(row.table)), row.source, row.retrieved_at)
