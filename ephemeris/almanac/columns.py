"""The columns of an ephemeris answer: name, unit, UCD and meaning, for every format alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``unit`` is an astropy unit text, ``ucd`` an IVOA UCD1+ word, ``digits`` decimals printed."""

    name: str
    unit: str
    ucd: str
    meaning: str
    digits: int


EPHEMERIS = (
    Column("ra_deg", "deg", "pos.eq.ra;meta.main", "Astrometric right ascension, ICRF (light time, no aberration)", 9),
    Column("dec_deg", "deg", "pos.eq.dec;meta.main", "Astrometric declination, ICRF", 9),
    Column("ra_rate_arcsec_per_h", "arcsec / h", "pos.pm;pos.eq.ra", "Rate in right ascension times cos(Dec), ICRF", 6),
    Column("dec_rate_arcsec_per_h", "arcsec / h", "pos.pm;pos.eq.dec", "Rate in declination, ICRF", 6),
    Column("delta_au", "AU", "pos.distance;pos.bodyrc", "Distance from the observer when the light left", 13),
    Column("delta_rate_km_s", "km / s", "phys.veloc;pos.distance", "Range rate, positive when receding", 7),
    Column("r_au", "AU", "pos.distance;pos.heliocentric", "Distance from the Sun when the light left", 12),
    Column("r_rate_km_s", "km / s", "phys.veloc;pos.heliocentric", "Rate of the distance from the Sun", 7),
    Column("light_time_min", "min", "time.duration", "Light travel time", 8),
    Column("elongation_deg", "deg", "pos.angDistance", "Angle from the Sun, apparent directions (S-O-T)", 6),
    Column("phase_angle_deg", "deg", "pos.phaseAng", "Angle Sun-target-observer, apparent directions (S-T-O)", 6),
    Column("t_mag", "mag", "phot.mag;em.opt.V", "Total magnitude by the solution's law, which is known to be too faint", 3),
    Column("az_deg", "deg", "pos.az.azi", "Azimuth, north through east (site observers)", 6),
    Column("alt_deg", "deg", "pos.az.alt", "Altitude without refraction (site observers)", 6),
    Column("sun_alt_deg", "deg", "pos.az.alt;pos.heliocentric", "Altitude of the Sun (site observers)", 6),
    Column("lmst_h", "h", "time.epoch;pos", "Local mean solar time in planetary hours (Mars sites)", 6),
    Column("ltst_h", "h", "time.epoch;pos", "Local true solar time in planetary hours (Mars sites)", 6),
    Column("sol", "", "time.epoch", "Sol since landing, which is sol 0 (Mars sites)", 0),
    Column("sigma_arcsec", "arcsec", "stat.error;pos.eq", "Three-sigma position error, long half-axis; empty where the solution states none", 4),
)  # fmt: skip
# columns that only some observers have, left out elsewhere; the others are always there, empty where unknown
SITE_ONLY = frozenset({"sun_alt_deg", "lmst_h", "ltst_h", "sol"})

VECTORS = (
    Column("x_au", "AU", "pos.cartesian.x", "Position", 14),
    Column("y_au", "AU", "pos.cartesian.y", "Position", 14),
    Column("z_au", "AU", "pos.cartesian.z", "Position", 14),
    Column("vx_au_d", "AU / d", "phys.veloc;pos.cartesian.x", "Velocity", 16),
    Column("vy_au_d", "AU / d", "phys.veloc;pos.cartesian.y", "Velocity", 16),
    Column("vz_au_d", "AU / d", "phys.veloc;pos.cartesian.z", "Velocity", 16),
)
