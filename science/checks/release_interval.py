"""Days from an observation to the first picture or data in public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from science.checks.comparing import asserted_of
from science.checks.contract import Amount, Check, CheckResult, Facts, MissingInput, Outcome, Parameter
from science.records import AssertedRecord


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    days: dict[str, int] = {}
    silent: list[str] = []
    names: dict[str, str] = {}
    for key in params["campaigns"]:
        campaign = facts.campaign(key)
        names[key] = campaign.facility
        if campaign.first_public is None or campaign.first_public_kind == "statement":
            silent.append(key)
        elif campaign.observed_from is None:
            raise MissingInput(f"campaign {key} has no observing date")
        else:
            days[key] = (campaign.first_public - campaign.observed_from).days
    longest = params["asserted_max_days"]
    claimed = asserted_of("count", asserted)
    outcome: Outcome
    if claimed is not None and claimed.value == 0:
        # "nothing was released" counts the campaigns whose pictures or data are public
        outcome = "disagrees" if days else "cannot_tell"
    elif not days:
        outcome = "cannot_tell"
    else:
        outcome = "agrees" if max(days.values()) <= longest and not silent else "disagrees"
    told = ", ".join(
        f"{names[key]} {number} days" for key, number in sorted(days.items(), key=lambda item: item[1])
    )
    quiet = (
        f"; no public picture or data on record for {', '.join(names[key] for key in silent)}"
        if silent
        else ""
    )
    sentence = f"From first observation to first public picture or data: {told or 'none on record'}{quiet}."
    first = min(days.values(), default=None)
    return CheckResult(
        outcome,
        sentence,
        computed=Amount(first, "d", plus=max(days.values()) - first, minus=0.0)
        if first is not None
        else None,
        asserted=Amount(longest, "d"),
        details={"days": days, "not_public": silent},
    )


CHECK = Check(
    name="release_interval",
    question="How many days passed until the first picture or data was public?",
    quantity="release_interval",
    references=("Dates of the catalogue's campaigns, each with its source.",),
    parameters=(
        Parameter("campaigns", "campaigns", "ids of campaigns"),
        Parameter(
            "asserted_max_days", "number", "the longest interval asserted", "d", minimum=0, maximum=1e5
        ),
    ),
    run=run,
    tolerance=0.0,
    chart="release_timeline",
)
