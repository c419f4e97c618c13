"""How claims and appearances stand in a file: nested in JSON, one row each in CSV."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of row: its name in files and what its CSV columns hold.

    ``texts`` hold one entry a line, ``tables`` hold JSON; ``inner`` says which table of the nested form a
    column belongs to.
    """

    name: str
    key: str
    columns: tuple[str, ...]
    texts: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()
    inner: tuple[tuple[str, str], ...] = ()

    def flat(self, values: Values) -> dict[str, str]:
        """A nested row as the cells of a CSV line."""
        inner = dict(self.inner)
        cells = {}
        for column in self.columns:
            holder = values.get(inner[column], {}) if column in inner else values
            value = holder.get(column)
            if value is None or value == "" or value == []:
                cells[column] = ""
            elif column in self.texts:
                cells[column] = "\n".join(value)
            elif column in self.tables:
                cells[column] = json.dumps(value, ensure_ascii=False)
            else:
                cells[column] = str(value)
        return cells

    def nested(self, cells: dict[str, str]) -> Values:
        """The cells of a CSV line as a nested row; an empty cell is absent.  Raises ValueError for broken JSON."""
        inner, values = dict(self.inner), Values()
        for column, cell in cells.items():
            if not cell.strip():
                continue
            value: Any = cell
            if column in self.texts:
                value = [line.strip() for line in cell.splitlines() if line.strip()]
            elif column in self.tables:
                try:
                    value = json.loads(cell)
                except ValueError as error:
                    raise ValueError(f"{column} is not JSON: {error}") from None
            holder = values.setdefault(inner[column], {}) if column in inner else values
            holder[column] = value
        return values


_REVIEW = (
    "verdict", "confidence", "confidence_basis", "one_line", "key_points", "rationale", "would_change",
    "evidence_cutoff", "next_review", "evidence",
)  # fmt: skip
_CHANGE = ("reason_code", "severity", "change_note")
CLAIMS = Shape(
    name="claims",
    key="slug",
    columns=(
        "slug", "object", "title", "statement", "truth_condition", "kind", "topic", "aliases", "chart", "asserted",
        "appearances", "related", "checks", *_REVIEW, *_CHANGE,
    ),
    texts=frozenset({"aliases", "key_points"}),
    tables=frozenset({"asserted", "appearances", "related", "checks", "evidence"}),
    inner=(*((name, "review") for name in _REVIEW), *((name, "change") for name in _CHANGE)),
)  # fmt: skip
APPEARANCES = Shape(
    name="appearances",
    key="claim",
    columns=("claim", "source", "locator", "phrase", "stance", "first_seen"),
)
SHAPES = {shape.name: shape for shape in (CLAIMS, APPEARANCES)}
