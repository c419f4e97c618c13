"""The speed of the object in each frame of reference, and the frame that an asserted number belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from science import planets
from science.checks.comparing import asserted_amount, asserted_of, compared
from science.checks.contract import Amount, Check, CheckResult, Facts, Outcome, Parameter, ParameterRefused
from science.checks.excess_speed import speed_far_away_km_s
from science.checks.pointing import body_of, instant, iso, spoken, states
from science.constants import AU_D_IN_KM_S
from science.records import AssertedRecord
from science.refusals import Refused
from science.timescales import from_utc

FRAME_QUANTITY = {"heliocentric_speed": "Sun", "excess_speed": "far away"}


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    body = body_of(dict(params), facts)
    moment = instant("epoch", params["epoch"])
    orbit = facts.orbit(body)
    table = states(orbit, moment, moment)
    tdb = from_utc(moment).tdb
    _, motion = table.state(tdb)
    _, sun_motion = planets.state(10, tdb)
    try:
        asked = planets.NAMES[planets.body_id(params["relative_to"])]
    except (Refused, KeyError) as problem:
        raise ParameterRefused("relative_to", str(problem)) from problem
    speeds = {}
    for name in dict.fromkeys((asked, "Sun", "Mars", "Earth")):
        _, drift = planets.state(planets.body_id(name), tdb)
        speeds[name] = float(np.linalg.norm(motion + sun_motion - drift)) * AU_D_IN_KM_S
    speeds["far away"] = speed_far_away_km_s(orbit)
    claimed = next(
        (
            found
            for name in ("relative_speed", "heliocentric_speed", "excess_speed")
            if (found := asserted_of(name, asserted))
        ),
        None,
    )
    frame = FRAME_QUANTITY.get(claimed.quantity, asked) if claimed else asked
    computed = Amount(speeds[frame], "km / s")
    outcome: Outcome = compared(claimed, computed)
    belongs = None
    if claimed is not None and outcome == "disagrees":
        others = [
            name
            for name in speeds
            if name != frame and compared(claimed, Amount(speeds[name], "km / s")) == "agrees"
        ]
        if others:
            belongs, outcome = (
                min(others, key=lambda name: abs(speeds[name] - (claimed.value or 0.0))),
                "frame_mismatch",
            )
    listed = ", ".join(
        f"{value:.2f} km/s {'far from the Sun' if name == 'far away' else f'relative to the {name}' if name == 'Sun' else f'relative to {name}'}"
        for name, value in speeds.items()
    )
    beside = ""
    if belongs and claimed:
        where = (
            "far from the Sun"
            if belongs == "far away"
            else f"relative to {'the Sun' if belongs == 'Sun' else belongs}"
        )
        beside = f" The asserted {claimed.value:g} km/s is nearest to its speed {where}."
    return CheckResult(
        outcome,
        f"On {spoken(iso(moment))} {body} moved at {listed}.{beside}",
        computed=computed,
        asserted=asserted_amount(claimed),
        details={
            "speeds_km_s": {name: round(value, 3) for name, value in speeds.items()},
            "belongs_to": belongs,
        },
        solution_id=orbit.solution.solution_id,
    )


CHECK = Check(
    name="relative_speed",
    question="How fast was it, relative to what?",
    quantity="relative_speed",
    references=("Embedded ephemeris with JPL DE440 planets.",),
    parameters=(
        Parameter("relative_to", "text", "a planet, the Moon or the Sun"),
        Parameter("object", "text", "the body", required=False),
        Parameter("epoch", "date", "the instant, UTC"),
    ),
    run=run,
    tolerance=0.01,
    chart="asserted_vs_measured",
)
