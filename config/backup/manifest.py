"""What a backup says of itself: which database, which tables, how many rows, which digests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FORMAT = 1
NAME = "manifest.json"
PIECE = 1 << 20


class BackupRefused(Exception):
    """A backup or a restore that cannot be done as asked; the message says why and what would help."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the copy: its rows, and the sha256 of all of them in the order of their keys."""

    rows: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """The contents of one backup."""

    vendor: str
    made_at: str
    file: str
    file_sha256: str
    log_rows: int
    log_head: str  # hash of the last row of the editorial log: a restore ends at this very row
    migrations: dict[str, str]  # the newest applied migration of each application
    tables: dict[str, Table] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        (folder / NAME).write_text(json.dumps({"format": FORMAT, **asdict(self)}, indent=1) + "\n")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of a backup whose copy is byte for byte what was written."""
        try:
            told: dict[str, Any] = json.loads((folder / NAME).read_text())
        except (OSError, ValueError) as error:
            raise BackupRefused(
                f"{folder}: expected a folder made by `manage.py backup`, with {NAME} in it ({error})"
            ) from None
        if told.pop("format", None) != FORMAT:
            raise BackupRefused(f"{folder / NAME}: expected format {FORMAT}")
        try:
            manifest = cls(**{**told, "tables": {name: Table(**one) for name, one in told["tables"].items()}})
        except (KeyError, TypeError, AttributeError) as error:
            raise BackupRefused(f"{folder / NAME}: not a manifest of format {FORMAT} ({error})") from None
        copy = folder / manifest.file
        if copy.parent != folder or not copy.is_file():
            raise BackupRefused(f"{copy}: the copy that the manifest names is not there")
        if (found := sha256_of(copy)) != manifest.file_sha256:
            raise BackupRefused(
                f"{copy}: sha256 {found[:12]}…, expected {manifest.file_sha256[:12]}…; the copy is damaged"
            )
        return manifest

    def differences(self, found: dict[str, Table]) -> list[str]:
        """Sentences about every table that is not, row for row, what the manifest says."""
        told = []
        for name in sorted(self.tables.keys() | found.keys()):
            before, after = self.tables.get(name), found.get(name)
            if before is None or after is None:
                told.append(f"{name}: {'not in the backup' if before is None else 'missing'}")
            elif before != after:
                told.append(
                    f"{name}: {after.rows} rows, expected {before.rows}"
                    if after.rows != before.rows
                    else f"{name}: {after.rows} rows with other contents"
                )
        return told


def sha256_of(path: Path) -> str:
    total = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            total.update(piece)
    return total.hexdigest()


def table_of(rows: Iterable[bytes]) -> Table:
    """The count and digest of rows that are given one after another as bytes."""
    total, count = hashlib.sha256(), 0
    for row in rows:
        count += 1
        total.update(row)
        total.update(b"\n")
    return Table(count, total.hexdigest())
