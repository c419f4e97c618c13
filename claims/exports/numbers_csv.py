"""The key numbers of a claim as a table: what is claimed beside what was measured (RFC 4180)."""

from __future__ import annotations

import csv
import io
from typing import Any

from claims.spreadsheets import cell

COLUMNS = (
    "quantity", "asserted_value", "asserted_unit", "asserted_relation", "asserted_time", "asserted_note",
    "measured_value", "measured_plus", "measured_minus", "measured_limit", "measured_unit", "measured_as_printed",
    "measurement", "source", "source_title", "as_of",
)  # fmt: skip


def key_numbers_csv(document: dict[str, Any]) -> str:
    """The key numbers of a frozen document, one measured value a line; an empty cell is a missing value."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for row in document["key_numbers"]:
        asserted, measured = row["asserted"] or {}, row["measured"] or {}
        table.writerow(
            cell(value)
            for value in (
                row["quantity"],
                *(asserted.get(name) for name in ("value", "unit", "relation", "value_time", "note")),
                *(measured.get(name) for name in ("value", "plus", "minus", "limit", "unit", "as_printed")),
                *(measured.get(name) for name in ("measurement", "source", "source_title", "as_of")),
            )
        )
    return text.getvalue()
