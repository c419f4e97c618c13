"""Where the object and the Sun stood above a site at an instant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from science.checks.comparing import signed
from science.checks.contract import Amount, Check, CheckResult, Facts, Outcome, Parameter, ParameterRefused
from science.checks.pointing import body_of, instant, iso, observer, spoken, states
from science.ephemerides import ephemeris
from science.records import AssertedRecord, EphemerisRows, Observer
from science.timescales import from_utc

# The sky is dark enough for a bright comet when the Sun is this far below the horizon (civil twilight)
DARK_BELOW_DEG = -6.0


def site(params: Mapping[str, Any]) -> Observer:
    """The site of a check; its longitude, where given, has to be the site's."""
    place = observer("site", params["site"])
    if not place.has_horizon:
        raise ParameterRefused("site", f"{params['site']} has no horizon; give a place on the ground")
    longitude = params.get("longitude_east_deg")
    if longitude is not None and abs(longitude - place.longitude_east_deg) > 0.5:
        raise ParameterRefused(
            "longitude_east_deg", f"{longitude:g} is not that of {place.name} ({place.longitude_east_deg:g})"
        )
    return place


def clock(hours: float) -> str:
    """Hours as a clock shows them.

    >>> clock(15.194)
    '15:12'
    """
    minutes = round(hours * 60) % 1440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def mars_time(rows: EphemerisRows, index: int = 0) -> str:
    if rows.lmst_h is None or rows.sol is None:
        return ""
    return f", {clock(float(rows.lmst_h[index]))} local mean solar time on sol {int(rows.sol[index])}"


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    body = body_of(dict(params), facts)
    place = site(params)
    moment = instant("epoch", params["epoch"])
    orbit = facts.orbit(body)
    rows = ephemeris(states(orbit, moment, moment), place, from_utc(moment))
    if rows.alt_deg is None or rows.az_deg is None or rows.sun_alt_deg is None:
        raise ParameterRefused("site", f"{params['site']} has no horizon")
    altitude, azimuth, sun = float(rows.alt_deg[0]), float(rows.az_deg[0]), float(rows.sun_alt_deg[0])
    outcome: Outcome = "within_limit"
    if altitude < 0:
        outcome, told = "disagrees", "below the horizon, so nothing of it could be seen"
    elif sun > DARK_BELOW_DEG:
        outcome, told = "disagrees", "above the horizon in daylight or twilight"
    else:
        told = "above the horizon in the dark"
    return CheckResult(
        outcome,
        f"At {place.name} on {spoken(iso(moment))}{mars_time(rows)}, {body} stood at altitude {altitude:.1f}, azimuth "
        f"{azimuth:.1f} degrees with the Sun at {signed(sun)} degrees: {told}.",
        computed=Amount(altitude, "deg"),
        details={
            "altitude_deg": round(altitude, 3),
            "azimuth_deg": round(azimuth, 3),
            "sun_altitude_deg": round(sun, 3),
            "lmst_h": None if rows.lmst_h is None else round(float(rows.lmst_h[0]), 4),
            "ltst_h": None if rows.ltst_h is None else round(float(rows.ltst_h[0]), 4),
            "ra_deg": round(float(rows.ra_deg[0]), 5),
            "dec_deg": round(float(rows.dec_deg[0]), 5),
        },
        solution_id=orbit.solution.solution_id,
    )


CHECK = Check(
    name="sky_position_at_site",
    question="Where in the sky of the site was the object, and was it dark?",
    quantity="solar_elongation",
    references=("Embedded ephemeris; IAU/WGCCRE rotation of Mars (Archinal et al. 2018, CeMDA 130, 22); no refraction.",),
    parameters=(
        Parameter("site", "text", "a place on the ground"),
        Parameter("body", "text", "the planet it stands on", required=False),
        Parameter("longitude_east_deg", "number", "its east longitude", "deg", required=False, minimum=-180, maximum=360),
        Parameter("epoch", "date", "the instant, UTC"),
        Parameter("object", "text", "the body looked at", required=False),
    ),
    run=run,
    tolerance=0.02,
    chart="sky_track",
)  # fmt: skip
