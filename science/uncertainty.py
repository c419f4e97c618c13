"""How well a position is known: errors of the orbit solution carried along the path."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from science.constants import J2000_JD
from science.integration import integrate_both_ways
from science.nongravitational import PARAMETERS
from science.orbits import elements_from_state, state_from_elements, state_vector
from science.records import Elements, NonGravitational, OrbitSolutionRecord

Array = NDArray[np.float64]

STRIDE = 16  # nodes between covariances: 8 days at half-day nodes

_ELEMENT = {
    "e": "eccentricity",
    "q": "perihelion_distance_au",
    "tp_d": "perihelion_time_tdb_jd",
    "om_deg": "longitude_of_ascending_node_deg",
    "w_deg": "argument_of_perihelion_deg",
    "i_deg": "inclination_deg",
}
_PUSH = {
    "a1": PARAMETERS["A1_au_d2"],
    "a2": PARAMETERS["A2_au_d2"],
    "a3": PARAMETERS["A3_au_d2"],
    "dt_d": PARAMETERS["DT_d"],
}


def _solution_covariance(solution: OrbitSolutionRecord) -> tuple[tuple[str, ...], Array, str] | None:
    """Labels, matrix and a sentence that says what the matrix is; None where nothing was printed."""
    if solution.covariance:
        return solution.covariance_labels, np.array(solution.covariance), "full covariance of the solution"
    if not solution.sigma:
        return None
    labels = tuple(solution.sigma)
    wanted = [*_ELEMENT, *((["a1", "a2", "a3"]) if solution.non_gravitational else [])]
    absent = [label for label in wanted if label not in labels]
    basis = "printed sigmas taken as independent, correlations not known: order of magnitude only"
    if absent:
        basis += f"; no sigma printed for {', '.join(absent)}"
    return labels, np.diag([solution.sigma[label] ** 2 for label in labels]), basis


def _moved(
    elements: Elements, model: NonGravitational | None, label: str, by: float
) -> tuple[Elements, NonGravitational | None]:
    if label in _ELEMENT:
        name = _ELEMENT[label]
        return replace(elements, **{name: getattr(elements, name) + by}), model
    model = model or NonGravitational()
    return elements, replace(model, **{_PUSH[label]: getattr(model, _PUSH[label]) + by})


def position_covariance(solution: OrbitSolutionRecord, nodes: Array) -> tuple[Array | None, int, str]:
    """One-sigma covariance of the heliocentric position at every `STRIDE`-th node.

    Parameters
    ----------
    solution
        With ``covariance`` or ``sigma``.
    nodes
        (n,) TDB days past J2000.0, even and rising.

    Returns
    -------
    covariance
        (m, 3, 3) in au^2, the last one at or beyond the last node; None where the solution prints no error.
    stride
        Nodes between covariances.
    basis
        What the numbers are made of, for the reader.

    Notes
    -----
    Linear: each parameter is moved by one sigma up and down, all paths are integrated together, and half
    their difference is the column of the mapping.
    """
    known = _solution_covariance(solution)
    if known is None:
        return None, 1, ""
    labels, matrix, basis = known
    sigma = np.sqrt(np.diag(matrix))
    labels = tuple(label for label, size in zip(labels, sigma, strict=True) if size > 0)
    keep = sigma > 0
    matrix, sigma = matrix[np.ix_(keep, keep)], sigma[keep]
    if not labels:
        return None, 1, ""
    elements = solution.elements or elements_from_state(state_vector(solution), solution.epoch_tdb_jd)
    states, models = [], []
    for label, size in zip(labels, sigma, strict=True):
        for sign in (1.0, -1.0):
            moved, model = _moved(elements, solution.non_gravitational, label, sign * size)
            states.append(state_from_elements(moved, solution.epoch_tdb_jd))
            models.append(model)
    coarse = nodes[0] + (nodes[1] - nodes[0]) * STRIDE * np.arange(-(-(len(nodes) - 1) // STRIDE) + 1)
    places, _ = integrate_both_ways(
        np.array([state.position_au for state in states]),
        np.array([state.velocity_au_d for state in states]),
        tuple(models),
        solution.epoch_tdb_jd - J2000_JD,
        np.minimum(coarse, nodes[-1]),
    )
    mapping = 0.5 * (places[:, 0::2] - places[:, 1::2]) / sigma[:, None]  # (m, parameters, 3)
    return np.einsum("mpi,pq,mqj->mij", mapping, matrix, mapping), STRIDE, basis
