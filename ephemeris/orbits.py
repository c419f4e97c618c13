"""Orbit solutions in use: the row that is asked for, with states integrated once per process."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

from ephemeris.digests import solution_digest
from ephemeris.models import OrbitSolution
from ephemeris.queries import solution_record
from science.propagation import state_table
from science.records import OrbitSolutionRecord
from science.state_table import StateTable

# Most questions are about the years of the passage; those tables take 0.2 s to make and 0.1 MB to keep.
NEAR_D = (-500.0, 1000.0)
FAR_STEP_D = 1.0
KEPT = 24


@dataclass(frozen=True, slots=True, eq=False)
class OrbitInUse:
    """An orbit solution that answers for any span of the planetary kernel."""

    solution: OrbitSolutionRecord
    row_id: int
    digest: str = field(default="")

    def states(self, start_tdb_jd: float, stop_tdb_jd: float) -> StateTable:
        """States between two TDB Julian dates; raises `science.refusals.OutsideSpan` beyond the kernel."""
        epoch = self.solution.epoch_tdb_jd
        if epoch + NEAR_D[0] <= start_tdb_jd and stop_tdb_jd <= epoch + NEAR_D[1]:
            return _kept(self, epoch + NEAR_D[0], epoch + NEAR_D[1], None)
        return _kept(self, start_tdb_jd, stop_tdb_jd, FAR_STEP_D)

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OrbitInUse) and other.digest == self.digest


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
    record = solution_record(row)
    return OrbitInUse(record, row.pk, f"{designation}/{row.solution_id}/{solution_digest(record)}")


def solutions_on_record(designation: str) -> list[OrbitSolutionRecord]:
    """Every stored solution of a body, oldest first."""
    rows = OrbitSolution.objects.filter(body__designation=designation).select_related("body").order_by("pk")
    return [solution_record(row) for row in rows]
