"""A CSV or JSON text as rows that know their line, or the problems that keep it from being read."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from claims.catalogue.problems import Problem, Row
from claims.exchange.shapes import Shape, Values
from claims.exchange.spreadsheets import unguarded

LARGEST = 900_000
csv.field_size_limit(LARGEST)


def read_rows(text: str, form: str, shape: Shape, problems: list[Problem]) -> list[Row]:
    """The rows of a text; whatever is wrong with its form is added to ``problems``."""
    file = f"{shape.name}.{form}"
    text = text.removeprefix("\ufeff")
    if len(text) > LARGEST:
        problems.append(Problem(file, 1, f"has {len(text)} characters, allowed {LARGEST}: split it"))
        return []
    if "\0" in text:
        problems.append(Problem(file, 1, "has a zero byte, so it is no text"))
        return []
    return (_json_rows if form == "json" else _csv_rows)(text, file, shape, problems)


def _row(shape: Shape, values: Values, file: str, line: int, number: int) -> Row:
    name = values.get(shape.key)
    key = name if isinstance(name, str) and name else f"number {number}"
    return Row(shape.name.removesuffix("s"), key, values, file, (), {(): line})


def _csv_rows(text: str, file: str, shape: Shape, problems: list[Problem]) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    header: list[str] = []
    line = 1
    try:
        header = [name.strip() for name in next(reader, [])]
        wrong = [name for name in header if name not in shape.columns]
        if wrong or len(set(header)) != len(header) or shape.key not in header:
            problems.append(
                Problem(file, 1, f"columns are {', '.join(header)[:300] or 'missing'}; allowed once each: {', '.join(shape.columns)}")
            )  # fmt: skip
            return []
        line = reader.line_num + 1
        for cells in reader:
            here, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                problems.append(Problem(file, here, f"has {len(cells)} cells under {len(header)} columns"))
                continue
            try:
                values = shape.nested(dict(zip(header, map(unguarded, cells), strict=True)))
            except ValueError as error:
                problems.append(Problem(file, here, str(error)))
                continue
            rows.append(_row(shape, values, file, here, len(rows) + 1))
    except csv.Error as error:
        problems.append(Problem(file, max(line, 1), f"is not CSV: {error}"))
        return []
    return rows


def _json_rows(text: str, file: str, shape: Shape, problems: list[Problem]) -> list[Row]:
    def refused(name: str) -> Any:
        raise ValueError(f"{name} is not a number")

    try:
        whole = json.loads(text, parse_constant=refused)
    except json.JSONDecodeError as error:
        problems.append(Problem(file, error.lineno, f"is not JSON: {error.msg}"))
        return []
    except (ValueError, RecursionError) as error:
        problems.append(Problem(file, 1, f"is not JSON: {error}"))
        return []
    entries = whole.get(shape.name) if isinstance(whole, dict) and set(whole) == {shape.name} else None
    if not isinstance(entries, list):
        problems.append(Problem(file, 1, f'expected {{"{shape.name}": [...]}} and nothing beside it'))
        return []
    lines = _lines(text, shape)
    rows = []
    for number, values in enumerate(entries, 1):
        line = lines[number - 1] if len(lines) == len(entries) else 1
        if not isinstance(values, dict):
            problems.append(Problem(file, line, f"number {number} of {shape.name} is not an object"))
            continue
        rows.append(_row(shape, values, file, line, number))
    return rows


def _lines(text: str, shape: Shape) -> list[int]:
    """Where each entry starts: the decoder tells how far it read, so the list is walked once more."""
    opened = re.search(rf'"{shape.name}"\s*:\s*\[', text)
    if opened is None:
        return []
    decoder, at, line, counted = json.JSONDecoder(), opened.end(), 1, 0
    lines: list[int] = []
    while True:
        at += len(text[at:]) - len(text[at:].lstrip(" \t\r\n,"))
        if text[at : at + 1] in ("]", ""):
            return lines
        line, counted = line + text.count("\n", counted, at), at
        lines.append(line)
        try:
            _, at = decoder.raw_decode(text, at)
        except ValueError:
            return []
