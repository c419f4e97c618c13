"""The distance from a planet in its radii, Hill radii and bow-shock distances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from science import planets
from science.checks.comparing import asserted_amount, asserted_of, compared, printed
from science.checks.contract import Amount, Check, CheckResult, Facts, Parameter, ParameterRefused
from science.checks.pointing import body_of, instant, iso, spoken, states
from science.constants import AU_KM, GM_AU3_D2, GM_SUN
from science.records import AssertedRecord
from science.timescales import from_utc

# Equatorial radii in km, IAU/WGCCRE 2015 (Archinal et al. 2018, CeMDA 130, 22); the Sun's nominal one
# is that of IAU 2015 resolution B3
RADII_KM = {
    "Sun": 695700.0, "Mercury": 2440.53, "Venus": 6051.8, "Earth": 6378.1366, "Moon": 1737.4,
    "Mars": 3396.19, "Jupiter": 71492.0, "Saturn": 60268.0, "Uranus": 25559.0, "Neptune": 24764.0,
}  # fmt: skip
# Mean distance of the bow shock's nose in planet radii.  Mars: Vignes et al. 2000, Geophys. Res. Lett. 27, 49;
# Earth: Fairfield 1971, J. Geophys. Res. 76, 6700
BOW_SHOCK_RADII = {"Mars": 1.64, "Earth": 14.6}
SYSTEM = {"Earth": (399, 301), "Mars": (4,), "Jupiter": (5,), "Saturn": (6,), "Uranus": (7,), "Neptune": (8,), "Venus": (2,), "Mercury": (1,)}  # fmt: skip


def hill_radius_au(planet: str, distance_au: float) -> float:
    """Radius within which a planet outweighs solar tides, at its present distance from the Sun.

    References
    ----------
    Murray & Dermott 1999, Solar System Dynamics, equation 3.75.

    >>> round(hill_radius_au("Jupiter", 5.2028), 3)
    0.355
    """
    mass = sum(GM_AU3_D2[body] for body in SYSTEM[planet])
    return float(distance_au * (mass / (3.0 * GM_SUN)) ** (1.0 / 3.0))


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    planet = params["body"]
    if planet not in RADII_KM:
        raise ParameterRefused("body", f"{planet} is not one of {', '.join(RADII_KM)}")
    body = body_of(dict(params), facts)
    moment = instant("epoch", params["epoch"])
    orbit = facts.orbit(body)
    table = states(orbit, moment, moment)
    tdb = from_utc(moment).tdb
    sun, centre = planets.position(10, tdb), planets.position(planets.body_id(planet), tdb)
    distance_au = float(np.linalg.norm(table.position(tdb) + sun - centre))
    distance_km = distance_au * AU_KM
    radii = distance_km / RADII_KM[planet]
    details: dict[str, Any] = {"distance_km": round(distance_km)}
    parts = [f"{printed(radii)} radii of {planet}"]
    if planet in SYSTEM:
        hill = distance_au / hill_radius_au(planet, float(np.linalg.norm(centre - sun)))
        details["hill_radii"] = float(f"{hill:.5g}")
        parts.append(f"{printed(hill)} Hill radii")
    if planet in BOW_SHOCK_RADII:
        shocks = radii / BOW_SHOCK_RADII[planet]
        details["bow_shock_distances"] = float(f"{shocks:.5g}")
        parts.append(f"{printed(shocks)} times as far as its bow shock")
    claimed = asserted_of("distance_in_radii", asserted)
    computed = Amount(radii)
    return CheckResult(
        compared(claimed, computed),
        f"On {spoken(iso(moment))} {body} was {printed(distance_km / 1e6, 4)} million km from {planet}: {', '.join(parts)}.",
        computed=computed,
        asserted=asserted_amount(claimed),
        details=details,
        solution_id=orbit.solution.solution_id,
    )


CHECK = Check(
    name="distance_in_radii",
    question="How many radii of the planet away was it?",
    quantity="distance_in_radii",
    references=(
        "Archinal et al. 2018, CeMDA 130, 22 (radii)",
        "Murray & Dermott 1999, Solar System Dynamics, eq. 3.75 (Hill radius)",
        "Vignes et al. 2000, Geophys. Res. Lett. 27, 49; Fairfield 1971, J. Geophys. Res. 76, 6700 (bow shocks)",
    ),
    parameters=(
        Parameter("body", "text", "the planet"),
        Parameter("object", "text", "the body", required=False),
        Parameter("epoch", "date", "the instant, UTC"),
    ),
    run=run,
    tolerance=0.02,
    chart="distance_timeline",
)
