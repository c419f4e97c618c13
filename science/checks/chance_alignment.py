"""How likely the same path would show the same coincidence, had the body arrived on another date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, radians
from typing import Any

import numpy as np
from numpy.typing import NDArray

from science import planets
from science.checks.comparing import asserted_of, compared, printed
from science.checks.contract import Amount, Check, CheckResult, Facts, Outcome, Parameter, ParameterRefused
from science.checks.pointing import body_of
from science.constants import GM_SUN, J2000_JD
from science.geometry import angle_deg
from science.kepler import kepler_step
from science.orbits import elements_from_state, state_from_elements, state_vector
from science.records import AssertedRecord, OrbitSolutionRecord

Array = NDArray[np.float64]

SEED = 3
ARRIVALS = 20_000
# fewer successes than this leave the probability open to a factor of two
FEW = 10
# Arrival dates are drawn between 1902-08-03 and 2050-10-04, whatever the kernel reaches: the draws stay the same
FIRST_ARRIVAL, LAST_ARRIVAL = 2415964.5 - J2000_JD, 2470084.5 - J2000_JD
# mean distances from the Sun in au (Murray & Dermott 1999, table A.2): the path is followed where it
# crosses the planet's neighbourhood
MEAN_DISTANCE_AU = {"Venus": 0.723, "Earth": 1.0, "Mars": 1.524, "Jupiter": 5.203}
STEP_D = {"Venus": 0.5, "Earth": 0.5, "Mars": 0.5, "Jupiter": 2.0}
SENSITIVITY = (0.5, 1.0, 2.0)


def sky_cap_probability(separation_deg: float) -> float:
    """Chance that a random direction lies within an angle of a given one.

    >>> round(sky_cap_probability(9.0), 4)
    0.0062
    """
    return (1.0 - cos(radians(separation_deg))) / 2.0


def with_trials(probability: float, trials: float) -> float:
    """Chance of at least one success in ``trials`` independent tries."""
    return 1.0 - (1.0 - probability) ** trials


class Path:
    """The two-body path of a solution about its perihelion, for arrivals on other dates."""

    def __init__(self, solution: OrbitSolutionRecord) -> None:
        elements = solution.elements or elements_from_state(state_vector(solution), solution.epoch_tdb_jd)
        state = state_from_elements(elements, elements.perihelion_time_tdb_jd)
        self.place, self.motion = np.array(state.position_au), np.array(state.velocity_au_d)

    def at(self, days: Array) -> Array:
        """Heliocentric places (n, 3), au, ``days`` after perihelion."""
        count = len(days)
        place, _ = kepler_step(
            np.broadcast_to(self.place, (count, 3)).copy(),
            np.broadcast_to(self.motion, (count, 3)).copy(),
            days,
            GM_SUN,
        )
        return place


def drawn_arrivals(count: int = ARRIVALS) -> Array:
    """Perihelion dates (TDB days past J2000.0), uniform over the span, seeded with `SEED`."""
    return np.random.Generator(np.random.PCG64(SEED)).uniform(FIRST_ARRIVAL, LAST_ARRIVAL, count)


def nearest_passes_au(path: Path, planet: str, arrivals: Array, within_au: float) -> Array:
    """Smallest distance from a planet for each arrival; inf where it stays beyond ``within_au``.

    Returns
    -------
    array (n,), au
    """
    step = STEP_D[planet]
    days = np.arange(-1000.0, 1000.0, step)
    places = path.at(days)
    r = np.linalg.norm(places, axis=1)
    # the planet's distance from the Sun swings by a tenth at most (Mars)
    near = np.abs(r - MEAN_DISTANCE_AU[planet]) <= within_au + 0.1 * MEAN_DISTANCE_AU[planet] + 0.05
    days, places = days[near], places[near]
    nearest = np.full(len(arrivals), np.inf)
    if not len(days):
        return nearest
    body = planets.body_id(planet)
    for start in range(0, len(arrivals), 250):
        chunk = arrivals[start : start + 250]
        moments = (chunk[:, None] + days[None, :]).ravel()
        there = planets.heliocentric_positions((body,), moments)[:, 0, :].reshape(len(chunk), len(days), 3)
        nearest[start : start + 250] = np.linalg.norm(there - places[None], axis=2).min(axis=1)
    return nearest


def _close_passes(params: Mapping[str, Any], facts: Facts) -> tuple[float, str, dict[str, float], str]:
    orbit = facts.orbit(body_of(dict(params), facts))
    path, arrivals = Path(orbit.solution), drawn_arrivals()
    limits = {
        planet: params[f"{planet.lower()}_within_au"]
        for planet in MEAN_DISTANCE_AU
        if f"{planet.lower()}_within_au" in params
    }
    if not limits:
        raise ParameterRefused("mars_within_au", "missing; give the distance from at least one planet")
    # the rarest pass first: only arrivals that make it are followed to the other planets
    kept = np.arange(ARRIVALS)
    passes: dict[str, Array] = {}
    for planet in sorted(limits, key=lambda name: limits[name] / MEAN_DISTANCE_AU[name]):
        reach = SENSITIVITY[-1] * limits[planet]
        nearest = np.full(ARRIVALS, np.inf)
        nearest[kept] = nearest_passes_au(path, planet, arrivals[kept], reach)
        passes[planet] = nearest
        kept = kept[nearest[kept] <= reach]

    def share(factor: float) -> float:
        return float(
            np.mean(np.all([passes[planet] <= factor * limit for planet, limit in limits.items()], axis=0))
        )

    told = " and ".join(f"{planet} within {printed(limit)} au" for planet, limit in limits.items())
    sensitivity = {f"distances x {factor:g}": share(factor) for factor in SENSITIVITY}
    return share(1.0), f"pass {told}", sensitivity, orbit.solution.solution_id


def _conjunction(params: Mapping[str, Any], facts: Facts) -> tuple[float, str, dict[str, float], str]:
    if "elongation_deg" not in params:
        raise ParameterRefused("elongation_deg", "missing; expected the angle from the Sun")
    orbit = facts.orbit(body_of(dict(params), facts))
    arrivals, limit = drawn_arrivals(), params["elongation_deg"]
    place = Path(orbit.solution).at(np.array([0.0]))
    earth = planets.heliocentric_positions((399,), arrivals)[:, 0, :]
    elongation = angle_deg(place - earth, -earth)

    def share(angle: float) -> float:
        return float(np.mean(elongation <= angle))

    sensitivity = {f"angle x {factor:g}": share(factor * limit) for factor in SENSITIVITY}
    what = f"stand within {limit:g} degrees of the Sun at perihelion, seen from the Earth"
    return share(limit), what, sensitivity, orbit.solution.solution_id


def _outcome(claimed: AssertedRecord | None, successes: int, trials: float) -> Outcome:
    """Whether an asserted probability fits the number of successes, by its Poisson spread."""
    if claimed is None or claimed.value is None:
        return "cannot_tell"
    expected = claimed.value / trials * ARRIVALS
    same = expected / 2 <= successes <= expected * 2
    if abs(expected - successes) > 3.0 * max(successes, expected, 1.0) ** 0.5 and not same:
        return "disagrees"
    return "agrees" if successes >= FEW and same else "cannot_tell"


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    trials = params.get("trials", 1.0)
    claimed = asserted_of("probability", asserted)
    if claimed is None and "asserted_probability" in params:
        claimed = AssertedRecord("probability", params["asserted_probability"], "", "approx")
    if params["criterion"] == "sky_separation":
        return _sky_separation(params, claimed, trials)
    found = _conjunction if params["criterion"] == "solar_conjunction" else _close_passes
    probability, what, sensitivity, solution_id = found(params, facts)
    successes = round(probability * ARRIVALS)
    error = max(successes, 1) ** 0.5 / ARRIVALS
    any_of = with_trials(probability, trials)
    if successes:
        computed = Amount(any_of, "", error * trials, error * trials)
    else:
        # no success in N tries: below 3/N at 95 per cent (rule of three)
        computed = Amount(3.0 / ARRIVALS * trials, "", limit="upper")
    told = f"{successes:,} of {ARRIVALS:,}" if successes else f"none of {ARRIVALS:,}"
    return CheckResult(
        _outcome(claimed, successes, trials),
        f"Of the same path with arrival dates drawn at random from 1902 to 2050, {told} {what}{_tried(any_of, trials)}. "
        f"{_caution(sensitivity)}",
        computed=computed,
        asserted=Amount(claimed.value) if claimed else None,
        details={
            "probability_of_one": probability,
            "monte_carlo_error": float(f"{error:.2g}"),
            "draws": ARRIVALS,
            "sensitivity": sensitivity,
        },
        solution_id=solution_id,
        seed=SEED,
    )


def _sky_separation(params: Mapping[str, Any], claimed: AssertedRecord | None, trials: float) -> CheckResult:
    if "separation_deg" not in params:
        raise ParameterRefused("separation_deg", "missing; expected the separation")
    angle = params["separation_deg"]
    one = sky_cap_probability(angle)
    any_of = with_trials(one, trials)
    sensitivity = {
        f"angle x {factor:g}": float(f"{sky_cap_probability(min(180.0, factor * angle)):.6g}")
        for factor in SENSITIVITY
    }
    return CheckResult(
        compared(claimed, Amount(any_of)),
        f"A random direction lies within {angle:g} degrees of a given one with a probability of {printed(one)}"
        f"{_tried(any_of, trials)}. {_caution(sensitivity)}",
        computed=Amount(any_of),
        asserted=Amount(claimed.value) if claimed else None,
        details={"sensitivity": sensitivity},
    )


def _tried(any_of: float, trials: float) -> str:
    if trials <= 1:
        return ""
    return f"; with {trials:g} such coincidences to be struck by, at least one occurs with a probability of {printed(any_of)}"


def _caution(sensitivity: Mapping[str, float]) -> str:
    return (
        f"Twice as generous a criterion gives {printed(list(sensitivity.values())[-1])}: the number depends on what is "
        "counted, and that was chosen after the fact."
    )


CHECK = Check(
    name="chance_alignment",
    question="How likely is the coincidence, and how much does that depend on what is counted?",
    quantity="probability",
    references=("Monte Carlo over arrival dates on the same two-body path; JPL DE440 planets.",),
    parameters=(
        Parameter("criterion", "choice", "what counts as the coincidence", choices=("close_passes", "sky_separation", "solar_conjunction")),
        Parameter("object", "text", "the body", required=False),
        Parameter("asserted_probability", "number", "the probability that was asserted", required=False, minimum=0, maximum=1),
        Parameter("trials", "number", "how many coincidences would have struck as much", required=False, minimum=1, maximum=1e6),
        Parameter("separation_deg", "number", "separation in the sky", "deg", required=False, minimum=0, maximum=180),
        Parameter("elongation_deg", "number", "angle from the Sun at perihelion", "deg", required=False, minimum=0, maximum=180),
        *(
            Parameter(f"{planet.lower()}_within_au", "number", f"passes {planet} within", "au", required=False, minimum=1e-4, maximum=3)
            for planet in MEAN_DISTANCE_AU
        ),
    ),
    run=run,
    tolerance=0.3,
    chart="alignment_histogram",
)  # fmt: skip
