"""The cache of the site: a Redis cache whose absence makes pages slower, never unavailable."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from config.sealing import SealingClient

log = logging.getLogger(__name__)

# After a failure the server is left alone for this long, so that a page does not wait for it at every key.
PAUSE_S = 5.0


class ForgivingRedisCache(RedisCache):
    """A Redis cache that answers "not there" while its server is away, and says so in the log.

    Writes are lost meanwhile: `add` returns False and `incr` finds no key, as when the key had expired.
    """

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = SealingClient
        self._closed_until = 0.0

    def _answer_or(self, absent: Any, ask: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() < self._closed_until:
            return absent
        try:
            return ask(*args, **kwargs)
        except (RedisError, OSError) as error:
            self._closed_until = time.monotonic() + PAUSE_S
            log.warning("cache is away for %.0f s: %s", PAUSE_S, error)
            return absent

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return self._answer_or(False, super().add, *args, **kwargs)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._answer_or(default, super().get, key, default, version)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._answer_or(None, super().set, *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return self._answer_or(False, super().touch, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return self._answer_or(False, super().delete, *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        return self._answer_or({}, super().get_many, *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return self._answer_or(False, super().has_key, *args, **kwargs)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        value = self._answer_or(None, super().incr, key, delta, version)
        if value is None:
            raise ValueError(f"cache key {key!r}: expected a number, found none")
        return value

    def set_many(self, data: dict[str, Any], *args: Any, **kwargs: Any) -> list[Any]:
        return self._answer_or(list(data), super().set_many, data, *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._answer_or(None, super().delete_many, *args, **kwargs)

    def clear(self) -> None:
        self._answer_or(None, super().clear)
