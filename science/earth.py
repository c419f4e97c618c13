"""The turning Earth: where an observatory is, where its zenith is, where the equator of date is.

IAU 2000B nutation (0.001") at whole days, linear between them (0.005"); Earth rotation angle from UT1;
polar motion.  That puts a site right within a metre.
"""

from __future__ import annotations

from functools import lru_cache

import erfa
import numpy as np
from numpy.typing import NDArray

from science.constants import AU_KM, DAY_S, EARTH_EQUATORIAL_RADIUS_KM, EARTH_ROTATION_RAD_S, J2000_JD
from science.records import Observer
from science.timescales import Instants

Array = NDArray[np.float64]

_ARCSEC = np.radians(1.0 / 3600.0)
_MONTH_D = 32


@lru_cache(maxsize=2048)
def _pole_of_month(month: int) -> Array:
    """X, Y, s at the noons of `_MONTH_D` days and the one after, (3, days + 1).

    The nutation series is dearer than all the rest of a row; the same days are asked again and again.
    """
    return np.stack(erfa.xys00b(J2000_JD, month * _MONTH_D + np.arange(_MONTH_D + 1.0)))


def _intermediate_pole(tt: Array) -> tuple[Array, Array, Array]:
    """Celestial intermediate pole X, Y and locator s in radians; (n,) TT days past J2000.0."""
    before = np.floor(tt)
    months, where = np.unique(before // _MONTH_D, return_inverse=True)
    days = np.stack([_pole_of_month(int(month)) for month in months])  # (months, 3, days + 1)
    day = (before - months[where] * _MONTH_D).astype(np.intp)
    share = (tt - before)[:, None]
    x, y, s = (days[where, :, day] * (1.0 - share) + days[where, :, day + 1] * share).T
    return x, y, s


def pole_of_date(instants: Instants) -> Array:
    """Unit vectors to the celestial pole of date in the ICRF, (n, 3)."""
    x, y, _ = _intermediate_pole(instants.tt)
    return np.stack([x, y, np.sqrt(1.0 - x * x - y * y)], axis=-1)


def _celestial_from_terrestrial(instants: Instants, fixed: Array) -> tuple[Array, Array]:
    """An Earth-fixed vector (3,) in the ICRF: itself, and its derivative per second by rotation."""
    x, y, s = _intermediate_pole(instants.tt)
    celestial_to_intermediate = erfa.c2ixys(x, y, s)
    polar_x, polar_y = instants.polar_motion_arcsec
    wobble = erfa.pom00(polar_x * _ARCSEC, polar_y * _ARCSEC, np.zeros_like(polar_x))
    turned = np.einsum("nji,j->ni", wobble, fixed)  # terrestrial -> intermediate, before rotation
    angle = erfa.era00(J2000_JD, instants.ut1)
    cosine, sine = np.cos(angle), np.sin(angle)
    rotated = np.stack(
        [
            cosine * turned[:, 0] - sine * turned[:, 1],
            sine * turned[:, 0] + cosine * turned[:, 1],
            turned[:, 2],
        ],
        axis=-1,
    )
    spin = EARTH_ROTATION_RAD_S * np.stack([-rotated[:, 1], rotated[:, 0], np.zeros_like(angle)], axis=-1)
    to_icrf = np.swapaxes(celestial_to_intermediate, -1, -2)
    return np.einsum("nij,nj->ni", to_icrf, rotated), np.einsum("nij,nj->ni", to_icrf, spin)


def _fixed_km(observer: Observer) -> Array:
    longitude = np.radians(observer.longitude_east_deg)
    return EARTH_EQUATORIAL_RADIUS_KM * np.array(
        [
            observer.rho_cos_phi * np.cos(longitude),
            observer.rho_cos_phi * np.sin(longitude),
            observer.rho_sin_phi,
        ]
    )


def site(observer: Observer, instants: Instants) -> tuple[Array, Array]:
    """Geocentric place (au) and velocity (au/d) of a site, ICRF axes, (n, 3) each."""
    place, motion = _celestial_from_terrestrial(instants, _fixed_km(observer))
    return place / AU_KM, motion * DAY_S / AU_KM


def horizon_axes(observer: Observer, instants: Instants) -> tuple[Array, Array, Array]:
    """Unit vectors east, north and up (geodetic, WGS 84) of a site in the ICRF, (n, 3) each."""
    longitude, latitude, _ = erfa.gc2gd(1, _fixed_km(observer) * 1000.0)
    up = np.array(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)]
    )
    east = np.array([-np.sin(longitude), np.cos(longitude), 0.0])
    up_icrf, east_icrf = (_celestial_from_terrestrial(instants, axis)[0] for axis in (up, east))
    return east_icrf, np.cross(up_icrf, east_icrf), up_icrf
