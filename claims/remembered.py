"""Records kept in the cache as JSON: what another process wrote is read as data and never run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import orjson
from django.core.cache import cache

from claims.records import from_json, to_json

T = TypeVar("T")


def remembered(key: str, kind: Any, makes: Callable[[], T], seconds: int) -> T:
    """What ``makes`` returns, made once for each key; ``kind`` is its type, a record or a tuple of records."""
    kept: bytes | str | None = cache.get(key)
    if kept is not None:
        found: T = from_json(kind, orjson.loads(kept))
        return found
    made = makes()
    cache.set(key, orjson.dumps(to_json(made)), seconds)
    return made
