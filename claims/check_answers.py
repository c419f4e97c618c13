"""Checks as programs read and run them: the registry with its inputs, a claim's runs, and one's own numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from claims.addresses import absolute
from claims.checking import ground
from claims.live import latest_check_runs, run_key
from claims.models import CheckRun, Claim
from claims.records import to_json
from ephemeris.models import SmallBody
from science.checks.contract import Amount, Check, ParameterRefused
from science.checks.registry import checks
from science.checks.running import run_check
from science.records import AssertedRecord
from science.vocabulary import QUANTITIES

RELATIONS = ("eq", "gt", "lt", "approx")
MOST_ASSERTED = 10
# pages of the site where an input can be read
PAGES = {"measurement": "/measurements/{}/", "campaign": "/archives/{}/"}


def check_entry(check: Check) -> dict[str, Any]:
    """A registered check with its input schema."""
    return {
        "name": check.name,
        "question": check.question,
        "quantity": check.quantity,
        "references": list(check.references),
        "tolerance": check.tolerance,
        "inputs": [
            {
                "name": parameter.name,
                "kind": parameter.kind,
                "meaning": parameter.meaning,
                "unit": parameter.unit or None,
                "required": parameter.required,
                "minimum": parameter.minimum,
                "maximum": parameter.maximum,
                "choices": list(parameter.choices) or None,
            }
            for parameter in check.parameters
        ],
        "run_url": absolute(f"/api/v1/checks/{check.name}"),
    }


def check_entries() -> list[dict[str, Any]]:
    return [check_entry(check) for check in checks().values()]


def claim_check_entries(claim: Claim) -> list[dict[str, Any]]:
    """The checks of a claim's published version with the newest run of each."""
    document: dict[str, Any] = (claim.current_version.document if claim.current_version else None) or {}
    runs = latest_check_runs([claim.pk]).get(claim.pk, {})
    entries = []
    for named in document.get("checks", []):
        check = checks().get(named["name"])
        run = runs.get(run_key(named["name"], named["params"]))
        entries.append(
            {
                "name": named["name"],
                "question": check.question if check else None,
                "parameters": named["params"],
                "run_url": absolute(f"/api/v1/checks/{named['name']}"),
            }
            | (_of_run(run) if run else NEVER_RUN)
        )
    return entries


NEVER_RUN: dict[str, Any] = {
    "outcome": None, "sentence": None, "asserted": None, "computed": None, "inputs": [], "as_of": None, "seed": None,
    "solution": None, "details": {},
}  # fmt: skip


def _of_run(run: CheckRun) -> dict[str, Any]:
    return {
        "outcome": run.outcome,
        "sentence": run.sentence,
        "asserted": _amount(run.result.get("asserted")),
        "computed": _amount(run.result.get("computed")),
        "inputs": [input_entry(item["kind"], item["id"]) for item in run.inputs],
        "as_of": run.as_of.isoformat(),
        "seed": run.seed,
        "solution": run.result.get("solution"),
        "details": run.result.get("details", {}),
    }


def _amount(given: dict[str, Any] | None) -> dict[str, Any] | None:
    """A number with every member of the contract, those that are missing as null."""
    if not given:
        return None
    return {name: given.get(name) for name in ("value", "value_time", "plus", "minus", "unit")} | {
        "limit": given.get("limit", "value")
    }


def input_entry(kind: str, key: str) -> dict[str, Any]:
    """An input by kind and id, with the page or answer where it can be read."""
    if kind == "solution":
        url: str | None = absolute(f"/api/v1/objects/{key.partition('/')[0]}/solutions/")
    else:
        url = absolute(PAGES[kind].format(key)) if kind in PAGES else None
    return {"kind": kind, "id": key, "url": url}


def own_numbers_answer(check: Check, body: Mapping[str, Any], as_of: datetime) -> dict[str, Any]:
    """Run a check on somebody's own numbers.

    ``body`` holds the parameters (at its top or under ``parameters``), optionally ``asserted`` (an object or a
    list of ``quantity``, ``value``, ``unit``, ``relation``) and ``object``.

    Raises
    ------
    ParameterRefused
        Naming the parameter and what is allowed.
    """
    given = body.get("parameters", {key: value for key, value in body.items() if key != "asserted"})
    if not isinstance(given, Mapping):
        raise ParameterRefused("parameters", "expected an object of names and values")
    given = dict(given)
    designation = body.get("object", "3I")
    if not any(parameter.name == "object" for parameter in check.parameters):
        designation = given.pop("object", designation)
    elif isinstance(given.get("object"), str):
        designation = given["object"]
    known = list(SmallBody.objects.values_list("designation", flat=True))
    if designation not in known:
        raise ParameterRefused("object", f"not an object of this record; allowed: {', '.join(known)}")
    facts = ground(as_of).facts(designation)
    result = run_check(check, given, facts, _asserted(body.get("asserted")))
    return {
        "name": check.name,
        "question": check.question,
        "outcome": result.outcome,
        "sentence": result.sentence,
        "asserted": _amount(to_json(result.asserted)),
        "computed": _amount(to_json(result.computed)),
        "inputs": [input_entry(item.kind, item.id) for item in result.inputs],
        "as_of": as_of.isoformat(),
        "seed": result.seed,
        "solution": result.solution_id,
        "details": dict(result.details),
        "references": list(check.references),
    }


def _asserted(given: Any) -> list[AssertedRecord]:
    if given is None:
        return []
    rows = given if isinstance(given, list) else [given]
    if len(rows) > MOST_ASSERTED:
        raise ParameterRefused("asserted", f"at most {MOST_ASSERTED} asserted numbers")
    return [_one_asserted(row) for row in rows]


def _one_asserted(row: Any) -> AssertedRecord:
    if not isinstance(row, Mapping) or not isinstance(row.get("quantity"), str):
        raise ParameterRefused("asserted", "expected quantity, value, unit and relation")
    quantity = QUANTITIES.get(row["quantity"])
    if quantity is None:
        raise ParameterRefused("asserted", f"{row['quantity'][:60]!r} is not a quantity of the vocabulary")
    relation = row.get("relation", "eq")
    if relation not in RELATIONS:
        raise ParameterRefused("asserted", f"relation must be one of {', '.join(RELATIONS)}")
    if quantity.kind == "time":
        value = row.get("value_time", row.get("value"))
        if not isinstance(value, str) or len(value) > 32:
            raise ParameterRefused("asserted", f"{quantity.key} is a date; expected ISO text")
        return AssertedRecord(quantity.key, None, "", relation, value_time=value)
    amount = Amount(_finite(row.get("value")), str(row.get("unit", quantity.unit)))
    return AssertedRecord(quantity.key, _in_unit(amount, quantity.unit), quantity.unit, relation)


def _finite(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e300 or value != value:
        raise ParameterRefused("asserted", "value is not a finite number")
    return float(value)


def _in_unit(amount: Amount, unit: str) -> float:
    from astropy import units

    if amount.unit == unit and amount.value is not None:
        return amount.value
    try:
        return float((amount.value or 0.0) * units.Unit(amount.unit).to(units.Unit(unit)))
    except (ValueError, TypeError, units.UnitConversionError) as problem:
        raise ParameterRefused(
            "asserted", f"unit {amount.unit[:40]!r} does not convert to {unit or 'a pure number'}"
        ) from problem
