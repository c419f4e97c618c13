"""Records go to JSON and come back as they were, whatever of them is empty."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest

from claims.records import from_json, to_json


@dataclass(frozen=True)
class Inner:
    name: str
    days: tuple[date, ...]


@dataclass(frozen=True)
class Outer:
    inner: tuple[Inner, ...]
    pair: tuple[float, str] | None
    at: datetime | None
    names: frozenset[str] = field(default_factory=frozenset)
    note: str = ""


@pytest.mark.parametrize(
    ("kind", "record"),
    [
        (Outer, Outer((), None, None)),
        (Outer, Outer((Inner("a", ()), Inner("b", (date(2025, 10, 3),))), (1.5, "au"), datetime(2025, 10, 3, tzinfo=UTC))),
        (Outer, Outer((), (0.0, ""), None, frozenset({"x", "y"}), "said")),
        (tuple[Inner, ...], ()),
        (tuple[Inner, ...], (Inner("", ()),)),
    ],
)  # fmt: skip
def test_a_record_comes_back_as_it_was(kind: Any, record: Any) -> None:
    assert from_json(kind, to_json(record)) == record
