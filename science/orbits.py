"""Orbit solutions: reading them, and elements to state vector and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from math import acos, asinh, atan2, cos, degrees, hypot, pi, radians, sin, sinh, sqrt, tan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from science.constants import GM_SUN, J2000_JD, OBLIQUITY_RAD
from science.kepler import kepler_step
from science.nongravitational import non_gravitational, number
from science.records import Elements, OrbitSolutionRecord, StateVector
from science.refusals import Refused, UnknownParameter

Array = NDArray[np.float64]

# Rows turn ICRF coordinates into ecliptic of J2000.0
ECLIPTIC_FROM_ICRF = np.array(
    [
        [1.0, 0.0, 0.0],
        [0.0, cos(OBLIQUITY_RAD), sin(OBLIQUITY_RAD)],
        [0.0, -sin(OBLIQUITY_RAD), cos(OBLIQUITY_RAD)],
    ]
)

ELEMENTS = (
    "eccentricity",
    "perihelion_distance_au",
    "perihelion_time_tdb_jd",
    "longitude_of_ascending_node_deg",
    "argument_of_perihelion_deg",
    "inclination_deg",
)
STATE = ("position_au", "velocity_au_d")
SIGMAS = ("e", "q", "tp_d", "om_deg", "w_deg", "i_deg", "a1", "a2", "a3", "dt_d")
_OTHER = (
    "id", "producer", "default", "kind", "epoch_tdb_jd", "source", "note", "solution_date", "observations",
    "arc_from", "arc_to", "M1", "k1", "sigma", "covariance", "non_gravitational", "fit_rms_km", "fit_max_km",
)  # fmt: skip


def orbit_solution(mapping: Mapping[str, Any], body: str) -> OrbitSolutionRecord:
    """An orbit solution of one ``[[solution]]`` table of ``data/orbits/<body>.toml``.

    Parameters
    ----------
    mapping
        The table: id, producer, kind, epoch_tdb_jd, source and either six elements or position_au and
        velocity_au_d; optional non_gravitational, sigma, covariance (labels and matrix), M1, k1, arc.
    body
        Designation of the object.

    Raises
    ------
    UnknownParameter
        For a key that this reader does not know, at any level.
    Refused
        For missing or impossible values.
    """
    where = f"{body}: solution {mapping.get('id', '(without id)')}"
    _only_known(mapping, (*ELEMENTS, *STATE, *_OTHER), where, "parameter")
    for key in ("id", "producer", "kind", "epoch_tdb_jd", "source"):
        if key not in mapping:
            raise Refused(f"{where}: no {key}, need one")
    has_elements, has_state = any(k in mapping for k in ELEMENTS), any(k in mapping for k in STATE)
    if has_elements == has_state:
        raise Refused(
            f"{where}: {'both elements and a state' if has_state else 'neither elements nor a state'}, "
            "need one of the two"
        )
    sigma = mapping.get("sigma", {})
    _only_known(sigma, SIGMAS, where, "sigma")
    labels, matrix = _covariance(mapping.get("covariance"), where)
    model = mapping.get("non_gravitational")
    return OrbitSolutionRecord(
        body=body,
        solution_id=str(mapping["id"]),
        producer=str(mapping["producer"]),
        kind=str(mapping["kind"]),
        epoch_tdb_jd=number(mapping["epoch_tdb_jd"], "epoch_tdb_jd", where),
        source=str(mapping["source"]),
        elements=_elements(mapping, where) if has_elements else None,
        state=_state(mapping, where) if has_state else None,
        non_gravitational=None if model is None else non_gravitational(model, where),
        solution_date=None if mapping.get("solution_date") is None else str(mapping["solution_date"]),
        observations=mapping.get("observations"),
        arc_from=_day(mapping.get("arc_from"), "arc_from", where),
        arc_to=_day(mapping.get("arc_to"), "arc_to", where),
        m1=_optional(mapping, "M1", where),
        k1=_optional(mapping, "k1", where),
        sigma={key: number(value, f"sigma {key}", where) for key, value in sigma.items()},
        covariance_labels=labels,
        covariance=matrix,
        fit_rms_km=_optional(mapping, "fit_rms_km", where),
        fit_max_km=_optional(mapping, "fit_max_km", where),
        note=str(mapping.get("note", "")),
        is_default=bool(mapping.get("default", False)),
    )


def _only_known(mapping: Mapping[str, Any], known: tuple[str, ...], where: str, what: str) -> None:
    unknown = sorted(set(mapping) - set(known))
    if unknown:
        raise UnknownParameter(f"{where}: unknown {what} {', '.join(unknown)}, need {', '.join(known)}")


def _optional(mapping: Mapping[str, Any], key: str, where: str) -> float | None:
    return None if mapping.get(key) is None else number(mapping[key], key, where)


def _day(value: Any, name: str, where: str) -> date | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Refused(f"{where}: {name} is {value!r}, need a date such as 2025-05-15") from error


def _elements(mapping: Mapping[str, Any], where: str) -> Elements:
    missing = [key for key in ELEMENTS if key not in mapping]
    if missing:
        raise Refused(f"{where}: elements without {', '.join(missing)}, need all six")
    elements = Elements(**{key: number(mapping[key], key, where) for key in ELEMENTS})
    if elements.eccentricity < 0:
        raise Refused(f"{where}: eccentricity {elements.eccentricity}, need at least 0")
    if elements.perihelion_distance_au <= 0:
        raise Refused(f"{where}: perihelion distance {elements.perihelion_distance_au} au, need more than 0")
    return elements


def _state(mapping: Mapping[str, Any], where: str) -> StateVector:
    triples = {}
    for key in STATE:
        values = mapping.get(key)
        if not isinstance(values, (list, tuple)) or len(values) != 3:
            raise Refused(f"{where}: {key} is {values!r}, need three numbers")
        triples[key] = tuple(number(value, key, where) for value in values)
    return StateVector(**triples)  # type: ignore[arg-type]


def _covariance(
    table: Mapping[str, Any] | None, where: str
) -> tuple[tuple[str, ...], tuple[tuple[float, ...], ...]]:
    if table is None:
        return (), ()
    _only_known(table, ("labels", "matrix"), where, "covariance key")
    labels, rows = tuple(table.get("labels", ())), table.get("matrix", ())
    _only_known(dict.fromkeys(labels), SIGMAS, where, "covariance label")
    matrix = tuple(tuple(number(value, "covariance", where) for value in row) for row in rows)
    if not labels or any(len(row) != len(labels) for row in (*matrix, matrix)):
        raise Refused(f"{where}: covariance of {len(labels)} labels, need as many rows and columns")
    return labels, matrix


def state_vector(solution: OrbitSolutionRecord) -> StateVector:
    """Heliocentric ICRF state of a solution at its epoch."""
    if solution.state is not None:
        return solution.state
    if solution.elements is None:
        raise Refused(f"{solution.body}: solution {solution.solution_id} has neither elements nor a state")
    return state_from_elements(solution.elements, solution.epoch_tdb_jd)


def state_from_elements(elements: Elements, epoch_tdb_jd: float) -> StateVector:
    """State at the epoch of osculating elements: from perihelion along the conic.

    Parameters
    ----------
    elements
        Heliocentric, ecliptic of J2000.0; any eccentricity.
    epoch_tdb_jd
        TDB Julian date.
    """
    e, q = elements.eccentricity, elements.perihelion_distance_au
    node, peri, tilt = (
        radians(angle)
        for angle in (
            elements.longitude_of_ascending_node_deg,
            elements.argument_of_perihelion_deg,
            elements.inclination_deg,
        )
    )
    towards_perihelion = np.array(
        [
            cos(node) * cos(peri) - sin(node) * sin(peri) * cos(tilt),
            sin(node) * cos(peri) + cos(node) * sin(peri) * cos(tilt),
            sin(peri) * sin(tilt),
        ]
    )
    along_motion = np.array(
        [
            -cos(node) * sin(peri) - sin(node) * cos(peri) * cos(tilt),
            -sin(node) * sin(peri) + cos(node) * cos(peri) * cos(tilt),
            cos(peri) * sin(tilt),
        ]
    )
    place, motion = kepler_step(
        q * towards_perihelion,
        sqrt(GM_SUN * (1.0 + e) / q) * along_motion,
        (epoch_tdb_jd - J2000_JD) - (elements.perihelion_time_tdb_jd - J2000_JD),
        GM_SUN,
    )
    return StateVector(
        position_au=tuple(ECLIPTIC_FROM_ICRF.T @ place), velocity_au_d=tuple(ECLIPTIC_FROM_ICRF.T @ motion)
    )


def elements_from_state(state: StateVector, epoch_tdb_jd: float, gm: float = GM_SUN) -> Elements:
    """Osculating elements of a state, ecliptic of J2000.0; the inverse of `state_from_elements`.

    Raises
    ------
    Refused
        For motion straight towards or away from the Sun, which has no orbital plane.
    """
    place = ECLIPTIC_FROM_ICRF @ np.array(state.position_au)
    motion = ECLIPTIC_FROM_ICRF @ np.array(state.velocity_au_d)
    r = float(np.linalg.norm(place))
    momentum = np.cross(place, motion)
    h = float(np.linalg.norm(momentum))
    if h < 1e-14 * r * float(np.linalg.norm(motion)):
        raise Refused(f"state {state.position_au} moves along a straight line, need an orbital plane")
    towards_perihelion = np.cross(motion, momentum) / gm - place / r
    e = float(np.linalg.norm(towards_perihelion))
    q = h * h / gm / (1.0 + e)
    tilt = atan2(hypot(momentum[0], momentum[1]), momentum[2])
    node = atan2(momentum[0], -momentum[1]) if hypot(momentum[0], momentum[1]) > 1e-15 * h else 0.0
    ascending = np.array([cos(node), sin(node), 0.0])
    across = np.cross(momentum / h, ascending)
    peri = atan2(float(towards_perihelion @ across), float(towards_perihelion @ ascending))
    true_anomaly = atan2(float(place @ across), float(place @ ascending)) - peri
    return Elements(
        eccentricity=e,
        perihelion_distance_au=q,
        perihelion_time_tdb_jd=epoch_tdb_jd - _days_since_perihelion(e, q, true_anomaly, gm),
        longitude_of_ascending_node_deg=degrees(node) % 360.0,
        argument_of_perihelion_deg=degrees(peri) % 360.0,
        inclination_deg=degrees(tilt),
    )


def _days_since_perihelion(e: float, q: float, true_anomaly: float, gm: float) -> float:
    anomaly = (true_anomaly + pi) % (2.0 * pi) - pi
    if abs(e - 1.0) < 1e-8:  # Barker's equation
        half = tan(anomaly / 2.0)
        return sqrt(2.0 * q**3 / gm) * (half + half**3 / 3.0)
    mean_motion = sqrt(gm * abs(1.0 - e) ** 3 / q**3)
    if e < 1.0:
        eccentric = 2.0 * atan2(sqrt(1.0 - e) * sin(anomaly / 2.0), sqrt(1.0 + e) * cos(anomaly / 2.0))
        return (eccentric - e * sin(eccentric)) / mean_motion
    hyperbolic = asinh(sqrt(e * e - 1.0) * sin(anomaly) / (1.0 + e * cos(anomaly)))
    return (e * sinh(hyperbolic) - hyperbolic) / mean_motion


def asymptotes(state: StateVector, gm: float) -> tuple[float, Array, Array]:
    """Excess speed and the two directions of a hyperbola.

    Parameters
    ----------
    state
        Relative to the attracting mass, ICRF axes.
    gm
        Its gravitational parameter, au^3/d^2.

    Returns
    -------
    speed
        au/d, far away.
    incoming, outgoing
        Unit vectors (3,) of the motion long before and long after perihelion.

    Raises
    ------
    Refused
        For a bound orbit.
    """
    place, motion = np.array(state.position_au), np.array(state.velocity_au_d)
    r = float(np.linalg.norm(place))
    speed_squared = float(motion @ motion) - 2.0 * gm / r
    momentum = np.cross(place, motion)
    towards_perihelion = np.cross(motion, momentum) / gm - place / r
    e = float(np.linalg.norm(towards_perihelion))
    if speed_squared <= 0 or e <= 1.0:
        raise Refused(f"eccentricity {e:.6f}: a bound orbit has no excess speed, need more than 1")
    towards_perihelion /= e
    along = np.cross(momentum / np.linalg.norm(momentum), towards_perihelion)
    limit = acos(-1.0 / e)
    outgoing = cos(limit) * towards_perihelion + sin(limit) * along
    incoming = -(cos(limit) * towards_perihelion - sin(limit) * along)
    return sqrt(speed_squared), incoming, outgoing
