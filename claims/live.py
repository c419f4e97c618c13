"""What may change about a published version after it was frozen: stale marks and check runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db.models import Max, TextField
from django.db.models.functions import Cast

from claims.models import CheckRun
from claims.queries import standing_stale_marks


def stale_reasons(versions: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """Why each version may be out of date, oldest reason first, by the version's id."""
    reasons: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = standing_stale_marks(list(versions)).values(
        "version_id", "reason", "detail", "subject_key", "since"
    )
    for row in rows:
        reasons[row["version_id"]].append(
            {
                "reason": row["reason"],
                "detail": row["detail"],
                "subject": row["subject_key"] or None,
                "since": row["since"],
            }
        )
    return reasons


def run_key(name: str, params: dict[str, Any]) -> str:
    """What tells two checks of a claim apart: the same check may stand there twice with other parameters."""
    return f"{name} {orjson.dumps(params, option=orjson.OPT_SORT_KEYS).decode()}"


@dataclass(frozen=True, slots=True)
class ToldRun:
    """What a check's entry tells of its run."""

    outcome: str
    sentence: str
    result: dict[str, Any]
    as_of: datetime


def newest_check_runs(claims: Iterable[int]) -> dict[int, list[int]]:
    """The ids of the newest run of each check of each claim, by the claim's id."""
    newest: dict[int, list[int]] = defaultdict(list)
    rows = CheckRun.objects.filter(claim__in=list(claims)).order_by().values("claim", "name", "params")
    for claim, run in rows.annotate(newest=Max("pk")).values_list("claim", "newest"):
        newest[claim].append(run)
    return newest


def told_check_runs(runs: Iterable[int]) -> dict[int, dict[str, ToldRun]]:
    """These runs as lists of many claims need them: claim's id -> `run_key` -> run."""
    told: dict[int, dict[str, ToldRun]] = defaultdict(dict)
    # as text: orjson reads it in a fraction of the time that the JSON columns take
    rows = CheckRun.objects.filter(pk__in=list(runs)).annotate(
        params_text=Cast("params", TextField()), result_text=Cast("result", TextField())
    )
    for claim, name, params, outcome, sentence, result, as_of in rows.values_list(
        "claim", "name", "params_text", "outcome", "sentence", "result_text", "as_of"
    ):
        told[claim][run_key(name, orjson.loads(params))] = ToldRun(
            outcome, sentence, orjson.loads(result), as_of
        )
    return told


def latest_check_runs(claims: Iterable[int]) -> dict[int, dict[str, CheckRun]]:
    """The newest run of each check of each claim: claim's id -> `run_key` -> run."""
    newest = (
        CheckRun.objects.filter(claim__in=list(claims))
        .order_by()
        .values("claim", "name", "params")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    runs: dict[int, dict[str, CheckRun]] = defaultdict(dict)
    for run in CheckRun.objects.filter(pk__in=newest).order_by():
        runs[run.claim_id][run_key(run.name, run.params)] = run
    return runs


def check_entries(
    named: Iterable[dict[str, Any]], runs: Mapping[str, CheckRun | ToldRun]
) -> list[dict[str, Any]]:
    """A claim's checks with their latest outcome; one that has never run has the outcome None."""
    entries = []
    for check in named:
        run = runs.get(run_key(check["name"], check["params"]))
        result: dict[str, Any] = run.result if run else {}
        entries.append(
            {
                "name": check["name"],
                "outcome": run.outcome if run else None,
                "sentence": run.sentence if run else None,
                "computed": _value_and_unit(result.get("computed")),
                "asserted": _value_and_unit(result.get("asserted")),
                "as_of": run.as_of if run else None,
            }
        )
    return entries


def _value_and_unit(number: Any) -> dict[str, Any] | None:
    if not isinstance(number, dict):
        return None
    return {"value": number.get("value"), "unit": number.get("unit")}


def last_change(published_at: datetime, stale: list[dict[str, Any]]) -> datetime:
    """When what the public reads of a claim last changed: its publication or a later stale mark."""
    return max([published_at, *(reason["since"] for reason in stale)])
