"""From an orbit solution to a state table: integrated once, then answered from the table."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from science.constants import J2000_JD
from science.integration import integrate_both_ways
from science.orbits import state_vector
from science.planets import FIRST_TDB, KERNEL, LAST_TDB, require_span
from science.records import OrbitSolutionRecord
from science.refusals import Refused
from science.state_table import StateTable
from science.uncertainty import position_covariance

Array = NDArray[np.float64]

ENGINE = f"own N-body integration, {KERNEL} planets"
STEP_D = 0.5


def table_nodes(solution: OrbitSolutionRecord, start: float, stop: float, step_d: float = STEP_D) -> Array:
    """Nodes that serve observers from ``start`` to ``stop``: earlier by the light time, and a margin.

    TDB days past J2000.0, multiples of the step, cut at the ends of the planetary kernel.
    """
    if not start <= stop:
        raise Refused(f"{solution.body}: states from {start} to {stop} d, need start before stop")
    require_span(np.array([start, stop]))
    # no body of ours is faster than 90 km/s, 3e-4 of light, so it is nowhere farther than this
    epoch = solution.epoch_tdb_jd - J2000_JD
    light_time = 0.1 + 3e-4 * max(abs(start - epoch), abs(stop - epoch))
    first = np.floor((start - light_time) / step_d) - 2
    last = np.ceil(stop / step_d) + 2
    first = max(first, np.ceil(FIRST_TDB / step_d))
    last = min(last, np.floor(LAST_TDB / step_d))
    return np.arange(first, last + 1) * step_d


def state_table(
    solution: OrbitSolutionRecord,
    start_tdb_jd: float,
    stop_tdb_jd: float,
    *,
    step_d: float = STEP_D,
    with_covariance: bool = True,
) -> StateTable:
    """The state table of an orbit solution, integrated from its epoch.

    Parameters
    ----------
    solution
        Elements or state, outgassing, and covariance or sigmas where known.
    start_tdb_jd, stop_tdb_jd
        TDB Julian dates between which any observer may ask; the table reaches farther back by the light
        time.
    step_d
        Days between nodes.
    with_covariance
        Whether errors of the solution are carried along (about as long again).

    Raises
    ------
    OutsideSpan
        Outside the planetary kernel, 1549-12-31 to 2650-01-25.
    """
    nodes = table_nodes(solution, start_tdb_jd - J2000_JD, stop_tdb_jd - J2000_JD, step_d)
    epoch = solution.epoch_tdb_jd - J2000_JD
    initial = state_vector(solution)
    place, motion = np.array([initial.position_au]), np.array([initial.velocity_au_d])
    places, motions = integrate_both_ways(place, motion, (solution.non_gravitational,), epoch, nodes)
    covariance, stride, basis = None, 1, ""
    if with_covariance:
        covariance, stride, basis = position_covariance(solution, nodes)
    return StateTable(
        body=solution.body,
        solution_id=solution.solution_id,
        engine=ENGINE,
        origin="embedded",
        start=float(nodes[0]),
        step_d=step_d,
        position_au=np.ascontiguousarray(places[:, 0]),
        velocity_au_d=np.ascontiguousarray(motions[:, 0]),
        covariance_au2=covariance,
        covariance_stride=stride,
        sigma_basis=basis,
    )
