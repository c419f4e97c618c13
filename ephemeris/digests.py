"""Digests by which the same content is recognised again, wherever it came from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import orjson

from science.records import OrbitSolutionRecord


def content_digest(content: Mapping[str, Any]) -> str:
    """The sha256 of named values in canonical JSON (sorted keys, dates as ISO text)."""
    return hashlib.sha256(orjson.dumps(dict(content), option=orjson.OPT_SORT_KEYS)).hexdigest()


def solution_digest(record: OrbitSolutionRecord) -> str:
    """The sha256 of a solution's numbers: the same orbit in other words has the same digest."""
    push = asdict(record.non_gravitational) if record.non_gravitational else None
    return content_digest(
        {
            "epoch_tdb_jd": float(record.epoch_tdb_jd),
            "elements": asdict(record.elements) if record.elements else None,
            "state": [*record.state.position_au, *record.state.velocity_au_d] if record.state else None,
            "non_gravitational": push,
        }
    )
