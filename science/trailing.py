"""How far an object moves in one exposure: against the stars, and in a camera fixed to the ground."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from science.ephemerides import ephemeris
from science.geometry import angle_deg
from science.records import Observer
from science.state_table import StateTable
from science.timescales import from_utc


@dataclass(frozen=True, slots=True)
class Trail:
    """Angles of one exposure in arcsec; ``in_fixed_camera`` is None where there is no ground."""

    against_stars: float
    in_fixed_camera: float | None


def trail(
    table: StateTable,
    place: Observer,
    start: datetime,
    exposure_s: float,
    *,
    ground: Observer | None = None,
    track: StateTable | None = None,
) -> Trail:
    """The trail of an object in an exposure.

    Parameters
    ----------
    place
        Who looks; the stars are followed from here.
    start
        Beginning of the exposure, UTC.
    exposure_s
        Its length in seconds.
    ground
        Where the camera is screwed down, if not at ``place``.
    track
        Heliocentric states of JWST, when there are any.
    """
    rows = ephemeris(table, place, from_utc(start), track=track)
    rate = np.hypot(rows.ra_rate_arcsec_per_h[0], rows.dec_rate_arcsec_per_h[0]) / 3600.0
    ground = ground or (place if place.has_horizon else None)
    turned = None
    if ground is not None:
        both = ephemeris(table, ground, from_utc([start, start + timedelta(seconds=exposure_s)]))
        if both.az_deg is not None and both.alt_deg is not None:
            azimuth, altitude = np.radians(both.az_deg), np.radians(both.alt_deg)
            towards = np.stack(
                [np.cos(altitude) * np.cos(azimuth), np.cos(altitude) * np.sin(azimuth), np.sin(altitude)],
                axis=-1,
            )
            turned = float(angle_deg(towards[:1], towards[1:])[0]) * 3600.0
    return Trail(float(rate) * exposure_s, turned)
