"""How a ratio or rate went over time, with limits, beside the asserted number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from science.checks.comparing import asserted_amount, asserted_of, compared, in_words, measured_amount
from science.checks.contract import Check, CheckResult, Facts, MissingInput, Outcome, Parameter
from science.records import AssertedRecord, MeasurementRecord
from science.vocabulary import QUANTITIES


def outcome_of(
    claimed: AssertedRecord | None, rows: Sequence[MeasurementRecord]
) -> tuple[Outcome, dict[str, str]]:
    """One outcome of many rows: what all rows that decide say, ``cannot_tell`` when they differ."""
    each = {row.key: compared(claimed, measured_amount(row)) for row in rows}
    # a limit that allows a value says less than a value that was measured
    by_value = {each[row.key] for row in rows if row.limit == "value"} - {"cannot_tell"}
    decided = by_value or set(each.values()) - {"cannot_tell"}
    if len(decided) == 1:
        return decided.pop(), dict(each)
    return "cannot_tell", dict(each)


def when(row: MeasurementRecord) -> str:
    """Where and when a row was measured, as far as it is known."""
    day = row.observed_from.date().isoformat() if row.observed_from else None
    place = f"{row.r_h_au:g} au" if row.r_h_au else None
    known = [part for part in (day, place) if part]
    return f" ({', '.join(known)})" if known else ""


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    quantity, body = params["quantity"], params["object"]
    rows = facts.measurements_of(quantity, body)
    if not rows:
        raise MissingInput(f"no {quantity.replace('_', ' ')} of {body} is on record")
    claimed = asserted_of(quantity, asserted)
    outcome, each = outcome_of(claimed, rows)
    if claimed is None:
        # "no dicarbon" is said of a rate and measured as a ratio: the rate's own rows decide then
        for other in asserted:
            own = facts.measurements_of(other.quantity, body) if other.value is not None else []
            if own:
                claimed = other
                outcome, each = outcome_of(other, own)
                break
    symbol = QUANTITIES[quantity].symbol
    first, last = rows[0], rows[-1]
    if len(rows) == 1:
        sentence = f"One value of {symbol} is on record: {in_words(measured_amount(first))}{when(first)}."
    else:
        sentence = (
            f"{len(rows)} values of {symbol} are on record, from {in_words(measured_amount(first))}{when(first)} to "
            f"{in_words(measured_amount(last))}{when(last)}."
        )
    return CheckResult(
        outcome,
        sentence,
        computed=measured_amount(last),
        asserted=asserted_amount(claimed),
        details={"outcomes": each, "rows": len(rows)},
    )


CHECK = Check(
    name="ratio_series",
    question="Which values were measured, when, and do they agree with the asserted one?",
    quantity="ratio_ni_fe",
    references=("Measurements of the catalogue, each with its source.",),
    parameters=(
        Parameter("quantity", "quantity", "the ratio or rate"),
        Parameter("object", "text", "the body"),
    ),
    run=run,
    tolerance=0.1,
    chart="ratio_series",
)
