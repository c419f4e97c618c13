"""The temperature that sunlight alone gives a dark body at a distance from the Sun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from science.checks.comparing import asserted_amount, asserted_of, printed
from science.checks.contract import Amount, Check, CheckResult, Facts, Outcome, Parameter
from science.records import AssertedRecord

# Black body at 1 au: solar constant 1361 W/m2 (IAU 2015 resolution B3) and sigma 5.670374419e-8
# (CODATA 2018).  A whole isothermal sphere radiates over four times the area it is lit on.
SUBSOLAR_K = (1361.0 / 5.670374419e-8) ** 0.25
ISOTHERMAL_K = SUBSOLAR_K / 4.0**0.25
# Where a solid begins to glow visibly red (Draper 1847, Am. J. Sci. 4, 388: 798 K)
DRAPER_POINT_K = 798.0


def blackbody_range_k(r_h_au: float) -> tuple[float, float]:
    """Temperature of an isothermal black sphere and of the point under the Sun.

    >>> [round(t) for t in blackbody_range_k(1.0)]
    [278, 394]
    """
    return ISOTHERMAL_K / r_h_au**0.5, SUBSOLAR_K / r_h_au**0.5


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    r_h_au = params["r_h_au"]
    coolest, hottest = blackbody_range_k(r_h_au)
    claimed = asserted_of("equilibrium_temperature", asserted)
    outcome: Outcome = "cannot_tell"
    if claimed is not None and claimed.value is not None and claimed.relation != "lt":
        if claimed.value > hottest:
            outcome = "disagrees"
        elif claimed.relation in ("eq", "approx") and claimed.value >= coolest * 0.95:
            outcome = "within_limit"
    glow = (
        " Nothing there glows: solids begin to glow red at about 798 K."
        if hottest < DRAPER_POINT_K
        else " At the point under the Sun a solid could glow red, which begins at about 798 K."
    )
    return CheckResult(
        outcome,
        f"Sunlight at {printed(r_h_au, 4)} au keeps a black body between {coolest:.0f} K (all of it evenly warm) and "
        f"{hottest:.0f} K (the point under the Sun).{glow}",
        computed=Amount(coolest, "K", plus=hottest - coolest, minus=0.0),
        asserted=asserted_amount(claimed),
        details={
            "coolest_k": round(coolest, 2),
            "hottest_k": round(hottest, 2),
            "red_glow_k": DRAPER_POINT_K,
        },
    )


CHECK = Check(
    name="equilibrium_temperature",
    question="How warm does sunlight alone make a dark body at that distance?",
    quantity="equilibrium_temperature",
    references=("IAU 2015 resolution B3 (solar irradiance)", "Draper 1847, Am. J. Sci. 4, 388 (red glow)"),
    parameters=(Parameter("r_h_au", "number", "distance from the Sun", "au", minimum=1e-3, maximum=1e5),),
    run=run,
    tolerance=0.02,
)
