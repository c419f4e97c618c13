"""The speed far from the Sun, and how surely the orbit is not bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from science.checks.comparing import asserted_amount, asserted_of, compared, in_words, printed
from science.checks.contract import Amount, Check, CheckResult, Facts, Orbit, Parameter
from science.checks.pointing import body_of
from science.encounters import excess_motion
from science.orbits import elements_from_state, state_vector
from science.records import AssertedRecord

# Decades before perihelion the planets act as one mass with the Sun
BEFORE_D = 30 * 365.25


def speed_far_away_km_s(orbit: Orbit) -> float:
    """Speed relative to the Solar System's barycentre on the way in, thirty years before the epoch."""
    arrival = orbit.solution.epoch_tdb_jd - BEFORE_D
    return excess_motion(orbit.states(arrival, arrival + 8.0), arrival, "incoming").excess_speed_km_s


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    body = body_of(dict(params), facts)
    orbit = facts.orbit(body)
    solution = orbit.solution
    elements = solution.elements or elements_from_state(state_vector(solution), solution.epoch_tdb_jd)
    excess = elements.eccentricity - 1.0
    sigma = solution.sigma.get("e")
    significance = excess / sigma if sigma else None
    speed = Amount(speed_far_away_km_s(orbit), "km / s")
    eccentricity = Amount(elements.eccentricity, "", sigma, sigma)
    claimed, computed = asserted_of("eccentricity", asserted), eccentricity
    if claimed is None:
        claimed, computed = asserted_of("excess_speed", asserted), speed
    sure = (
        f", {printed(significance, 2)} standard errors above a bound orbit"
        if significance is not None
        else ", where a bound orbit has less than 1"
    )
    return CheckResult(
        compared(claimed, computed),
        f"{body} came in at {in_words(speed, 4)} far from the Sun; its eccentricity is {elements.eccentricity:.3f}{sure}.",
        computed=computed if claimed is not None else speed,
        asserted=asserted_amount(claimed),
        details={
            "excess_speed_km_s": round(speed.value or 0.0, 3),
            "eccentricity": round(elements.eccentricity, 6),
        },
        solution_id=solution.solution_id,
    )


CHECK = Check(
    name="excess_speed",
    question="Is the body bound to the Sun, and how fast is it far away?",
    quantity="excess_speed",
    references=("Embedded N-body integration back to thirty years before the epoch; barycentric asymptote.",),
    parameters=(Parameter("object", "text", "the body", required=False),),
    run=run,
    tolerance=0.005,
    chart="asserted_vs_measured",
)  # fmt: skip
