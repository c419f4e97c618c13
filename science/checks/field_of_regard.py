"""The dates on which a telescope may point at the object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from science.checks.contract import Amount, Check, CheckResult, Facts, MissingInput, Outcome, Parameter
from science.checks.pointing import body_of, every, iso, observer, spoken, states, window
from science.encounters import elongation_windows
from science.ephemerides import ephemeris
from science.records import AssertedRecord

# Sun angles at which Webb may point: JWST Observatory Coordinate System and Field of Regard, 85 to 135
# degrees (JWST User Documentation, STScI).
LIMITS_DEG = {"JWST": (85.0, 135.0)}
STEP_H = 2.0


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    telescope = params["observatory"]
    if telescope not in LIMITS_DEG:
        raise MissingInput(f"the field of regard of {telescope} is not on record")
    low, high = LIMITS_DEG[telescope]
    body = body_of(dict(params), facts)
    first, last = window(dict(params))
    place = observer("observatory", telescope)
    orbit = facts.orbit(body)
    instants = every(first, last, STEP_H)
    table = states(orbit, first, last)
    rows = ephemeris(table, place, instants)
    if rows.elongation_deg is None:
        raise MissingInput(f"{telescope} has no solar elongation")
    angles = rows.elongation_deg
    inside = (angles >= low) & (angles <= high)
    smallest, largest = float(np.min(angles)), float(np.max(angles))
    share = float(np.mean(inside))
    outcome: Outcome = "disagrees" if share == 0 else "within_limit"
    reach = (
        "never"
        if share == 0
        else "throughout"
        if share == 1
        else f"for {100 * share:.0f} per cent of the time"
    )
    beside = f" (its own place is known to {place.accuracy_km:,.0f} km)" if place.accuracy_km else ""
    windows = [
        [iso(found.start_utc), iso(found.stop_utc)]
        for found in elongation_windows(table, place, low, high, first, last)
    ]
    return CheckResult(
        outcome,
        f"{telescope} may point between {low:.0f} and {high:.0f} degrees from the Sun; from {spoken(iso(first))[:10]} to "
        f"{params['window_to'][:10]} {body} stood {smallest:.1f} to {largest:.1f} degrees from it, {reach} inside{beside}.",
        computed=Amount(smallest, "deg", plus=largest - smallest, minus=0.0),
        asserted=Amount(low, "deg", plus=high - low, minus=0.0),
        details={
            "share_inside": round(share, 4),
            "windows": windows,
            "observer_accuracy_km": place.accuracy_km,
            "as_expected": None
            if "expects" not in params
            else (share > 0) == (params["expects"] == "inside"),
        },
        solution_id=orbit.solution.solution_id,
    )


CHECK = Check(
    name="field_of_regard",
    question="Could the telescope point at the object on those dates?",
    quantity="solar_elongation",
    references=(
        "JWST User Documentation: Observatory Coordinate System and Field of Regard (85 to 135 degrees)",
    ),
    parameters=(
        Parameter("observatory", "choice", "the telescope", choices=tuple(LIMITS_DEG)),
        Parameter("object", "text", "the body", required=False),
        Parameter("window_from", "date", "first day"),
        Parameter("window_to", "date", "last day"),
        Parameter(
            "expects", "choice", "what the review expects", required=False, choices=("inside", "outside")
        ),
    ),
    run=run,
    tolerance=0.02,
    chart="elongation_timeline",
)
