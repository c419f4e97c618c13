"""What a claim may refer to: everything of the catalogue, by kind and key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from claims.catalogue.problems import Problem, Row


@dataclass(frozen=True, slots=True)
class References:
    """The rows of the catalogue by key."""

    objects: Mapping[str, Row]
    sources: Mapping[str, Row]
    measurements: Mapping[str, Row]
    campaigns: Mapping[str, Row]
    claims: Mapping[str, Row]

    def missing(self, row: Row, name: str, kind: str, value: Any) -> Iterator[Problem]:
        """The problems of a field that names one row, or a list of rows, of a kind."""
        known: Mapping[str, Row] = getattr(self, kind)
        for entry in value if isinstance(value, list) else [value]:
            if not isinstance(entry, str) or entry not in known:
                yield row.problem(f"{name} {entry!r} does not exist", name)
