"""What a field of the catalogue may hold: types, forms and scales, and the shape of a table made of them."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from claims.catalogue.problems import Problem, Row

KEBAB = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
BIBCODE = re.compile(r"^\d{4}[A-Za-z0-9&.]{5}[A-Za-z0-9.]{9}[A-Z]$")
DOI = re.compile(r"^10\.\d{4,}/\S+$")
ARXIV = re.compile(r"^\d{4}\.\d{4,5}(v\d+)?$")
WEB = re.compile(r"^https?://\S+$")
SERIES = re.compile(r"^[a-z0-9_]+$")
POLICY = re.compile(r"^(none|unknown|months:\d+)$")
DESIGNATION = re.compile(r"^\d+I$")  # an interstellar object; everything else is a body to compare with
SOLUTION = re.compile(r"^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$")

_PARTIAL_DATES = ("%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Field:
    """A field: ``fault`` says what is wrong with a value, or returns None."""

    fault: Callable[[Any], str | None]
    required: bool = False


Shape = Mapping[str, Field]


def checked(row: Row, shape: Shape, problems: list[Problem]) -> dict[str, Any]:
    """The values of a table that fit its shape; everything else becomes a problem."""
    good: dict[str, Any] = {}
    for name, value in row.values.items():
        if name not in shape:
            close = difflib.get_close_matches(name, shape, n=1)
            meant = f"; was {close[0]} meant?" if close else ""
            problems.append(row.problem(f"unknown field {name}{meant}", name))
        elif shape[name].required and value in ("", []):
            problems.append(row.problem(f"{name} is empty", name))
        elif fault := shape[name].fault(value):
            problems.append(row.problem(f"{name} {fault}", name))
        else:
            good[name] = value
    problems += [
        row.problem(f"{name} is missing")
        for name, field in shape.items()
        if field.required and name not in row.values
    ]
    return good


def text(
    *, required: bool = False, least: int = 1, most: int | None = None, form: re.Pattern[str] | None = None,
    called: str = "", sentence: bool = False,
) -> Field:  # fmt: skip
    """A text of ``least`` to ``most`` characters, of a form that has a name."""

    def fault(value: Any) -> str | None:
        if not isinstance(value, str):
            return f"is {value!r}, expected a text"
        if len(value) < least or (most and len(value) > most):
            return f"has {len(value)} characters, allowed {least} to {most or 'any number'}"
        if form and not form.match(value):
            return f"{value!r} is not {called}"
        if sentence and not value.endswith("."):
            return "is not a sentence: it does not end with a full stop"
        return None

    return Field(fault, required)


def key(*, required: bool = True) -> Field:
    return text(required=required, form=KEBAB, called="kebab-case (small letters, digits, single hyphens)")


def web() -> Field:
    return text(form=WEB, called="a web address")


def one_of(scale: Collection[str], *, required: bool = False) -> Field:
    """A word of a scale."""

    def fault(value: Any) -> str | None:
        if isinstance(value, str) and value in scale:
            return None
        close = difflib.get_close_matches(value, scale, n=1) if isinstance(value, str) else []
        meant = f"; was {close[0]} meant?" if close else ""
        return f"{value!r} is not one of {', '.join(sorted(scale))}{meant}"

    return Field(fault, required)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def number(*, required: bool = False, least: float | None = None) -> Field:
    """A finite number."""

    def fault(value: Any) -> str | None:
        if not is_number(value):
            return f"is {value!r}, expected a finite number"
        if least is not None and value < least:
            return f"is {value}, expected at least {least:g}"
        return None

    return Field(fault, required)


def whole(lowest: int, highest: int, *, required: bool = False) -> Field:
    """A whole number within its limits."""

    def fault(value: Any) -> str | None:
        if isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest:
            return None
        return f"is {value!r}, expected a whole number from {lowest} to {highest}"

    return Field(fault, required)


def flag(*, required: bool = False) -> Field:
    def fault(value: Any) -> str | None:
        return None if isinstance(value, bool) else f"is {value!r}, expected true or false"

    return Field(fault, required)


def day(*, required: bool = False) -> Field:
    """A TOML date without time."""

    def fault(value: Any) -> str | None:
        if isinstance(value, date) and not isinstance(value, datetime):
            return None
        return f"is {value!r}, expected a date such as 2025-10-03"

    return Field(fault, required)


def moment() -> Field:
    """A TOML date, or a date and time with its zone."""

    def fault(value: Any) -> str | None:
        if isinstance(value, datetime):
            return None if value.tzinfo else f"{value} has no zone; write a Z behind it"
        return None if isinstance(value, date) else f"is {value!r}, expected a date or a date and time"

    return Field(fault)


def is_partial_date(value: Any) -> bool:
    """Whether a text is a year, a month, a day or a full ISO time ending in Z."""
    if not isinstance(value, str):
        return False
    for form in _PARTIAL_DATES:
        try:
            datetime.strptime(value, form)  # noqa: DTZ007  (only its form is asked for)
        except ValueError:
            continue
        return True
    return False


def partial_date(*, required: bool = False) -> Field:
    def fault(value: Any) -> str | None:
        return (
            None
            if is_partial_date(value)
            else f"{value!r} is not a date (YYYY, YYYY-MM, YYYY-MM-DD or with time and Z)"
        )

    return Field(fault, required)  # fmt: skip


def release_span(*, required: bool = False) -> Field:
    """A partial date, or two with a slash between."""

    def fault(value: Any) -> str | None:
        parts = value.split("/") if isinstance(value, str) else [value]
        wrong = [part for part in parts if not is_partial_date(part)]
        return f"{wrong[0]!r} is not a date" if wrong else None

    return Field(fault, required)


def texts(
    least: int = 1, most: int | None = None, *, longest: int | None = None, required: bool = False
) -> Field:
    """A list of ``least`` to ``most`` texts."""

    def fault(value: Any) -> str | None:
        if not isinstance(value, list) or not all(isinstance(entry, str) and entry for entry in value):
            return f"is {value!r}, expected a list of texts"
        if len(value) < least or (most and len(value) > most):
            return f"has {len(value)} entries, allowed {least} to {most or 'any number'}"
        long = [entry for entry in value if longest and len(entry) > longest]
        return f"has an entry longer than {longest} characters: {long[0][:40]!r}" if long else None

    return Field(fault, required)  # fmt: skip


def vector() -> Field:
    def fault(value: Any) -> str | None:
        if isinstance(value, list) and len(value) == 3 and all(is_number(entry) for entry in value):
            return None
        return f"is {value!r}, expected a list of three finite numbers"

    return Field(fault)


def tables(*, required: bool = False) -> Field:
    def fault(value: Any) -> str | None:
        if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
            return None
        return "is not a list of tables"

    return Field(fault, required)


def table(*, required: bool = False) -> Field:
    def fault(value: Any) -> str | None:
        return None if isinstance(value, dict) else "is not a table"

    return Field(fault, required)


def words(value: str) -> list[str]:
    """The words of a text in small letters, without marks: two wordings are compared by these."""
    return re.findall(r"[a-z0-9]+", value.lower().replace("\u2019", "").replace("'", ""))


def as_moment(value: date | datetime) -> datetime:
    """A date as its midnight in UTC; a date and time as it is, in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime(value.year, value.month, value.day, tzinfo=UTC)
