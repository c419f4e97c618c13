"""Writing the package: CSV files, their description, and one zip that is replaced whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson

from claims.addresses import absolute
from claims.bulk.tables import TABLES, Table, left_out
from claims.document import LICENCE
from claims.generation import generation
from claims.queries import latest, latest_archive_change, latest_load, latest_poll, latest_publication
from claims.spreadsheets import cell

ARCHIVE = "hyperbole.zip"
DESCRIPTOR = "datapackage.json"
ATTEMPTS = 3
# a fixed moment inside the zip: the same record gives the same bytes
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
Progress = Callable[[str, int], None]


class RecordKeptMovingError(RuntimeError):
    """The record changed during every attempt to write it down."""


def write_package(folder: Path, *, progress: Progress = lambda name, rows: None) -> dict[str, Any]:
    """Write the package into ``folder`` (made if absent) and return its descriptor.

    The files are written aside and moved in at the end, so that a reader never meets half of a package.
    Raises RecordKeptMovingError if publications came in during each of three attempts.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for _ in range(ATTEMPTS):
        before = generation()
        aside = Path(tempfile.mkdtemp(prefix=".dump-", dir=folder))
        try:
            descriptor = _written(aside, progress)
            if generation() != before:
                continue
            for name in [*(path.name for path in aside.glob("*.csv")), "README.md", DESCRIPTOR, ARCHIVE]:
                os.replace(aside / name, folder / name)
            return descriptor
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    raise RecordKeptMovingError(
        f"{folder}: the record changed during each of {ATTEMPTS} attempts to write it"
    )


def _written(aside: Path, progress: Progress) -> dict[str, Any]:
    resources = []
    for table in TABLES:
        content, rows = _csv(table)
        (aside / f"{table.name}.csv").write_bytes(content)
        resources.append(_resource(table, content, rows))
        progress(table.name, rows)
    descriptor = _descriptor(resources)
    (aside / DESCRIPTOR).write_bytes(orjson.dumps(descriptor, option=orjson.OPT_INDENT_2))
    (aside / "README.md").write_text(_readme(descriptor))
    names = ["README.md", DESCRIPTOR, *(f"{table.name}.csv" for table in TABLES)]
    with zipfile.ZipFile(aside / ARCHIVE, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, (aside / name).read_bytes())
    return descriptor


def _csv(table: Table) -> tuple[bytes, int]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    names = [name for name, _, _ in table.columns]
    writer.writerow(names)
    number = 0
    for row in table.rows():
        writer.writerow([_cell(row[name]) for name in names])
        number += 1
    return text.getvalue().encode(), number


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return cell(value)


def _resource(table: Table, content: bytes, rows: int) -> dict[str, Any]:
    fields = [
        {"name": name, "type": kind} | ({"description": meaning} if meaning else {})
        for name, kind, meaning in table.columns
    ]
    # moments are written with their offset from UTC, which the default format does not allow
    fields = [field | ({"format": "any"} if field["type"] == "datetime" else {}) for field in fields]
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": fields,
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": [key]}}
            for column, other, key in table.refers
        ]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
        "name": table.name,
        "title": table.title,
        "type": "table",
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": rows,
        "schema": schema,
    }


def _descriptor(resources: list[dict[str, Any]]) -> dict[str, Any]:
    changed = latest(latest_publication(), latest_load(), latest_archive_change(), latest_poll())
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "hyperbole",
        "id": absolute("/data/hyperbole.zip"),
        "title": "Hyperbole: the reviewed record of claims about interstellar objects",
        "description": "Published claims with their verdicts, versions and evidence, the measurements and sources they rest on, and what archives held. Rows whose source allows no commercial use are left out; left_out counts them.",
        "homepage": absolute("/"),
        "version": changed.strftime("%Y.%m.%d") if changed else "0",
        **({"created": changed.isoformat()} if changed else {}),
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE, "title": "Creative Commons Attribution 4.0"}],
        "contributors": [{"title": "Hyperbole", "path": absolute("/"), "roles": ["publisher"]}],
        "left_out": left_out(),
        "resources": resources,
    }


def _readme(descriptor: dict[str, Any]) -> str:
    tables = "\n".join(
        f"- `{one['path']}`: {one['title']} ({one['rows']} rows)" for one in descriptor["resources"]
    )
    missing = ", ".join(f"{number} of {name}" for name, number in descriptor["left_out"].items())
    return (
        f"# {descriptor['title']}\n\n{descriptor['description']}\n\n{tables}\n\n"
        f"Left out because their source allows no commercial use: {missing}.\n\n"
        f"Words and verdicts: {LICENCE}. Measured values belong to the sources that their rows name.\n"
        f"From {descriptor['homepage']}, the record as of {descriptor.get('created', 'no publication yet')}.\n"
    )
