"""Which of two orbit solutions is newer, and whether two spellings are the same orbit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from math import isclose

from ephemeris.models import OrbitSolution
from ephemeris.queries import solution_record
from science.records import NonGravitational, OrbitSolutionRecord

# differences in the last printed digits; two solutions of one comet differ by far more
RELATIVE_ORBIT = 1e-13
RELATIVE_PUSH = 1e-11


def number_of(solution_id: str) -> int | None:
    """The producer's running number: 44 of JPL44, 15 of JPLK265-15; None without one."""
    found = re.search(r"(\d+)$", re.sub(r"^(JPL\d+)-\d+$", r"\1", solution_id))
    return int(found[1]) if found else None


def is_newer(record: OrbitSolutionRecord, rows: Iterable[OrbitSolution]) -> bool:
    """Whether a solution came after every one of its producer on record.

    Dates decide, and the running number where a date is missing.  What others fitted themselves is no rival:
    such a solution stands in until its model answers again.
    """
    return all(_after(record, row) for row in rows if row.producer == record.producer)


def _after(record: OrbitSolutionRecord, row: OrbitSolution) -> bool:
    if record.solution_date and row.solution_date:
        return record.solution_date > row.solution_date
    mine, theirs = number_of(record.solution_id), number_of(row.solution_id)
    if mine is not None and theirs is not None:
        return mine > theirs
    return bool(record.arc_to and (row.arc_to is None or record.arc_to > row.arc_to))


def same_orbit(row: OrbitSolution, record: OrbitSolutionRecord) -> bool:
    """Whether a row holds the numbers of a record, but for the last digits of another printout."""
    ours = solution_record(row)
    if (ours.elements is None) != (record.elements is None) or ours.epoch_tdb_jd != record.epoch_tdb_jd:
        return False
    return _close(_orbit(ours), _orbit(record), RELATIVE_ORBIT) and _close(
        _push(ours), _push(record), RELATIVE_PUSH
    )


def _close(ours: list[float], theirs: list[float], relative: float) -> bool:
    return all(isclose(left, right, rel_tol=relative) for left, right in zip(ours, theirs, strict=True))


def _orbit(record: OrbitSolutionRecord) -> list[float]:
    if record.elements is not None:
        return list(asdict(record.elements).values())
    state = record.state
    return [*state.position_au, *state.velocity_au_d] if state else []


def _push(record: OrbitSolutionRecord) -> list[float]:
    return list(asdict(record.non_gravitational or NonGravitational()).values())


def same_solution_elsewhere(row: OrbitSolution, record: OrbitSolutionRecord) -> bool:
    """Whether a record is a row's solution printed at another epoch: same producer, number and date."""
    return (
        (row.producer, row.solution_id) == (record.producer, record.solution_id)
        and bool(record.solution_date)
        and row.solution_date == record.solution_date
        and row.epoch_tdb_jd != record.epoch_tdb_jd
    )
