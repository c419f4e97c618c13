"""Mars under a lander: rotation, the site, local mean and true solar time, and the sol.

Rotation: IAU/WGCCRE report 2015 (Archinal et al. 2018, CeMDA 130, 22).  Time of day: Allison & McEwen
2000 (P&SS 48, 215), with the constants of the Mars24 algorithm page (NASA GISS).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from science.constants import AU_KM, J2000_JD, MARS_EQUATORIAL_RADIUS_KM, MARS_POLAR_RADIUS_KM
from science.geometry import dot
from science.records import Observer
from science.timescales import Instants, from_utc

Array = NDArray[np.float64]

# amplitude, phase (deg), rate (deg per Julian century): Archinal et al. 2018, Mars
_ALPHA = (
    (0.000068, 198.991226, 19139.4819985),
    (0.000238, 226.292679, 38280.8511281),
    (0.000052, 249.663391, 57420.7251593),
    (0.000009, 266.183510, 76560.6367950),
    (0.419057, 79.398797, 0.5042615),
)
_DELTA = (
    (0.000051, 122.433576, 19139.9407476),
    (0.000141, 43.058401, 38280.8753272),
    (0.000031, 57.663379, 57420.7517205),
    (0.000005, 79.476401, 76560.6495004),
    (1.591274, 166.325722, 0.5042615),
)
_W = (
    (0.000145, 129.071773, 19140.0328244),
    (0.000157, 36.352167, 38281.0473591),
    (0.000040, 56.668646, 57420.9295360),
    (0.000001, 67.364003, 76560.2552215),
    (0.000001, 104.792680, 95700.4387578),
    (0.584542, 95.391654, 0.5042615),
)
_W_RATE_DEG_D = 350.891982443297

SOL_D = 1.0274912517  # Allison & McEwen 2000
_MSD_ZERO_TT = 2405522.0028779 - J2000_JD  # Mars24: MSD = (JD_TT - 2405522.0028779) / 1.0274912517


def _sum(terms: tuple[tuple[float, float, float], ...], centuries: Array, wave: np.ufunc) -> Array:
    return sum(
        (size * wave(np.radians((phase + rate * centuries) % 360.0)) for size, phase, rate in terms),
        start=np.zeros_like(centuries),
    )


def rotation(tdb: Array) -> tuple[Array, Array, Array]:
    """Axes of the Mars-fixed frame in the ICRF: x (prime meridian), y, z (north pole), (n, 3) each."""
    centuries = tdb / 36525.0
    alpha = np.radians(317.269202 - 0.10927547 * centuries + _sum(_ALPHA, centuries, np.sin))
    delta = np.radians(54.432516 - 0.05827105 * centuries + _sum(_DELTA, centuries, np.cos))
    w = np.radians(176.049863 + _W_RATE_DEG_D * tdb + _sum(_W, centuries, np.sin))
    pole = np.stack([np.cos(delta) * np.cos(alpha), np.cos(delta) * np.sin(alpha), np.sin(delta)], axis=-1)
    node = np.stack([-np.sin(alpha), np.cos(alpha), np.zeros_like(alpha)], axis=-1)
    across = np.cross(pole, node)
    cosine, sine = np.cos(w)[:, None], np.sin(w)[:, None]
    return cosine * node + sine * across, cosine * across - sine * node, pole


def horizon_axes(observer: Observer, instants: Instants) -> tuple[Array, Array, Array]:
    """Unit vectors east, north and up (normal of the ellipsoid) of a site in the ICRF, (n, 3) each."""
    x, y, z = rotation(instants.tdb)
    longitude, latitude = np.radians(observer.longitude_east_deg), np.radians(observer.latitude_deg)
    outwards = np.cos(longitude) * x + np.sin(longitude) * y
    up = np.cos(latitude) * outwards + np.sin(latitude) * z
    east = np.cos(longitude) * y - np.sin(longitude) * x
    return east, np.cross(up, east), up


def site(observer: Observer, instants: Instants) -> tuple[Array, Array]:
    """Place (au) and velocity (au/d) of a site relative to the centre of Mars, ICRF axes, (n, 3) each."""
    x, y, z = rotation(instants.tdb)
    longitude, latitude = np.radians(observer.longitude_east_deg), np.radians(observer.latitude_deg)
    a, b = MARS_EQUATORIAL_RADIUS_KM, MARS_POLAR_RADIUS_KM
    bulge = a * a / np.hypot(a * np.cos(latitude), b * np.sin(latitude))
    radial = (bulge + observer.height_km) * np.cos(latitude) / AU_KM
    axial = (bulge * (b / a) ** 2 + observer.height_km) * np.sin(latitude) / AU_KM
    outwards = np.cos(longitude) * x + np.sin(longitude) * y
    east = np.cos(longitude) * y - np.sin(longitude) * x
    return radial * outwards + axial * z, np.radians(_W_RATE_DEG_D) * radial * east


def local_mean_solar_time_h(observer: Observer, instants: Instants) -> Array:
    """Local mean solar time in Mars hours, 0-24, (n,)."""
    return np.asarray(24.0 * (_local_sols(observer, instants) % 1.0))


def sol_number(observer: Observer, instants: Instants) -> NDArray[np.int64]:
    """Sols since landing, which is sol 0; a new one begins at local mean midnight, (n,).

    References
    ----------
    Mars24: the sol of a mission counts local mean midnights at the landing site.
    """
    if observer.landed_utc is None:
        raise ValueError(f"{observer.code}: no landing time, sols need one")
    landed = np.floor(_local_sols(observer, from_utc(observer.landed_utc)))
    return (np.floor(_local_sols(observer, instants)) - landed).astype(np.int64)


def _local_sols(observer: Observer, instants: Instants) -> Array:
    return (instants.tt - _MSD_ZERO_TT) / SOL_D + observer.longitude_east_deg / 360.0


def local_true_solar_time_h(observer: Observer, instants: Instants, to_sun: Array) -> Array:
    """Local true solar time in Mars hours, 0-24: the hour angle of the Sun plus noon, (n,).

    Parameters
    ----------
    to_sun
        (n, 3) directions from Mars to the Sun, ICRF.
    """
    x, y, _ = rotation(instants.tdb)
    sun_longitude = np.degrees(np.arctan2(dot(to_sun, y), dot(to_sun, x)))
    return np.asarray((12.0 + (observer.longitude_east_deg - sun_longitude) / 15.0) % 24.0)
