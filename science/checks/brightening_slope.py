"""How steeply the object brightens with falling distance: a fit with errors, or measured exponents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from science.checks.comparing import asserted_amount, asserted_of, compared, in_words, measured_amount
from science.checks.contract import Amount, Check, CheckResult, Facts, Parameter, ParameterRefused
from science.checks.ratio_series import outcome_of, when
from science.records import AssertedRecord


def fitted_exponent(r_h_au: Sequence[float], magnitudes: Sequence[float]) -> tuple[float, float]:
    """Exponent n of brightness proportional to r to the power -n, least squares, with its error.

    Parameters
    ----------
    r_h_au : sequence of n >= 3 distances from the Sun in au
    magnitudes : sequence of n magnitudes reduced to 1 au from the observer

    Returns
    -------
    tuple of float
        Exponent and its standard error, from the scatter about the line.

    >>> r = [1.5, 2.0, 2.5, 3.0]
    >>> n, error = fitted_exponent(r, [10 + 2.5 * 4 * np.log10(x) for x in r])
    >>> round(n, 6), round(error, 6)
    (4.0, 0.0)
    """
    x = 2.5 * np.log10(np.asarray(r_h_au, dtype=float))
    y = np.asarray(magnitudes, dtype=float)
    spread = float(np.sum((x - x.mean()) ** 2))
    slope = float(np.sum((x - x.mean()) * (y - y.mean()))) / spread
    residuals = y - y.mean() - slope * (x - x.mean())
    variance = float(np.sum(residuals**2)) / max(1, len(x) - 2)
    return slope, float(np.sqrt(variance / spread))


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    claimed = asserted_of("heliocentric_brightness_index", asserted)
    if "r_h_au" in params or "magnitudes" in params:
        distances, magnitudes = params.get("r_h_au", []), params.get("magnitudes", [])
        if len(distances) != len(magnitudes) or len(distances) < 3:
            raise ParameterRefused("magnitudes", "give as many magnitudes as distances, three at least")
        if min(distances) <= 0 or max(distances) == min(distances):
            raise ParameterRefused("r_h_au", "distances must be above zero and differ")
        exponent, error = fitted_exponent(distances, magnitudes)
        computed = Amount(exponent, "", error, error)
        sentence = f"A line through {len(distances)} magnitudes gives brightness proportional to r to the power −{in_words(computed)}."
        return CheckResult(
            compared(claimed, computed),
            sentence,
            computed=computed,
            asserted=asserted_amount(claimed),
        )
    if "measurements" not in params:
        raise ParameterRefused("measurements", "missing; give measurements, or r_h_au and magnitudes")
    rows = [facts.number(key) for key in params["measurements"]]
    outcome, each = outcome_of(claimed, rows)
    agreeing = [row for row in rows if each[row.key] == "agrees"]
    if agreeing and outcome == "cannot_tell":
        # the exponent differs along the way: right for one stretch is neither right nor wrong for the whole
        told = f", so the asserted exponent fits {len(agreeing)} of {len(rows)} stretches"
    else:
        told = ""
    listed = "; ".join(f"{in_words(measured_amount(row))}{when(row)}" for row in rows)
    nearest = agreeing[0] if agreeing else rows[0]
    return CheckResult(
        outcome,
        f"Measured exponents: {listed}{told}.",
        computed=measured_amount(nearest),
        asserted=asserted_amount(claimed),
        details={"outcomes": each},
    )


CHECK = Check(
    name="brightening_slope",
    question="How steeply did it brighten on the way in?",
    quantity="heliocentric_brightness_index",
    references=("Measured exponents of the catalogue; least squares for one's own magnitudes.",),
    parameters=(
        Parameter("measurements", "measurements", "ids of measured exponents", required=False),
        Parameter("r_h_au", "numbers", "distances from the Sun in au", required=False),
        Parameter("magnitudes", "numbers", "magnitudes reduced to 1 au", required=False),
    ),
    run=run,
    tolerance=0.1,
)
