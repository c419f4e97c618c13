"""What an archive answered for a facility and a window; a zero counts only beside a control that found rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from science.checks.contract import Amount, Check, CheckResult, Facts, Outcome, Parameter
from science.records import AssertedRecord


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    archive, facility = params["archive"], params["facility"]
    window = f"{params['window_from']} to {params['window_to']}"
    answer = facts.holdings(archive, facility, params["window_from"], params["window_to"])
    if answer is None or not answer.answered or answer.row_count is None:
        return CheckResult(
            "could_not_look",
            f"The archive ({archive}) has not answered a question for {facility}, {window}; nothing follows from that.",
        )
    asked = f"asked on {answer.asked_at:%Y-%m-%d}"
    outcome: Outcome = "cannot_tell"
    if answer.row_count == 0:
        if not answer.control_row_count:
            sentence = (
                f"We found no products of {facility} for {window} ({asked}), and no control query found any either, "
                "so the zero says nothing."
            )
        else:
            outcome = "disagrees" if params["expects"] == "zero" else "cannot_tell"
            sentence = (
                f"We found no products of {facility} for {window} ({asked}), while a control query of the same kind found "
                f"{answer.control_row_count}."
            )
    else:
        outcome = "disagrees" if params["expects"] == "rows" else "cannot_tell"
        sentence = (
            f"The archive ({archive}) holds {answer.row_count} products of {facility} for {window} ({asked})."
        )
    return CheckResult(
        outcome,
        sentence,
        computed=Amount(float(answer.row_count)),
        details={"control_rows": answer.control_row_count, "first_public": answer.first_public},
    )


CHECK = Check(
    name="archive_holdings",
    question="What does the archive hold for that instrument and those dates?",
    quantity="count",
    references=("Polls of the archive, kept for good.",),
    parameters=(
        Parameter("archive", "text", "archive id"),
        Parameter("facility", "text", "facility or instrument"),
        Parameter("window_from", "date", "first day"),
        Parameter("window_to", "date", "last day"),
        Parameter("expects", "choice", "what would contradict the claim", choices=("zero", "rows", "any")),
        Parameter("control_from", "date", "first day of a window known to have rows", required=False),
        Parameter("control_to", "date", "its last day", required=False),
    ),
    run=run,
    tolerance=0.0,
    chart="release_timeline",
)
