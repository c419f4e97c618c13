"""Runs a check: validates its parameters, converts units, catches missing facts, rounds the result."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from science.checks.contract import Check, CheckResult, Facts, MissingInput, Parameter, ParameterRefused
from science.records import AssertedRecord
from science.vocabulary import QUANTITIES

ISO = re.compile(r"^-?\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?Z)?)?)?$")
LONGEST_TEXT = 200
LONGEST_LIST = 50


def run_check(
    check: Check, given: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord] = ()
) -> CheckResult:
    """Run ``check`` on ``given`` parameters and ``facts``.

    Returns
    -------
    CheckResult
        With every input by id and numbers rounded to six significant digits, so that the same call
        gives the same bytes on another day.

    Raises
    ------
    ParameterRefused
        For an unknown, missing or impossible parameter; it names the parameter and what is allowed.
    """
    params = validated(check, given)
    try:
        result = check.run(params, facts, asserted)
    except MissingInput as problem:
        result = CheckResult("missing_input", f"{sentence_case(str(problem.args[0]))}.")
    return replace(
        result,
        computed=result.computed.rounded() if result.computed else None,
        asserted=result.asserted.rounded() if result.asserted else None,
        inputs=tuple(facts.used),
    )


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def validated(check: Check, given: Mapping[str, Any]) -> dict[str, Any]:
    """``given`` with every parameter in its own unit; anything unknown or impossible is refused."""
    known = {parameter.name: parameter for parameter in check.parameters}
    for name in given:
        if name not in known and name != "note":
            raise ParameterRefused(str(name)[:60], f"unknown; allowed: {', '.join(known)}")
    params: dict[str, Any] = {}
    for name, parameter in known.items():
        if given.get(name) is None:
            if parameter.required:
                raise ParameterRefused(name, f"missing; expected {parameter.meaning}")
            continue
        params[name] = _value(parameter, given[name])
    return params


def _value(parameter: Parameter, value: Any) -> Any:
    match parameter.kind:
        case "number":
            return _number(parameter, value)
        case "numbers":
            return [_number(parameter, item) for item in _list(parameter, value)]
        case "dates":
            return [_date(parameter, item) for item in _list(parameter, value)]
        case "date":
            return _date(parameter, value)
        case "measurements" | "campaigns":
            return [_text(parameter, item) for item in _list(parameter, value)]
        case "choice":
            if value not in parameter.choices:
                raise ParameterRefused(
                    parameter.name, f"{_shown(value)} is not one of {', '.join(parameter.choices)}"
                )
            return value
        case "quantity":
            if value not in QUANTITIES:
                raise ParameterRefused(parameter.name, f"{_shown(value)} is not a quantity of the vocabulary")
            return value
        case _:
            return _text(parameter, value)


def _number(parameter: Parameter, value: Any) -> float:
    unit = parameter.unit
    if isinstance(value, Mapping):
        unknown = set(value) - {"value", "unit"}
        if unknown or "value" not in value:
            raise ParameterRefused(parameter.name, 'expected a number or {"value": number, "unit": text}')
        unit = value.get("unit", unit)
        value = value["value"]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ParameterRefused(parameter.name, f"{_shown(value)} is not a number")
    try:
        number = float(value)
    except OverflowError as problem:
        raise ParameterRefused(parameter.name, "the number is too large") from problem
    if not math.isfinite(number):
        raise ParameterRefused(parameter.name, f"{value} is not a finite number")
    if unit != parameter.unit:
        number = _converted(parameter, number, unit)
    if parameter.minimum is not None and number < parameter.minimum:
        raise ParameterRefused(
            parameter.name,
            f"{number:g} {parameter.unit} is below {parameter.minimum:g} {parameter.unit}".replace("  ", " "),
        )
    if parameter.maximum is not None and number > parameter.maximum:
        raise ParameterRefused(
            parameter.name,
            f"{number:g} {parameter.unit} is above {parameter.maximum:g} {parameter.unit}".replace("  ", " "),
        )
    return number


def _converted(parameter: Parameter, number: float, unit: Any) -> float:
    from astropy import units  # 0.2 s of imports that a call in the check's own units does not need

    if not isinstance(unit, str) or len(unit) > 40:
        raise ParameterRefused(
            parameter.name, f"unit {_shown(unit)} is not a unit; expected {parameter.unit or 'none'}"
        )
    try:
        factor = units.Unit(unit).to(units.Unit(parameter.unit))
    except (ValueError, TypeError, units.UnitConversionError) as problem:
        raise ParameterRefused(
            parameter.name, f"unit {unit!r} does not convert to {parameter.unit or 'a pure number'}"
        ) from problem
    converted = number * float(factor)
    if not math.isfinite(converted):
        raise ParameterRefused(parameter.name, f"{number:g} {unit} is too large")
    return converted


def _date(parameter: Parameter, value: Any) -> str:
    if not isinstance(value, str) or not ISO.match(value):
        raise ParameterRefused(
            parameter.name, f"{_shown(value)} is not an ISO date or UTC instant such as 2025-10-03T04:37:00Z"
        )
    return value


def _text(parameter: Parameter, value: Any) -> str:
    if not isinstance(value, str) or not value or len(value) > LONGEST_TEXT:
        raise ParameterRefused(
            parameter.name, f"{_shown(value)} is not a text of at most {LONGEST_TEXT} characters"
        )
    return value


def _list(parameter: Parameter, value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > LONGEST_LIST:
        raise ParameterRefused(parameter.name, f"expected a list of at most {LONGEST_LIST} entries")
    return value


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
