"""Cells of tables that people open in a spreadsheet: a text stays a text there, whoever wrote it."""

from __future__ import annotations

import re
from typing import Any

# what a spreadsheet takes for a formula at the start of a cell; a printed number such as "-0.5 ± 0.1 km" is none
_FORMULA = re.compile(r"[=@\t\r]|[+-](?=[^\n]*[=|!@(\"'])")


def cell(value: Any) -> Any:
    """The value as a cell; a text that would be calculated gets an apostrophe in front, as spreadsheets write it."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
