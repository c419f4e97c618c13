"""Passages and windows: close approaches, perihelion, what comes from where, when a telescope may look.

Roots are sought in days from a local origin: on a Julian date itself the last digits that a minimiser
compares are hours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from science import observers, planets
from science.constants import AU_D_IN_KM_S, AU_KM, GM_PLANETARY_SYSTEM, J2000_JD
from science.ephemerides import apparent_separation_deg, ephemeris
from science.geometry import dot, length, ra_dec_deg
from science.orbits import asymptotes, elements_from_state
from science.records import Asymptotes, CloseApproach, Observer, StateVector, Window
from science.refusals import OutsideSpan, Refused
from science.state_table import StateTable
from science.timescales import Instants, as_datetime, from_tdb, from_utc

Array = NDArray[np.float64]


def _root(of: Callable[[Array], Array], low: float, high: float, tolerance: float = 1e-9) -> float:
    """Where a function changes sign between two offsets in days from a local origin (Illinois method)."""
    at_low, at_high = float(of(np.array([low]))[0]), float(of(np.array([high]))[0])
    side = 0
    for _ in range(200):
        if at_low == 0 or at_high == 0 or abs(high - low) < tolerance:
            break
        middle = (low * at_high - high * at_low) / (at_high - at_low)
        if not low < middle < high:
            middle = 0.5 * (low + high)
        at_middle = float(of(np.array([middle]))[0])
        if at_middle == 0 or abs(at_middle) < 1e-300:
            return middle
        if (at_middle > 0) == (at_high > 0):
            high, at_high = middle, at_middle
            at_low = 0.5 * at_low if side == 1 else at_low
            side = 1
        else:
            low, at_low = middle, at_middle
            at_high = 0.5 * at_high if side == -1 else at_high
            side = -1
    return low if abs(at_low) < abs(at_high) else high


def _relative(table: StateTable, target: int, tdb: Array) -> tuple[Array, Array]:
    place, motion = table.state(tdb)
    if target == 10:
        return place, motion
    sun, sun_motion = planets.state(10, tdb)
    there, moving = planets.state(target, tdb)
    return place + sun - there, motion + sun_motion - moving


def close_approaches(
    table: StateTable,
    body: str | int,
    *,
    within_au: float | None = None,
    start_tdb_jd: float | None = None,
    stop_tdb_jd: float | None = None,
) -> tuple[CloseApproach, ...]:
    """Every geometric minimum of the distance to a body in the span of the table, in order of time.

    Parameters
    ----------
    table
        States of the object.
    body
        "mars", "earth", "sun" and so on, or a NAIF id.
    within_au
        Leave out minima farther than this (a planet circling the Sun makes one every synodic period,
        however far the object is).
    start_tdb_jd, stop_tdb_jd
        TDB Julian dates between which to look, instead of the whole table.

    Raises
    ------
    Refused
        For an unknown body.
    """
    target = planets.body_id(body)
    nodes = _span(table, start_tdb_jd, stop_tdb_jd)
    place, motion = _relative(table, target, nodes)
    approaching = dot(place, motion) < 0
    found = []
    for k in np.flatnonzero(approaching[:-1] & ~approaching[1:]):
        origin = float(nodes[k])

        def range_rate(offset: Array, origin: float = origin) -> Array:
            apart, moving = _relative(table, target, origin + offset)
            return dot(apart, moving) / length(apart)

        moment = from_tdb(origin + _root(range_rate, 0.0, float(nodes[k + 1]) - origin))
        apart, moving = _relative(table, target, moment.tdb)
        distance = float(length(apart)[0])
        if within_au is not None and distance > within_au:
            continue
        found.append(
            CloseApproach(
                body=table.body,
                target=planets.NAMES.get(target, str(target)),
                solution_id=table.solution_id,
                tdb_jd=float(moment.tdb_jd[0]),
                utc=as_datetime(moment.utc[0]),
                distance_au=distance,
                distance_km=distance * AU_KM,
                relative_speed_km_s=float(length(moving)[0]) * AU_D_IN_KM_S,
            )
        )
    return tuple(found)


def _span(table: StateTable, start_tdb_jd: float | None, stop_tdb_jd: float | None) -> Array:
    """Steps of the table between two dates, with these dates as ends."""
    start = table.start if start_tdb_jd is None else start_tdb_jd - J2000_JD
    stop = table.stop if stop_tdb_jd is None else stop_tdb_jd - J2000_JD
    if not start < stop:
        raise Refused(
            f"{table.body}: from JD {start + J2000_JD} to {stop + J2000_JD}, need start before stop"
        )
    table.require_span(np.array([start, stop]))
    nodes = table.nodes
    return np.concatenate([[start], nodes[(nodes > start) & (nodes < stop)], [stop]])


def perihelion(table: StateTable) -> CloseApproach:
    """The passage of the Sun: the true minimum of distance, not the Tp of osculating elements.

    Raises
    ------
    OutsideSpan
        If the table does not reach it.
    """
    found = close_approaches(table, "sun")
    if not found:
        raise OutsideSpan(
            f"{table.body}: no perihelion between JD {table.start_tdb_jd} and {table.stop_tdb_jd} TDB"
        )
    return min(found, key=lambda passage: passage.distance_au)


def excess_motion(table: StateTable, tdb_jd: float, side: Literal["incoming", "outgoing"]) -> Asymptotes:
    """Hyperbolic excess speed and direction relative to the barycentre of the Solar System.

    Parameters
    ----------
    table
        Has to reach ``tdb_jd``, which should be decades from perihelion, where planets pull no more.
    tdb_jd
        TDB Julian date of the osculating hyperbola about the mass of Sun and planets.
    side
        "incoming" (direction it comes from) or "outgoing" (direction it goes to).

    Raises
    ------
    Refused
        For another side, or a bound orbit.
    """
    tdb = np.array([tdb_jd - J2000_JD])
    place, motion = table.state(tdb)
    sun, sun_motion = planets.state(10, tdb)
    state = StateVector(tuple((place + sun)[0]), tuple((motion + sun_motion)[0]))
    speed, incoming, outgoing = asymptotes(state, GM_PLANETARY_SYSTEM)
    if side == "incoming":
        ra, dec = ra_dec_deg(-incoming[None])
    elif side == "outgoing":
        ra, dec = ra_dec_deg(outgoing[None])
    else:
        raise Refused(f"side {side!r}, need incoming or outgoing")
    return Asymptotes(
        side=side,
        tdb_jd=tdb_jd,
        excess_speed_km_s=speed * AU_D_IN_KM_S,
        eccentricity=elements_from_state(state, tdb_jd, GM_PLANETARY_SYSTEM).eccentricity,
        ra_deg=float(ra[0]),
        dec_deg=float(dec[0]),
    )


def elongation_windows(
    table: StateTable,
    place: Observer | str,
    low_deg: float,
    high_deg: float,
    start_utc: object,
    stop_utc: object,
    *,
    track: StateTable | None = None,
) -> tuple[Window, ...]:
    """When the solar elongation lies between two angles, such as the 85 and 135 deg of JWST.

    Parameters
    ----------
    place
        Observer, or its code.
    low_deg, high_deg
        Both ends belong to the rule.
    start_utc, stop_utc
        Aware datetimes or ISO 8601 texts.
    track
        Heliocentric states of JWST, when there are any.

    Returns
    -------
    windows
        In order of time; edges are good to a second of the elongation itself.
    """
    if isinstance(place, str):
        place = observers.observer(place)
    ends = from_utc([start_utc, stop_utc]).tdb
    start, stop = float(ends[0]), float(ends[1])
    if not start < stop or not low_deg < high_deg:
        raise Refused(
            f"windows from {start_utc} to {stop_utc}, {low_deg} to {high_deg} deg: need rising pairs"
        )

    def inside(offset: Array) -> Array:
        angle = ephemeris(table, place, from_tdb(start + offset), track=track).elongation_deg
        if angle is None:
            raise Refused(f"observer {place.code}: no solar elongation at the Sun")
        return np.minimum(angle - low_deg, high_deg - angle)

    steps = np.append(np.arange(0.0, stop - start, 0.25), stop - start)
    within = inside(steps) >= 0
    edges = [
        _root(inside, float(steps[k]), float(steps[k + 1]), 1e-6)
        for k in np.flatnonzero(within[:-1] != within[1:])
    ]
    cut_at_start, cut_at_stop = bool(within[0]), bool(within[-1])
    edges = [0.0] * cut_at_start + edges + [stop - start] * cut_at_stop
    moments = [as_datetime(utc) for utc in from_tdb(start + np.array(edges)).utc] if edges else []
    pairs = list(zip(moments[::2], moments[1::2], strict=True))
    return tuple(
        Window(
            opens,
            closes,
            cut_at_start=cut_at_start and k == 0,
            cut_at_stop=cut_at_stop and k == len(pairs) - 1,
        )
        for k, (opens, closes) in enumerate(pairs)
    )


def nearest_on_sky(
    table: StateTable, place: Observer | str, other: str | int, start_utc: object, stop_utc: object
) -> tuple[Instants, float]:
    """When and how near the body passes another one on the observer's sky.

    Returns
    -------
    instant, separation
        One instant, and the angle in degrees; at an end of the interval if it is least there.
    """
    ends = from_utc([start_utc, stop_utc]).tdb
    start, stop = float(ends[0]), float(ends[1])
    steps = np.append(np.arange(0.0, stop - start, 0.25), stop - start)

    def separation(offset: Array) -> Array:
        return apparent_separation_deg(table, place, other, from_tdb(start + offset))

    nearest = int(np.argmin(separation(steps)))
    offset = float(steps[nearest])
    if 0 < nearest < len(steps) - 1:
        second = 1.0 / 86400.0

        def slope(at: Array) -> Array:
            return separation(at + 30 * second) - separation(at - 30 * second)

        offset = _root(slope, float(steps[nearest - 1]) + 0.001, float(steps[nearest + 1]) - 0.001, 1e-6)
    moment = from_tdb(start + offset)
    return moment, float(separation(np.array([offset]))[0])
