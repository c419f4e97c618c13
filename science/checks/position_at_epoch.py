"""Direction and distance of the object on a date, and how far it stood from a named place in the sky."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from science.checks.comparing import asserted_amount, asserted_of, compared, printed, signed
from science.checks.contract import Amount, Check, CheckResult, Facts, Parameter, ParameterRefused
from science.checks.pointing import body_of, instant, iso, spoken, states
from science.ephemerides import ephemeris
from science.geometry import angle_deg, direction
from science.records import AssertedRecord
from science.timescales import from_utc


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    if ("ra_deg" in params) != ("dec_deg" in params):
        raise ParameterRefused("ra_deg", "ra_deg and dec_deg come together")
    body = body_of(dict(params), facts)
    moment = instant("epoch", params["epoch"])
    orbit = facts.orbit(body)
    table, instants = states(orbit, moment, moment), from_utc(moment)
    rows = ephemeris(table, "500", instants)
    ra, dec, delta = (float(column[0]) for column in (rows.ra_deg, rows.dec_deg, rows.delta_au))
    # where it was at that instant; an observer's ephemeris has the distance when the light left
    r = float(np.linalg.norm(table.position(instants.tdb)))
    details: dict[str, Any] = {
        "ra_deg": round(ra, 4), "dec_deg": round(dec, 4), "r_au": round(r, 5), "delta_au": round(delta, 5),
    }  # fmt: skip
    sentence = (
        f"On {spoken(iso(moment))} {body} stood {printed(r, 4)} au from the Sun and {printed(delta, 4)} au from the Earth, "
        f"at RA {ra:.2f}, Dec {signed(dec, 2)} degrees"
    )
    claimed = asserted_of("angular_separation", asserted)
    if "ra_deg" in params:
        away = float(
            angle_deg(
                direction(np.array([ra]), np.array([dec])),
                direction(np.array([params["ra_deg"]]), np.array([params["dec_deg"]])),
            )[0]
        )
        details["separation_deg"] = round(away, 4)
        computed = Amount(away, "deg")
        # "from the same place" has to hold to the width of the place itself
        width = params.get("width_deg", 0.0)
        outcome = compared(claimed, computed) if away > width else "agrees"
        sentence += f", {away:.1f} degrees from the named place" + (
            f" of {width:.1f} degrees width" if width else ""
        )
    else:
        claimed = asserted_of("close_approach_distance", asserted)
        computed = Amount(delta, "au")
        outcome = compared(claimed, computed)
    return CheckResult(
        outcome,
        sentence + ".",
        computed=computed,
        asserted=asserted_amount(claimed),
        details=details,
        solution_id=orbit.solution.solution_id,
    )


CHECK = Check(
    name="position_at_epoch",
    question="Where was it on that date?",
    quantity="heliocentric_distance",
    references=("Embedded N-body integration with JPL DE440 planets.",),
    parameters=(
        Parameter("object", "text", "the body", required=False),
        Parameter("epoch", "date", "the instant, UTC"),
        Parameter("ra_deg", "number", "right ascension of a place in the sky", "deg", required=False, minimum=0, maximum=360),
        Parameter("dec_deg", "number", "its declination", "deg", required=False, minimum=-90, maximum=90),
        Parameter("width_deg", "number", "how wide that place is", "deg", required=False, minimum=0, maximum=180),
    ),
    run=run,
    tolerance=0.01,
    chart="orbit_3d",
)  # fmt: skip
