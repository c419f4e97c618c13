"""Day or night at a site at asserted instants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from science.checks.comparing import signed
from science.checks.contract import Amount, Check, CheckResult, Facts, Outcome, Parameter, ParameterRefused
from science.checks.pointing import instant, iso, spoken, states
from science.checks.sky_position_at_site import CHECK as SITE_CHECK
from science.checks.sky_position_at_site import DARK_BELOW_DEG, clock, site
from science.ephemerides import ephemeris
from science.records import AssertedRecord
from science.timescales import from_utc


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    place = site(params)
    moments = [instant("epochs", text) for text in params["epochs"]]
    if not moments:
        raise ParameterRefused("epochs", "give at least one instant")
    orbit = facts.orbit(facts.body)
    rows = ephemeris(states(orbit, min(moments), max(moments)), place, from_utc(moments))
    if rows.sun_alt_deg is None:
        raise ParameterRefused("site", f"{params['site']} has no horizon")
    altitudes = [float(value) for value in rows.sun_alt_deg]
    dark = [altitude < DARK_BELOW_DEG for altitude in altitudes]
    outcome: Outcome = "disagrees" if not any(dark) else "within_limit" if all(dark) else "cannot_tell"
    told = []
    for index, (moment, altitude) in enumerate(zip(moments, altitudes, strict=True)):
        local = (
            f", {clock(float(rows.lmst_h[index]))} local mean solar time" if rows.lmst_h is not None else ""
        )
        told.append(f"{spoken(iso(moment))}: Sun at {signed(altitude)} degrees{local}")
    light = (
        "night at all of them"
        if all(dark)
        else "daylight or twilight at all of them"
        if not any(dark)
        else "both day and night"
    )
    return CheckResult(
        outcome,
        f"At {place.name}, it was {light}: {'; '.join(told)}.",
        computed=Amount(altitudes[0], "deg"),
        details={
            "sun_altitude_deg": [round(altitude, 3) for altitude in altitudes],
            "as_expected": None
            if "expects" not in params
            else (outcome == "disagrees") == (params["expects"] == "day"),
        },
        solution_id=orbit.solution.solution_id,
    )


CHECK = Check(
    name="local_time_at_site",
    question="Was it day or night there at that time?",
    quantity="local_mean_solar_time",
    references=SITE_CHECK.references,
    parameters=(
        Parameter("site", "text", "a place on the ground"),
        Parameter("body", "text", "the planet it stands on", required=False),
        Parameter("longitude_east_deg", "number", "its east longitude", "deg", required=False, minimum=-180, maximum=360),
        Parameter("epochs", "dates", "instants, UTC"),
        Parameter("expects", "choice", "what the review expects", required=False, choices=("day", "night")),
    ),
    run=run,
    tolerance=0.02,
    chart="sky_track",
)  # fmt: skip
