"""Directions and angles: right ascension, aberration, separations, rates and position angles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from science.constants import C_AU_D

Array = NDArray[np.float64]


def dot(first: Array, second: Array) -> Array:
    """Scalar products; (n, 3), (n, 3) -> (n,)."""
    return np.einsum("ij,ij->i", first, second)


def length(vectors: Array) -> Array:
    """Lengths; (n, 3) -> (n,)."""
    return np.sqrt(dot(vectors, vectors))


def unit(vectors: Array) -> Array:
    """Unit vectors; (n, 3) -> (n, 3)."""
    return np.asarray(vectors / length(vectors)[:, None])


def ra_dec_deg(vectors: Array) -> tuple[Array, Array]:
    """Longitude 0-360 and latitude of vectors, degrees; (n, 3) -> (n,), (n,)."""
    ra = np.degrees(np.arctan2(vectors[:, 1], vectors[:, 0])) % 360.0
    # -1e-17 % 360.0 is 360.0
    ra = np.where(ra >= 360.0, 0.0, ra)
    return ra, np.degrees(np.arctan2(vectors[:, 2], np.hypot(vectors[:, 0], vectors[:, 1])))


def direction(ra_deg: Array, dec_deg: Array) -> Array:
    """Unit vectors of angles in degrees; (n,), (n,) -> (n, 3). The inverse of `ra_dec_deg`."""
    ra, dec = np.radians(ra_deg), np.radians(dec_deg)
    return np.stack([np.cos(dec) * np.cos(ra), np.cos(dec) * np.sin(ra), np.sin(dec)], axis=-1)


def angle_deg(first: Array, second: Array) -> Array:
    """Angles between vectors, exact for small ones too; (n, 3), (n, 3) -> (n,) degrees."""
    return np.degrees(np.arctan2(length(np.cross(first, second)), dot(first, second)))


def aberrated(directions: Array, velocity_au_d: Array) -> Array:
    """Unit vectors as somebody moving with ``velocity_au_d`` sees them; (n, 3) -> (n, 3).

    References
    ----------
    Urban & Seidelmann, Explanatory Supplement, 3rd ed., eq. 7.40 (special relativity).
    """
    beta = velocity_au_d / C_AU_D
    inverse_gamma = np.sqrt(1.0 - dot(beta, beta))[:, None]
    along = dot(directions, beta)[:, None]
    seen = inverse_gamma * directions + beta + along * beta / (1.0 + inverse_gamma)
    return np.asarray(seen / (1.0 + along))


def sky_axes(directions: Array, pole: Array) -> tuple[Array, Array]:
    """Unit vectors east and north on the sky at ``directions``; pole (3,) or (n, 3)."""
    east = unit(np.cross(np.broadcast_to(pole, directions.shape), directions))
    return east, np.cross(directions, east)


def rates_arcsec_per_h(directions: Array, angular_velocity: Array, pole: Array) -> tuple[Array, Array]:
    """Components of motion on the sky, east (with cos Dec) and north, in arcsec per hour.

    Parameters
    ----------
    directions
        (n, 3) unit vectors.
    angular_velocity
        (n, 3) their derivatives, radians per day.
    pole
        (3,) or (n, 3): north of the equator in which the components are wanted.
    """
    east, north = sky_axes(directions, pole)
    per_hour = np.degrees(1.0) * 3600.0 / 24.0
    return dot(angular_velocity, east) * per_hour, dot(angular_velocity, north) * per_hour
