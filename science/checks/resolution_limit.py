"""The smallest separation that an image can show at its distance, against the size of the body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from science.checks.comparing import asserted_amount, asserted_of, printed
from science.checks.contract import Amount, Check, CheckResult, Facts, Parameter, ParameterRefused
from science.records import AssertedRecord

# Two points show as two when a pixel lies between them (sampling theorem; Shannon 1949, Proc. IRE 37, 10)
PIXELS_APART = 2.0
KM = {"km": 1.0, "m": 1e-3, "au": 149597870.7}


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    pixel = facts.number(params["pixel_measurement"])
    size = facts.number(params["size_measurement"])
    if pixel.unit not in KM:
        raise ParameterRefused(
            "pixel_measurement", f"{pixel.key} is in {pixel.unit or 'no unit'}, expected a length a pixel"
        )
    if size.unit not in KM:
        raise ParameterRefused(
            "size_measurement", f"{size.key} is in {size.unit or 'no unit'}, expected a length"
        )
    pixel_km = (pixel.value or 0.0) * KM[pixel.unit]
    # radii are doubled, axis lengths are diameters already
    diameter_km = (size.value or 0.0) * KM[size.unit] * (1.0 if size.quantity == "axis_length" else 2.0)
    separation_km = PIXELS_APART * pixel_km
    share = diameter_km / pixel_km
    claimed = asserted_of("count", asserted)
    seen = (
        "is resolved"
        if diameter_km >= separation_km
        else "falls inside one pixel"
        if share < 1
        else "is not resolved"
    )
    return CheckResult(
        "cannot_tell",
        f"One pixel covers {printed(pixel_km)} km, so nothing closer together than {printed(separation_km)} km shows as "
        f"two; the nucleus of {printed(diameter_km)} km {seen} ({printed(share)} pixels).",
        computed=Amount(separation_km, "km", limit="lower"),
        asserted=asserted_amount(claimed),
        details={"nucleus_pixels": float(f"{share:.4g}"), "pixel_km": float(f"{pixel_km:.4g}")},
    )


CHECK = Check(
    name="resolution_limit",
    question="What is the smallest separation that the image can show?",
    quantity="pixel_scale_linear",
    references=("Shannon 1949, Proc. IRE 37, 10 (two samples a feature)",),
    parameters=(
        Parameter("pixel_measurement", "measurement", "id of a linear pixel scale"),
        Parameter("size_measurement", "measurement", "id of a radius or axis length"),
    ),
    run=run,
    tolerance=0.1,
)
