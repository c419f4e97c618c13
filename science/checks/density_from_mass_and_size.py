"""Bulk density from a mass and a radius, or the mass from a density and a radius."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import pi
from typing import Any, Literal

import numpy as np

from science.checks.comparing import asserted_amount, asserted_of, compared, in_words, printed
from science.checks.contract import Amount, Check, CheckResult, Facts, Parameter, ParameterRefused
from science.records import AssertedRecord

SEED = 1
DRAWS = 40_000


def sphere_density_g_cm3(mass_kg: float, radius_km: float) -> float:
    """Bulk density of a sphere.

    >>> round(sphere_density_g_cm3(1e13, 1.3), 2)
    1.09
    """
    return mass_kg * 1e3 / (4.0 / 3.0 * pi * (radius_km * 1e5) ** 3)


def density_range(mass_kg: float, radius_km: float, plus: float, minus: float) -> tuple[float, float, float]:
    """Density with the 16th and 84th percentile of a radius with unequal errors.

    Monte Carlo of `DRAWS` radii from two half Gaussians, seeded with `SEED`: the cube turns a
    fifteen per cent error of the radius into a lopsided one of the density.

    Returns
    -------
    tuple of float
        Value, plus and minus in g/cm3.
    """
    drawn = np.random.Generator(np.random.PCG64(SEED)).standard_normal(DRAWS)
    radii = radius_km + np.where(drawn > 0, plus, minus) * drawn
    low, high = np.percentile(sphere_density_g_cm3(mass_kg, 1.0) / radii[radii > 0] ** 3, [15.865, 84.135])
    value = sphere_density_g_cm3(mass_kg, radius_km)
    return value, float(high) - value, value - float(low)


def _radius(params: Mapping[str, Any], facts: Facts) -> Amount:
    if "radius_measurement" in params:
        row = facts.number(params["radius_measurement"])
        factor = 0.5 if row.quantity == "axis_length" else 1.0
        if row.unit not in ("km", "m"):
            raise ParameterRefused(
                "radius_measurement", f"{row.key} is in {row.unit or 'no unit'}, expected a length in km"
            )
        factor *= 1e-3 if row.unit == "m" else 1.0
        return Amount(
            (row.value or 0.0) * factor,
            "km",
            None if row.plus is None else row.plus * factor,
            None if row.minus is None else row.minus * factor,
            row.limit,
        )
    if "radius_km" not in params:
        raise ParameterRefused("radius_km", "missing; give a radius or the id of a radius_measurement")
    return Amount(params["radius_km"], "km", params.get("radius_plus_km"), params.get("radius_minus_km"))


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    radius = _radius(params, facts)
    radius_km = radius.value or 0.0
    if radius_km <= 0:
        raise ParameterRefused("radius_km", "a radius must be above zero")
    if "mass_kg" not in params:
        if "density_g_cm3" not in params:
            raise ParameterRefused("mass_kg", "missing; give a mass, or a density_g_cm3 to get a mass from")
        mass = params["density_g_cm3"] / sphere_density_g_cm3(1.0, radius_km)
        flipped = Amount(mass, "kg", limit=radius.limit)
        claimed = asserted_of("nucleus_mass", asserted)
        return CheckResult(
            compared(claimed, flipped),
            f"A body of radius {in_words(radius)} and density {printed(params['density_g_cm3'])} g/cm³ weighs {in_words(flipped)}.",
            computed=flipped,
            asserted=asserted_amount(claimed),
        )
    mass = params["mass_kg"]
    if radius.limit != "value":
        opposite: Literal["upper", "lower"] = "upper" if radius.limit == "lower" else "lower"
        density = Amount(sphere_density_g_cm3(mass, radius_km), "g / cm3", limit=opposite)
        details: dict[str, Any] = {}
        seed = None
    elif radius.plus and radius.minus:
        value, plus, minus = density_range(mass, radius_km, radius.plus, radius.minus)
        density = Amount(value, "g / cm3", plus, minus)
        # a percentile of N draws near one sigma is uncertain by about 1.5 sigma / sqrt(N)
        details = {"draws": DRAWS, "monte_carlo_error": float(f"{1.5 * plus / DRAWS**0.5:.1e}")}
        seed = SEED
    else:
        density, details, seed = Amount(sphere_density_g_cm3(mass, radius_km), "g / cm3"), {}, None
    claimed = asserted_of("bulk_density", asserted)
    return CheckResult(
        compared(claimed, density),
        f"A mass of {printed(mass)} kg in a sphere of radius {in_words(radius)} has a bulk density of {in_words(density)}.",
        computed=density,
        asserted=asserted_amount(claimed),
        details=details,
        seed=seed,
    )


CHECK = Check(
    name="density_from_mass_and_size",
    question="Which bulk density do the asserted mass and the measured size imply together?",
    quantity="bulk_density",
    references=("Volume of a sphere; Monte Carlo over a radius with unequal errors.",),
    parameters=(
        Parameter("mass_kg", "number", "the mass", "kg", required=False, minimum=1e-3, maximum=1e30),
        Parameter("radius_measurement", "measurement", "id of a measured radius", required=False),
        Parameter("radius_km", "number", "a radius of your own", "km", required=False, minimum=1e-6, maximum=1e6),
        Parameter("radius_plus_km", "number", "its upper error", "km", required=False, minimum=0, maximum=1e6),
        Parameter("radius_minus_km", "number", "its lower error", "km", required=False, minimum=0, maximum=1e6),
        Parameter("density_g_cm3", "number", "a density, to get a mass from", "g / cm3", required=False, minimum=1e-6, maximum=30),
    ),
    run=run,
    tolerance=0.05,
    chart="mass_density",
)  # fmt: skip
