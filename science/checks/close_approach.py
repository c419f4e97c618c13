"""When, how near and how fast the object passed a planet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from science.checks.comparing import asserted_amount, asserted_of, compared, in_words, printed
from science.checks.contract import Amount, Check, CheckResult, Facts, Outcome, Parameter, ParameterRefused
from science.checks.pointing import body_of, iso, spoken, states, tdb_jd, window
from science.constants import AU_KM
from science.encounters import close_approaches
from science.ephemerides import ephemeris
from science.records import AssertedRecord
from science.refusals import Refused
from science.timescales import from_tdb_jd


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    body = body_of(dict(params), facts)
    first, last = window(dict(params))
    orbit = facts.orbit(body)
    table = states(orbit, first, last)
    try:
        found = close_approaches(table, params["body"], start_tdb_jd=tdb_jd(first), stop_tdb_jd=tdb_jd(last))
    except Refused as problem:
        raise ParameterRefused("body", str(problem)) from problem
    if not found:
        return CheckResult(
            "cannot_tell",
            f"{body} had no closest approach to {params['body']} between {params['window_from']} and {params['window_to']}.",
            solution_id=orbit.solution.solution_id,
        )
    nearest = min(found, key=lambda approach: approach.distance_au)
    rows = ephemeris(table, "500", from_tdb_jd(nearest.tdb_jd))
    # three sigma along the line of sight from the Earth stand in for those of the distance
    sigma_km = (
        float(rows.range_sigma_km[0]) / 3.0 if rows.range_sigma_km is not None else orbit.solution.fit_rms_km
    )
    sigma_au = sigma_km / AU_KM if sigma_km is not None else None
    distance = Amount(nearest.distance_au, "au", sigma_au, sigma_au)
    at = iso(nearest.utc)
    claimed = asserted_of("close_approach_distance", asserted)
    computed, outcome = distance, compared(claimed, distance)
    if (
        claimed is None
        and (dated := asserted_of("close_approach_epoch", asserted)) is not None
        and dated.value_time
    ):
        claimed, computed = dated, Amount(None, value_time=at)
        outcome = _same_date(dated.value_time, at)
    return CheckResult(
        outcome,
        f"{body} passed {params['body']} on {spoken(at)} at {in_words(Amount(nearest.distance_au, 'au'), 6)} "
        f"({printed(nearest.distance_km / 1e6, 4)} million km) and {nearest.relative_speed_km_s:.2f} km/s.",
        computed=computed,
        asserted=asserted_amount(claimed),
        details={
            "at": at,
            "distance_au": round(nearest.distance_au, 8),
            "distance_km": round(nearest.distance_km),
            "relative_speed_km_s": round(nearest.relative_speed_km_s, 4),
            "sigma_km": None if sigma_km is None else round(sigma_km, 1),
        },
        solution_id=orbit.solution.solution_id,
    )


def _same_date(asserted: str, computed: str) -> Outcome:
    """Whether a date agrees to the precision it was given in."""
    return "agrees" if computed.startswith(asserted.rstrip("Z")) else "disagrees"


CHECK = Check(
    name="close_approach",
    question="When and how near did it pass?",
    quantity="close_approach_distance",
    references=("Embedded N-body integration with JPL DE440 planets; root of the radial velocity.",),
    parameters=(
        Parameter("body", "text", "a planet, the Moon or the Sun"),
        Parameter("object", "text", "the body", required=False),
        Parameter("window_from", "date", "first day"),
        Parameter("window_to", "date", "last day"),
    ),
    run=run,
    tolerance=0.001,
    chart="distance_timeline",
)
