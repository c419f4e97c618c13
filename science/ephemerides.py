"""What an observer sees: astrometric positions, rates, distances and angles, one numpy expression each.

Definitions are those of JPL Horizons, found by comparison with its tables where its manual is silent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from science import mars, observers, planets
from science.constants import AU_D_IN_KM_S, AU_KM, C_AU_D, C_KM_S, J2000_JD
from science.earth import pole_of_date
from science.geometry import aberrated, angle_deg, dot, length, ra_dec_deg, rates_arcsec_per_h, unit
from science.observers import barycentric_state
from science.orbits import ECLIPTIC_FROM_ICRF
from science.photometry import total_magnitude
from science.records import EphemerisRows, MagnitudeLaw, Observer
from science.refusals import Refused
from science.state_table import StateTable
from science.timescales import Instants, from_tdb_jd, from_utc

Array = NDArray[np.float64]

_ICRF_POLE = np.array([0.0, 0.0, 1.0])


@dataclass(frozen=True, eq=False)
class Sight:
    """Barycentric vectors of one line of sight, (n, 3), au and au/d.

    Observer and ``sun_now`` when the light arrives, body and ``sun_then`` at ``left``, when it left.
    """

    seen_from: Array
    moving_from: Array
    sun_now: Array
    sun_now_motion: Array
    left: Array  # TDB days past J2000.0
    place: Array
    motion: Array
    sun_then: Array

    @property
    def vector(self) -> Array:
        """From the observer to where the body was, au."""
        return self.place - self.seen_from


def line_of_sight(
    table: StateTable, place: Observer, instants: Instants, track: StateTable | None = None
) -> Sight:
    """Where light that arrives at the observer left the body.

    The delay is solved without the Sun's gravity (Shapiro), as in the ranges that Horizons prints.
    """
    seen_from, moving_from = barycentric_state(place, instants, track)
    there, moving = table.state(instants.tdb)
    sun, sun_motion = planets.state(10, instants.tdb)
    apart = there + sun - seen_from
    distance = length(apart)
    # Newton's step leaves metres, the bend of the path in the light time; one pass more leaves millimetres.
    # Here the Sun goes straight meanwhile, which is wrong by 4 m in two hours and 1e-8 s of delay.
    delay = distance / (C_AU_D + dot(apart, moving + sun_motion) / distance)
    where = table.position(instants.tdb - delay) + sun - delay[:, None] * sun_motion
    left = instants.tdb - length(where - seen_from) / C_AU_D
    there, moving = table.state(left)
    sun_then, sun_then_motion = planets.state(10, left)
    return Sight(
        seen_from,
        moving_from,
        sun,
        sun_motion,
        left,
        there + sun_then,
        moving + sun_then_motion,
        sun_then,
    )


def ephemeris(
    table: StateTable,
    place: Observer | str,
    instants: Instants | Iterable[Any],
    *,
    law: MagnitudeLaw | None = None,
    track: StateTable | None = None,
) -> EphemerisRows:
    """Rows of an observer's ephemeris.

    Parameters
    ----------
    table
        States of the body; has to reach back from the first instant by the light time.
    place
        Observer, or its code.
    instants
        n instants (`science.timescales.from_utc`, `from_tdb`), or UTC times.
    law
        Magnitude law; without one ``t_mag`` is None.
    track
        Heliocentric states of JWST, when there are any.

    Returns
    -------
    rows
        n rows; what each column means is said in `EphemerisRows`.

    Raises
    ------
    OutsideSpan
        Outside the state table, the planetary kernel or UTC.
    UnknownObserver
        For an observer code that is none.

    Notes
    -----
    ``delta_rate_km_s`` is u . (v_body(t - delay) - v_observer(t)), the "deldot" of Horizons, which lacks the
    factor 1 / (1 + v/c) of a true derivative.  The rates of RA and Dec have it: they are the derivatives of
    the columns beside them.  The "dRA*cosD" of Horizons is another quantity, in the equator of date:
    ``sky_motion_arcsec_per_min * 60 * sin(sky_motion_pa_deg)``, some 0.1 arcsec/h away.
    """
    if isinstance(place, str):
        place = observers.observer(place)
    if not isinstance(instants, Instants):
        instants = from_utc(instants)
    sight = line_of_sight(table, place, instants, track)
    apart = sight.vector
    delta = length(apart)
    if np.any(delta == 0):
        raise Refused(f"{table.body} seen from {place.code}: distance 0, need an observer elsewhere")
    towards = apart / delta[:, None]
    relative = sight.motion - sight.moving_from
    range_rate = dot(towards, relative)

    # d(delay)/dt makes the body's clock run slow as seen from here
    slowed = 1.0 - dot(towards, relative) / (C_AU_D + dot(towards, sight.motion))
    apparent_motion = sight.motion * slowed[:, None] - sight.moving_from
    turning = (apparent_motion - dot(towards, apparent_motion)[:, None] * towards) / delta[:, None]
    ra_rate, dec_rate = rates_arcsec_per_h(towards, turning, _ICRF_POLE)
    sun, sun_motion = _sun_as_lit(sight)
    from_sun = sight.place - sun
    r = length(from_sun)
    apparent = aberrated(towards, sight.moving_from)
    # Horizons' Sky_motion: the relative velocity as it is, across the aberrated direction, in the equator of date
    east, north = rates_arcsec_per_h(apparent, relative / delta[:, None], pole_of_date(instants))
    ra, dec = ra_dec_deg(towards)
    columns: dict[str, Any] = {}
    if not (place.kind == "body" and place.naif_id == 10):
        to_sun = _apparent_sun(sight)
        columns["elongation_deg"] = angle_deg(to_sun, apparent)
        if place.has_horizon:
            columns |= _site_columns(place, instants, apparent, to_sun)
    if law is not None:
        columns["t_mag"] = total_magnitude(delta, r, law)
    columns |= _error_columns(table, sight, towards, delta)
    return EphemerisRows(
        body=table.body,
        solution_id=table.solution_id,
        engine=table.engine,
        origin=table.origin,
        observer=place,
        utc=instants.utc,
        tdb_jd=instants.tdb_jd,
        ra_deg=ra,
        dec_deg=dec,
        ra_rate_arcsec_per_h=ra_rate,
        dec_rate_arcsec_per_h=dec_rate,
        delta_au=delta,
        delta_rate_km_s=range_rate * AU_D_IN_KM_S,
        r_au=r,
        r_rate_km_s=dot(from_sun / r[:, None], sight.motion - sun_motion) * AU_D_IN_KM_S,
        light_time_min=delta * AU_KM / C_KM_S / 60.0,
        # the Sun as the moving body sees it, against the way back to the observer's apparent direction
        phase_angle_deg=angle_deg(aberrated(-from_sun / r[:, None], sight.motion), -apparent),
        sky_motion_arcsec_per_min=np.hypot(east, north) / 60.0,
        sky_motion_pa_deg=np.degrees(np.arctan2(east, north)) % 360.0,
        magnitude_law=law,
        **columns,
    )


def _sun_as_lit(sight: Sight) -> tuple[Array, Array]:
    """The Sun when the light that the body reflects left it: barycentric place and velocity."""
    up_leg = length(sight.place - sight.sun_then) / C_AU_D
    return planets.state(10, sight.left - up_leg)


def _apparent_sun(sight: Sight) -> Array:
    """Unit vectors to the Sun with light time (the Sun going straight: metres in hours) and aberration."""
    delay = length(sight.sun_now - sight.seen_from) / C_AU_D
    there = sight.sun_now - delay[:, None] * sight.sun_now_motion
    return aberrated(unit(there - sight.seen_from), sight.moving_from)


def _site_columns(place: Observer, instants: Instants, apparent: Array, to_sun: Array) -> dict[str, Any]:
    """Azimuth (north through east) and altitude without refraction, and the time of day on Mars."""
    east, north, up = observers.horizon_axes(place, instants)
    columns: dict[str, Any] = {}
    for prefix, towards in (("", apparent), ("sun_", to_sun)):
        azimuth, altitude = ra_dec_deg(
            np.stack([dot(towards, north), dot(towards, east), dot(towards, up)], axis=-1)
        )
        columns[f"{prefix}az_deg"], columns[f"{prefix}alt_deg"] = azimuth, altitude
    if place.kind == "mars_site":
        columns["lmst_h"] = mars.local_mean_solar_time_h(place, instants)
        columns["ltst_h"] = mars.local_true_solar_time_h(place, instants, to_sun)
        columns["sol"] = mars.sol_number(place, instants)
    return columns


def _error_columns(table: StateTable, sight: Sight, towards: Array, delta: Array) -> dict[str, Any]:
    """Three-sigma errors across and along the line of sight, where the table carries a covariance."""
    spread = table.covariance(sight.left)
    if spread is None:
        return {}
    east = unit(np.cross(np.where(np.abs(towards[:, 2:]) < 0.9, _ICRF_POLE, [1.0, 0.0, 0.0]), towards))
    north = np.cross(towards, east)
    along = np.einsum("ni,nij,nj->n", towards, spread, towards)
    ee, nn, en = (
        np.einsum("ni,nij,nj->n", first, spread, second)
        for first, second in ((east, east), (north, north), (east, north))
    )
    longest = 0.5 * (ee + nn) + np.hypot(0.5 * (ee - nn), en)
    return {
        "sigma_arcsec": np.degrees(3.0 * np.sqrt(longest) / delta) * 3600.0,
        "range_sigma_km": 3.0 * np.sqrt(np.maximum(along, 0.0)) * AU_KM,
        "sigma_basis": table.sigma_basis,
    }


def vectors(
    table: StateTable,
    tdb_jd: Iterable[float] | Array,
    *,
    center: Observer | str = "500@10",
    frame: str = "ecliptic",
) -> tuple[Array, Array]:
    """Geometric state vectors (no light time), for comparison with Horizons VECTORS.

    Parameters
    ----------
    tdb_jd
        n TDB Julian dates.
    center
        Observer, or its code, from which vectors point.
    frame
        "ecliptic" (of J2000.0) or "icrf".

    Returns
    -------
    position, velocity
        (n, 3) in au and au/d.

    Raises
    ------
    Refused, OutsideSpan, UnknownObserver
    """
    if frame not in ("ecliptic", "icrf"):
        raise Refused(f"frame {frame!r}, need ecliptic or icrf")
    if isinstance(center, str):
        center = observers.observer(center)
    tdb = np.atleast_1d(np.asarray(tdb_jd, dtype=float)) - J2000_JD
    position, velocity = table.state(tdb)
    if not (center.kind == "body" and center.naif_id == 10):
        sun, sun_motion = planets.state(10, tdb)
        if center.kind == "body":
            origin, drift = planets.state(center.naif_id, tdb)
        else:
            origin, drift = barycentric_state(center, from_tdb_jd(tdb + J2000_JD))
        position, velocity = position + sun - origin, velocity + sun_motion - drift
    if frame == "ecliptic":
        position, velocity = position @ ECLIPTIC_FROM_ICRF.T, velocity @ ECLIPTIC_FROM_ICRF.T
    return position, velocity


def apparent_separation_deg(
    table: StateTable, place: Observer | str, other: str | int, instants: Instants
) -> Array:
    """Angle on the observer's sky between the body and a planet, the Moon or the Sun, (n,) degrees."""
    if isinstance(place, str):
        place = observers.observer(place)
    sight = line_of_sight(table, place, instants)
    target = planets.body_id(other)
    there = planets.position(target, instants.tdb)
    for _ in range(3):
        delay = length(there - sight.seen_from) / C_AU_D
        there = planets.position(target, instants.tdb - delay)
    return angle_deg(
        aberrated(unit(sight.vector), sight.moving_from),
        aberrated(unit(there - sight.seen_from), sight.moving_from),
    )
