"""A request and a reply as the fake sees them, and what all its formats share."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.fakes.world import World


@dataclass(frozen=True)
class Asked:
    """A request as the fake sees it."""

    path: str
    query: dict[str, str]
    form: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Told:
    """What the fake says."""

    body: bytes
    content_type: str = "application/json"
    status: int = 200


Format = Callable[[World, Asked, str], Told]
JSON, VOTABLE = "application/json", "application/x-votable+xml"


def told(content: Any) -> Told:
    return Told(json.dumps(content).encode())


def iso(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment:%Y-%m-%dT%H:%M:%S.000Z}"
