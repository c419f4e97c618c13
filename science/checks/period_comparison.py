"""An asserted period beside the periods that were measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from science.checks.comparing import compared, in_words, measured_amount, printed
from science.checks.contract import Amount, Check, CheckResult, Facts, MissingInput, Outcome, Parameter
from science.records import AssertedRecord, MeasurementRecord

SECONDS = {"s": 1.0, "h": 3600.0, "d": 86400.0, "min": 60.0}


def in_seconds(row: MeasurementRecord) -> Amount:
    """A measured period in seconds, errors and limit kept."""
    factor = SECONDS[row.unit]
    return Amount(
        (row.value or 0.0) * factor,
        "s",
        None if row.plus is None else row.plus * factor,
        None if row.minus is None else row.minus * factor,
        row.limit,
    )


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    asserted_s = params["asserted_s"]
    rows = [row for row in facts.measurements_of(params["quantity"], params["object"]) if row.unit in SECONDS]
    if not rows:
        raise MissingInput(
            f"no measured {params['quantity'].replace('_', ' ')} of {params['object']} is on record"
        )
    claimed = AssertedRecord(params["quantity"], asserted_s, "s", "approx")
    values = [row for row in rows if row.limit == "value"]
    outcomes = {row.key: compared(claimed, in_seconds(row)) for row in rows}
    matching = [row for row in values if outcomes[row.key] == "agrees"]
    nearest = min(values or rows, key=lambda row: abs(_log_ratio(in_seconds(row).value, asserted_s)))
    computed = in_seconds(nearest)
    times = (computed.value or 0.0) / asserted_s
    outcome: Outcome
    if matching:
        outcome = "agrees"
        sentence = (
            f"{printed(asserted_s, 4)} s agrees with {len(matching)} of {len(values)} measured periods; the nearest is "
            f"{in_words(measured_amount(nearest), 4)}."
        )
    else:
        outcome = "disagrees"
        how = f"{printed(times)} times longer" if times >= 1 else f"{printed(1 / times)} times shorter"
        sentence = (
            f"None of the {len(rows)} measured periods and limits is {printed(asserted_s)} s: the nearest, "
            f"{in_words(measured_amount(nearest), 4)}, is {how}."
        )
    return CheckResult(
        outcome,
        sentence,
        computed=computed,
        asserted=Amount(asserted_s, "s"),
        details={"outcomes": outcomes, "nearest": nearest.key},
    )


def _log_ratio(value: float | None, other: float) -> float:
    from math import log

    return log((value or other) / other)


CHECK = Check(
    name="period_comparison",
    question="Is the asserted period among the periods that were measured?",
    quantity="rotation_period",
    references=("Measured periods of the catalogue, each with its source.",),
    parameters=(
        Parameter("asserted_s", "number", "the asserted period", "s", minimum=1e-9, maximum=1e12),
        Parameter("quantity", "quantity", "which measured periods to compare with"),
        Parameter("object", "text", "the body whose periods were measured"),
    ),
    run=run,
    tolerance=0.02,
    chart="period_ladder",
)
