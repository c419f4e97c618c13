"""The size that a brightness asks for at an albedo, and how much of the light is coma."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from science.checks.comparing import (
    asserted_amount,
    asserted_of,
    compared,
    in_words,
    measured_amount,
    printed,
)
from science.checks.contract import Amount, Check, CheckResult, Facts, Outcome, Parameter, ParameterRefused
from science.records import AssertedRecord, MeasurementRecord

# D = 1329 km / sqrt(p) 10^(-H/5): Harris & Harris 1997, Icarus 126, 450
DIAMETER_KM = 1329.0


def radius_from_magnitude_km(absolute_magnitude: float, albedo: float) -> float:
    """Radius of a bare body of absolute magnitude H and geometric albedo p.

    >>> round(radius_from_magnitude_km(15.0, 0.04), 2)
    3.32
    """
    return float(DIAMETER_KM / 2.0 / albedo**0.5 * 10.0 ** (-absolute_magnitude / 5.0))


def nucleus_of(body: str, facts: Facts) -> MeasurementRecord | None:
    """The newest radius of the nucleus itself that is a value and not a limit."""
    rows = [
        row
        for row in facts.measurements.values()
        if row.quantity == "nucleus_radius" and row.body == body and row.limit == "value"
        and row.error_kind in (None, "sigma") and row.value and row.superseded_by is None
    ]  # fmt: skip
    direct = [row for row in rows if row.instrument]
    chosen = max(direct or rows, key=lambda row: (str(row.observed_from or ""), row.key), default=None)
    return facts.number(chosen.key) if chosen else None


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    albedo = params["albedo"]
    claimed = asserted_of("nucleus_radius", asserted)
    if "absolute_magnitude" in params:
        bare = radius_from_magnitude_km(params["absolute_magnitude"], albedo)
        body, source = facts.body, f"An absolute magnitude of {params['absolute_magnitude']:g}"
    elif "measurement" in params:
        row = facts.number(params["measurement"])
        if row.unit != "km":
            raise ParameterRefused("measurement", f"{row.key} is in {row.unit or 'no unit'}, expected km")
        bare, body, source = row.value or 0.0, row.body, "The light of nucleus and coma together"
    else:
        raise ParameterRefused("measurement", "missing; give a measurement or an absolute_magnitude")
    bound = Amount(bare, "km", limit="upper")
    sentence = f"{source} asks for a bare body of {printed(bare)} km radius at an albedo of {albedo:g}, an upper bound on the nucleus"
    nucleus = nucleus_of(body, facts) if "measurement" in params else None
    outcome: Outcome = compared(claimed, bound)
    computed, details = bound, {}
    if nucleus is not None and nucleus.value is not None:
        measured = measured_amount(nucleus)
        share = 1.0 - min(1.0, (nucleus.value / bare) ** 2)
        details = {"coma_share": float(f"{share:.4g}")}
        sentence += f"; the nucleus itself was measured as {in_words(measured)}, so {100 * share:.1f} per cent of that light is coma"
        outcome, computed = compared(claimed, measured), measured
    return CheckResult(
        outcome, f"{sentence}.", computed=computed, asserted=asserted_amount(claimed), details=details
    )


CHECK = Check(
    name="size_from_magnitude",
    question="How large a body does the brightness ask for, and how much of the light is coma?",
    quantity="nucleus_radius",
    references=("Harris & Harris 1997, Icarus 126, 450 (size, albedo and absolute magnitude)",),
    parameters=(
        Parameter("albedo", "number", "geometric albedo", minimum=0.001, maximum=1.5),
        Parameter("measurement", "measurement", "id of a radius with coma light in it", required=False),
        Parameter("absolute_magnitude", "number", "absolute magnitude H", "mag", required=False, minimum=-30, maximum=60),
    ),
    run=run,
    tolerance=0.05,
)  # fmt: skip
