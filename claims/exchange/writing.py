"""Rows as a CSV or JSON text, piece by piece: a large record is never held whole."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from claims.exchange.shapes import Shape, Values
from claims.exchange.spreadsheets import guarded


def written(rows: Iterator[Values], form: str, shape: Shape) -> Iterator[str]:
    """The text of a file; the same form is read back by `claims.exchange.reading`."""
    return _json(rows, shape) if form == "json" else _csv(rows, shape)


def _csv(rows: Iterator[Values], shape: Shape) -> Iterator[str]:
    paper = io.StringIO()
    lines = csv.writer(paper)
    lines.writerow(shape.columns)
    for values in rows:
        lines.writerow([guarded(cell) for cell in shape.flat(values).values()])
        yield paper.getvalue()
        paper.seek(0)
        paper.truncate()
    yield paper.getvalue()


def _json(rows: Iterator[Values], shape: Shape) -> Iterator[str]:
    yield f'{{"{shape.name}": ['
    for number, values in enumerate(rows):
        yield ("," if number else "") + "\n" + json.dumps(values, ensure_ascii=False, indent=1)
    yield "\n]}\n"
