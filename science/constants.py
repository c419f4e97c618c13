"""Numbers of nature and of convention, each with its source; astropy carries none of the masses below."""

from __future__ import annotations

from math import radians

AU_KM = 149597870.7  # IAU 2012 resolution B2, exact
C_KM_S = 299792.458  # SI, exact
DAY_S = 86400.0
C_AU_D = C_KM_S * DAY_S / AU_KM
AU_D_IN_KM_S = AU_KM / DAY_S
J2000_JD = 2451545.0

# Obliquity of the ecliptic of J2000.0, IAU 1976: the one that Horizons uses for "ecliptic of J2000.0"
OBLIQUITY_RAD = radians(84381.448 / 3600.0)

# Gravitational parameters of DE440/DE441, km^3/s^2 (NAIF gm_de440.tpc; Park et al. 2021, AJ 161, 105).
# Keys are NAIF ids: system barycentres, except Earth and Moon, which the integrator takes one by one.
GM_KM3_S2 = {
    10: 1.3271244004127942e11,
    1: 2.2031868551400003e04,
    2: 3.2485859200000000e05,
    399: 3.9860043550702266e05,
    301: 4.9028001184575496e03,
    4: 4.2828375815756102e04,
    5: 1.2671276409999998e08,
    6: 3.7940584841799997e07,
    7: 5.7945563999999985e06,
    8: 6.8365271005803989e06,
    9: 9.7550000000000000e02,
}
GM_AU3_D2 = {body: gm * DAY_S**2 / AU_KM**3 for body, gm in GM_KM3_S2.items()}
GM_SUN = GM_AU3_D2[10]
GM_PLANETARY_SYSTEM = sum(GM_AU3_D2.values())

EARTH_EQUATORIAL_RADIUS_KM = 6378.137  # WGS 84; unit of the MPC's parallax constants
EARTH_ROTATION_RAD_S = 7.292115e-5  # IERS Conventions 2010, table 1.2

MARS_EQUATORIAL_RADIUS_KM = 3396.19  # IAU/WGCCRE 2015 (Archinal et al. 2018, CeMDA 130, 22)
MARS_POLAR_RADIUS_KM = 3376.20  # same
