"""The asserted date of a discovery against the first report of the object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from science.checks.comparing import asserted_amount, asserted_of
from science.checks.contract import Amount, Check, CheckResult, Facts, MissingInput, Outcome, Parameter
from science.records import AssertedRecord


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    body = params["object"]
    rows = sorted(
        (
            row
            for row in facts.measurements.values()
            if row.quantity == "discovery_epoch"
            and row.body == body
            and row.value_time
            and not row.superseded_by
        ),
        key=lambda row: str(row.value_time),
    )
    if not rows:
        raise MissingInput(f"no discovery date of {body} is on record")
    found = facts.measurement(rows[0].key)
    date = str(found.value_time)
    claimed = asserted_of("discovery_epoch", asserted)
    outcome: Outcome = "cannot_tell"
    beside = ""
    if claimed is not None and claimed.value_time:
        # dates are compared to the precision of the coarser one
        shorter = min(len(date), len(claimed.value_time))
        outcome = "agrees" if date[:shorter] == claimed.value_time[:shorter] else "disagrees"
        years = int(date[:4]) - int(claimed.value_time[:4])
        if years:
            later = "later" if years > 0 else "earlier"
            beside = f", {abs(years)} year{'s' if abs(years) != 1 else ''} {later} than asserted"
    return CheckResult(
        outcome,
        f"{body} was discovered on {date}{beside}."
        if len(date) == 10
        else f"{body} was discovered in {date}{beside}.",
        computed=Amount(None, value_time=date),
        asserted=asserted_amount(claimed),
    )


CHECK = Check(
    name="discovery_epoch",
    question="When was the object first reported?",
    quantity="discovery_epoch",
    references=("Discovery dates of the catalogue, each with its source.",),
    parameters=(Parameter("object", "text", "the body"),),
    run=run,
    tolerance=0.0,
)
