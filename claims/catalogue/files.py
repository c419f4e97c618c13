"""The TOML files of the catalogue as rows that know where they stand."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path as File
from typing import Any

from claims.catalogue.lines import Path, line_index
from claims.catalogue.problems import Problem, Row

MACHINE_PATH = re.compile(
    r"(?:^|[\s\"'(=:])/(?:tmp|work|home|root|usr|var|opt|mnt|Users)/|file://|[A-Za-z]:\\", re.IGNORECASE
)


class Folder:
    """A catalogue folder: every file read once, its faults collected in ``problems``."""

    def __init__(self, folder: File, problems: list[Problem]) -> None:
        self.folder = folder
        self.problems = problems
        self.documents: dict[str, tuple[dict[str, Any], dict[Path, int]]] = {}
        for file in sorted(folder.rglob("*.toml")):
            self._read(file)

    def _read(self, file: File) -> None:
        name = file.relative_to(self.folder).as_posix()
        try:
            text = file.read_text(encoding="utf-8")
            values = tomllib.loads(text)
        except UnicodeDecodeError as error:
            self.problems.append(Problem(self.shown(name), 1, f"is not UTF-8: {error.reason}"))
            return
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"at line (\d+)", str(error))
            line = int(place[1]) if place else len(text.splitlines()) or 1
            self.problems.append(Problem(self.shown(name), line, f"is not TOML: {error}"))
            return
        self.problems += [
            Problem(self.shown(name), number, f"names a path of a machine: {line.strip()[:60]!r}")
            for number, line in enumerate(text.splitlines(), 1)
            if MACHINE_PATH.search(line)
        ]
        self.documents[name] = values, line_index(text)

    def shown(self, name: str) -> str:
        """The name of a file as problems print it: ``data/sources.toml``."""
        return f"{self.folder.name}/{name}"

    def rows(self, pattern: str, table: str, kind: str) -> list[Row]:
        """The tables ``[[table]]`` of the files that match; nothing else may stand at their top."""
        rows = []
        for name, (values, lines) in self.documents.items():
            if not File(name).match(pattern):
                continue
            whole = Row("file", File(name).name, values, self.shown(name), (), lines)
            for other in sorted(set(values) - {table}):
                self.problems.append(
                    whole.problem(f"unknown table {other}, expected only [[{table}]]", other)
                )
            if not isinstance(values.get(table), list) or not all(
                isinstance(entry, dict) for entry in values[table]
            ):
                self.problems.append(whole.problem(f"has no [[{table}]]"))
                continue
            rows += [
                Row(
                    kind,
                    str(entry.get("id", f"number {index + 1}")),
                    entry,
                    whole.file,
                    (table, index),
                    lines,
                )
                for index, entry in enumerate(values[table])
            ]
        return rows

    def whole_files(self, pattern: str, kind: str) -> list[Row]:
        """The files that match, each one row named as the file."""
        return [
            Row(kind, File(name).stem, values, self.shown(name), (), lines)
            for name, (values, lines) in self.documents.items()
            if File(name).match(pattern)
        ]


def by_key(rows: list[Row], problems: list[Problem]) -> dict[str, Row]:
    """Rows by key; a key used twice is a problem of the second row."""
    found: dict[str, Row] = {}
    for row in rows:
        if row.key in found:
            first = found[row.key]
            problems.append(row.problem(f"is there twice, first at {first.file}:{first.line()}", "id"))
        found.setdefault(row.key, row)
    return found
