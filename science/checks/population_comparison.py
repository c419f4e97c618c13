"""Where a value stands among those of other bodies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from science.checks.comparing import (
    asserted_amount,
    asserted_of,
    compared,
    counted,
    in_words,
    measured_amount,
    printed,
)
from science.checks.contract import Amount, Check, CheckResult, Facts, MissingInput, Outcome, Parameter
from science.checks.ratio_series import outcome_of
from science.records import AssertedRecord, MeasurementRecord
from science.vocabulary import QUANTITIES

# Rates change steeply with the distance from the Sun: they are only set side by side, never divided
RATES = ("1 / s", "kg / s")
NAMED = 4


def _near(own: Sequence[MeasurementRecord], others: Sequence[MeasurementRecord]) -> MeasurementRecord:
    """The value of the body measured nearest to the distances at which others were measured."""
    distances = [row.r_h_au for row in others if row.r_h_au is not None]
    placed = [row for row in own if row.r_h_au is not None]
    if not distances or not placed:
        return own[-1]
    return min(placed, key=lambda row: min(abs((row.r_h_au or 0.0) - other) for other in distances))


def _told(row: MeasurementRecord) -> str:
    where = f" at {row.r_h_au:g} au" if row.r_h_au is not None else ""
    return f"{row.body} {in_words(measured_amount(row))}{where}"


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    quantity, body = params["quantity"], params["object"]
    rows = facts.measurements_of(quantity)
    own = [row for row in rows if row.body == body]
    others = [row for row in rows if row.body != body]
    if not own:
        raise MissingInput(f"no {quantity.replace('_', ' ')} of {body} is on record")
    if not others:
        raise MissingInput(f"no {quantity.replace('_', ' ')} of another body is on record")
    rate = QUANTITIES[quantity].unit in RATES
    chosen = _near(own, others) if rate else own[-1]
    detected = [row for row in others if row.limit == "value" and (row.value or 0.0) > 0]
    bodies = sorted({row.body for row in detected})
    middle = median(row.value for row in detected if row.value is not None) if detected and not rate else None
    factor = (chosen.value or 0.0) / middle if middle else None
    claimed = asserted_of(quantity, asserted)
    outcome: Outcome = "cannot_tell"
    if claimed is not None:
        outcome, _ = outcome_of(claimed, own)
    elif (claimed := asserted_of("count", asserted)) is not None and claimed.value is not None:
        # "never seen in another body" counts the others that show it
        outcome = compared(claimed, Amount(float(len(bodies))))
    listed = "; ".join(_told(row) for row in others[:NAMED])
    more = f"; and {len(others) - NAMED} more" if len(others) > NAMED else ""
    beside = ""
    if factor is not None and middle is not None:
        bound = {"value": "", "upper": "at most ", "lower": "at least "}[chosen.limit]
        beside = f" That is {bound}{printed(factor)} times the middle value of {counted(len(bodies), 'other body or group', 'other bodies or groups')}."
    return CheckResult(
        outcome,
        f"{QUANTITIES[quantity].symbol}: {_told(chosen)}, beside {listed}{more}.{beside}",
        computed=Amount(factor, limit=chosen.limit) if factor is not None else measured_amount(chosen),
        asserted=asserted_amount(claimed),
        details={
            "others": sorted({row.body for row in others}),
            "median_of_others": middle,
            "detected_in": bodies,
        },
    )


CHECK = Check(
    name="population_comparison",
    question="Where does the body stand among others that were measured?",
    quantity="fraction",
    references=("Measurements of the catalogue, each with its source.",),
    parameters=(
        Parameter("quantity", "quantity", "what is compared"),
        Parameter("object", "text", "the body"),
    ),
    run=run,
    tolerance=0.1,
    chart="ratio_series",
)
