"""An answer in the formats that programs read: JSON, CSV, ECSV and VOTable."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
import orjson

from ephemeris.almanac.answers import Answer

PUBLISHER = "Hyperbole, the reviewed record of claims about interstellar objects"


def _members(name: str, values: np.ndarray | None, count: int, opens: bytes) -> list[bytes]:
    """A column as members of JSON objects, one a row, each after ``opens``; what is not a number is null."""
    key = opens + b'"%b":' % name.encode()
    if values is None:
        return [key + b"null"] * count
    texts = values.tolist() if values.dtype.kind == "U" else np.ascontiguousarray(values)
    line = orjson.dumps(texts, option=orjson.OPT_SERIALIZE_NUMPY)[1:-1]
    return (key + line.replace(b",", b"\0" + key)).split(b"\0")


def json_bytes(answer: Answer, asked_at: datetime, address: str) -> bytes:
    """The head and rows as objects; missing numbers are null."""
    count, width = len(answer.times), 1 + len(answer.columns)
    # laid out column by column: a year of hours is written without an object a row
    pieces = [b""] * (count * width)
    pieces[::width] = _members(answer.time_column.name, answer.times, count, b"},{")
    for index, (column, values) in enumerate(zip(answer.columns, answer.values, strict=True), 1):
        pieces[index::width] = _members(column.name, values, count, b",")
    pieces[0] = orjson.dumps(answer.head)[:-1] + b',"rows":[' + pieces[0][2:]
    pieces.append(b"}]}")
    return b"".join(pieces)


def csv_bytes(answer: Answer, asked_at: datetime, address: str) -> bytes:
    """A header line and rows; missing numbers are empty cells."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([answer.time_column.name, *(column.name for column in answer.columns)])
    count = len(answer.times)
    columns = [[None] * count if values is None else values.tolist() for values in answer.values]
    writer.writerows(zip(answer.times.tolist(), *columns, strict=True))
    return out.getvalue().encode()


def _astropy_table(answer: Answer) -> Any:
    from astropy.table import Column, MaskedColumn, Table  # a second of imports that JSON and CSV do not need

    table = Table()
    table[answer.time_column.name] = Column(
        answer.times, unit=answer.time_column.unit or None, description=answer.time_column.meaning
    )
    for column, values in zip(answer.columns, answer.values, strict=True):
        numbers = np.full(len(answer.times), np.nan) if values is None else values.astype(float)
        table[column.name] = MaskedColumn(
            numbers, mask=values is None, unit=column.unit or None, description=column.meaning
        )
    return table


def _flat(head: dict[str, Any]) -> dict[str, Any]:
    flat = {key: value for key, value in head.items() if not isinstance(value, dict) and value is not None}
    for key, value in head.items():
        if isinstance(value, dict):
            flat |= {f"{key}_{inner}": item for inner, item in value.items() if item is not None}
    return flat


def ecsv_bytes(answer: Answer, asked_at: datetime, address: str) -> bytes:
    """Enhanced CSV of astropy: units and provenance in a YAML header."""
    table = _astropy_table(answer)
    table.meta = _flat(answer.head) | {"request_date": asked_at.isoformat(), "query": address}
    out = io.StringIO()
    table.write(out, format="ascii.ecsv", delimiter=",")
    return out.getvalue().encode()


def votable_bytes(answer: Answer, asked_at: datetime, address: str) -> bytes:
    """VOTable 1.4 with units, UCDs and the INFO items of IVOA Data Origin 1.1."""
    from astropy.io.votable import from_table, tree, writeto

    document = from_table(_astropy_table(answer))
    resource = document.resources[0]
    table = resource.tables[0]
    table.name = "ephemeris" if answer.time_column.name == "time_utc" else "vectors"
    resource.description = answer.title
    for wanted in (answer.time_column, *answer.columns):
        field = table.get_field_by_id_or_name(wanted.name)
        field.ucd = wanted.ucd
    table.get_field_by_id_or_name(answer.time_column.name).xtype = (
        "timestamp" if answer.time_column.name == "time_utc" else None
    )
    origin = {
        "publisher": PUBLISHER,
        "request_date": asked_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "query": address,
        "resource_version": str(answer.head["orbit_solution"]),
        "rights": "CC BY 4.0",
        "rights_uri": "https://creativecommons.org/licenses/by/4.0/",
        "creator": str(answer.head["provenance"]["orbit_producer"]),
        "citation": str(answer.head["provenance"]["orbit_source"]),
    } | {f"hyperbole_{key}": str(value) for key, value in _flat(answer.head).items()}
    document.infos.append(tree.Info(name="QUERY_STATUS", value="OK"))
    for name, value in origin.items():
        document.infos.append(tree.Info(name=name, value=value))
    out = io.BytesIO()
    writeto(document, out)
    return out.getvalue()


WRITERS: dict[str, tuple[str, Callable[[Answer, datetime, str], bytes]]] = {
    "json": ("application/json", json_bytes),
    "csv": ("text/csv; charset=utf-8", csv_bytes),
    "ecsv": ("text/csv; charset=utf-8; header=present", ecsv_bytes),
    "votable": ("application/x-votable+xml", votable_bytes),
}
