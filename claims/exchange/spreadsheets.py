"""Cells of a CSV file that a spreadsheet must not take for a formula."""

from __future__ import annotations

import re

# what Excel, LibreOffice and Google Sheets start a formula with; tabs and returns are skipped before it
_FORMULA = re.compile(r"[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(text: str) -> str:
    """``text`` with an apostrophe before it where a spreadsheet would compute it."""
    return f"'{text}" if _FORMULA.match(text) or _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`; an apostrophe that is part of a word stays."""
    return text[1:] if _GUARDED.match(text) else text
