"""How far the measured push moved the body from where gravity alone would have taken it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from science.checks.comparing import (
    asserted_amount,
    asserted_of,
    compared,
    in_words,
    measured_amount,
    printed,
)
from science.checks.contract import Amount, Check, CheckResult, Facts, Parameter, ParameterRefused
from science.checks.pointing import body_of, instant, tdb_jd
from science.constants import AU_KM, GM_SUN, J2000_JD
from science.kepler import kepler_step
from science.orbits import elements_from_state, state_from_elements, state_vector
from science.records import AssertedRecord

PUSHES = ("nongravitational_a1", "nongravitational_acceleration", "nongravitational_a2")


def radial_displacement_km(
    perihelion_au: np.ndarray, motion_au_d: np.ndarray, a1_au_d2: float, days: float
) -> float:
    """Shift after ``days`` from perihelion by a radial push A1 (1 au / r)^2, all else the same.

    A radial push that falls as the inverse square weakens the Sun's pull by A1 (1 au)^2, so the pushed path
    is a conic about a lighter Sun: the difference of two conics is exact.

    Parameters
    ----------
    perihelion_au, motion_au_d
        State at perihelion, (3,).
    """
    with_push, _ = kepler_step(perihelion_au, motion_au_d, days, GM_SUN - a1_au_d2)
    without, _ = kepler_step(perihelion_au, motion_au_d, days, GM_SUN)
    return float(np.linalg.norm(with_push - without)) * AU_KM


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    body = body_of(dict(params), facts)
    row = facts.number(params["a1_measurement"])
    if row.unit != "au / d2":
        raise ParameterRefused("a1_measurement", f"{row.key} is in {row.unit or 'no unit'}, expected au / d2")
    push = row.value or 0.0
    orbit = facts.orbit(body)
    elements = orbit.solution.elements or elements_from_state(
        state_vector(orbit.solution), orbit.solution.epoch_tdb_jd
    )
    until = tdb_jd(instant("until", params["until"]))
    days = until - elements.perihelion_time_tdb_jd
    if not 0 < days < 20000:
        raise ParameterRefused("until", f"{params['until']} is not after the perihelion of {body}")
    state = state_from_elements(elements, elements.perihelion_time_tdb_jd)
    place, motion = np.array(state.position_au), np.array(state.velocity_au_d)
    shift = radial_displacement_km(place, motion, push, days)
    spread = None
    if row.plus is not None and row.minus is not None:
        spread = abs(radial_displacement_km(place, motion, push + max(row.plus, row.minus), days) - shift)
    computed = Amount(shift, "km", spread, spread)
    claimed = next((found for name in PUSHES if (found := asserted_of(name, asserted))), None)
    measured = measured_amount(row)
    share = push / GM_SUN
    outcome = (
        compared(claimed, measured)
        if claimed is not None and claimed.quantity in (row.quantity, "nongravitational_acceleration")
        else "cannot_tell"
    )
    return CheckResult(
        outcome,
        f"A radial push of {in_words(measured)} at 1 au, {printed(1e6 * share, 2)} millionths of the Sun's pull, shifts {body} by "
        f"{in_words(computed)} in {days:.0f} days from perihelion.",
        computed=computed,
        asserted=asserted_amount(claimed),
        details={
            "days": round(days, 2),
            "push_to_gravity": float(f"{share:.4g}"),
            "epoch_jd_origin": J2000_JD,
        },
        solution_id=orbit.solution.solution_id,
    )


CHECK = Check(
    name="nongravitational_displacement",
    question="How far did the measured push move it?",
    quantity="nongravitational_displacement",
    references=("Marsden, Sekanina & Yeomans 1973, AJ 78, 211 (force model); difference of two conics.",),
    parameters=(
        Parameter("a1_measurement", "measurement", "id of a push at 1 au"),
        Parameter("law", "choice", "how the push falls with distance", choices=("r^-2",)),
        Parameter("until", "date", "counted from perihelion to this day"),
        Parameter("object", "text", "the body", required=False),
    ),
    run=run,
    tolerance=0.1,
    chart="asserted_vs_measured",
)  # fmt: skip
