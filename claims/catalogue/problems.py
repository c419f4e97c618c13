"""What is wrong with a catalogue, each with its file and line, all reported at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from claims.catalogue.lines import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: ``data/claims/x.toml:41: claim x: title is missing``."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class CatalogueRefused(Exception):
    """A catalogue that is not loaded; ``problems`` says why, in the order of files and lines."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Row:
    """One table of the catalogue: its values, and where each of them is written."""

    kind: str
    key: str
    values: dict[str, Any]
    file: str
    path: Path = ()
    lines: dict[Path, int] = field(default_factory=dict, repr=False)

    def line(self, *keys: str | int) -> int:
        """The line of a key of this table, or of the nearest table around it."""
        path = (*self.path, *keys)
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, text: str, *keys: str | int) -> Problem:
        return Problem(self.file, self.line(*keys), f"{self.kind} {self.key}: {text}")

    def inner(self, name: str) -> list[Row]:
        """The tables of an array inside this one, with their own lines."""
        tables = self.values.get(name, [])
        return [
            Row(self.kind, self.key, table, self.file, (*self.path, name, index), self.lines)
            for index, table in enumerate(tables if isinstance(tables, list) else [])
            if isinstance(table, dict)
        ]

    def table(self, name: str) -> Row:
        """A single table inside this one; empty where it is absent."""
        values = self.values.get(name, {})
        return Row(
            self.kind,
            self.key,
            values if isinstance(values, dict) else {},
            self.file,
            (*self.path, name),
            self.lines,
        )
