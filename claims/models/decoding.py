"""How the record's JSON comes back from the database: numbers as they were written."""

from __future__ import annotations

import json
from typing import Any

_FLOAT_FROM_DIGITS = 17  # Python writes floats from 1e16 on with an exponent, below with a point


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits.lstrip("-")) < _FLOAT_FROM_DIGITS else float(digits)


class RecordDecoder(json.JSONDecoder):
    """Read 1.6e27 back as a float, although PostgreSQL's jsonb spells it out in 28 digits.

    Without it a frozen document would change its bytes, and its sha256, from one database to the other.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, parse_int=_whole)
