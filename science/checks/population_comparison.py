"""Where a value stands among those of other bodies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from science.checks.comparing import (
    asserted_amount,
    asserted_of,
    compared,
    in_words,
    measured_amount,
    printed,
)
from science.checks.contract import Amount, Check, CheckResult, Facts, MissingInput, Outcome, Parameter
from science.checks.ratio_series import outcome_of
from science.records import AssertedRecord
from science.vocabulary import QUANTITIES


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    quantity, body = params["quantity"], params["object"]
    rows = facts.measurements_of(quantity)
    own = [row for row in rows if row.body == body]
    others = [row for row in rows if row.body != body]
    if not own:
        raise MissingInput(f"no {quantity.replace('_', ' ')} of {body} is on record")
    if not others:
        raise MissingInput(f"no {quantity.replace('_', ' ')} of another body is on record")
    symbol = QUANTITIES[quantity].symbol
    latest = own[-1]
    detected = [row for row in others if row.limit == "value" and (row.value or 0.0) > 0]
    middle = median(row.value for row in detected if row.value is not None) if detected else None
    factor = (latest.value or 0.0) / middle if middle else None
    claimed = asserted_of(quantity, asserted)
    outcome: Outcome
    if claimed is not None:
        outcome, _ = outcome_of(claimed, own)
    else:
        claimed = asserted_of("count", asserted)
        outcome = "cannot_tell"
        if claimed is not None and claimed.value is not None:
            # "never seen in another body" counts the others that show it
            outcome = compared(claimed, Amount(float(len({row.body for row in detected})), ""))
    limit_word = {"value": "", "upper": "below ", "lower": "above "}[latest.limit]
    beside = (
        f"; the median of {len(detected)} values of {len({row.body for row in detected})} other bodies or groups is "
        f"{printed(middle)}, so {body} stands {limit_word}{printed(factor)} times as high"
        if middle is not None and factor is not None
        else "; other bodies have limits only"
    )
    return CheckResult(
        outcome,
        f"{symbol} of {body} is {in_words(measured_amount(latest))}{beside}.",
        computed=Amount(factor, "", limit=latest.limit),
        asserted=asserted_amount(claimed),
        details={
            "others": sorted({row.body for row in others}),
            "median_of_others": middle,
            "detected_in": sorted({row.body for row in detected}),
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
