"""Values in the cache: JSON or bytes under a seal, never pickled, so that whoever can write there gains nothing.

A value is sealed for its key with the secret key of the site.  What does not bear the seal (garbage, a value moved
from another key, something an earlier release wrote) is not there.  Counters of requests stay plain numbers, because
the server itself adds to them.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from django.core.cache.backends.redis import RedisCacheClient
from django.utils.crypto import salted_hmac
from redis import Redis
from redis.exceptions import ResponseError

COUNTERS = "rate:"
SEAL_BYTES = 16
_BYTES, _JSON = b"b", b"j"
# what JSON would change without a word (a moment into a text) is an error of whoever keeps it
_STRICT = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_SUBCLASS


def _sealing_key() -> bytes:
    return salted_hmac("config.sealing", "cache", algorithm="sha256").digest()


def _is_counter(key: str) -> bool:
    return key.split(":", 2)[-1].startswith(COUNTERS)  # after the prefix and the version


def _seal(key: str, content: bytes) -> bytes:
    """The seal of a content under its key."""
    of = hashlib.blake2b(key=_sealing_key(), digest_size=SEAL_BYTES)
    of.update(f"{len(key)}:{key}:".encode())
    of.update(content)
    return of.digest()


def _json(key: str, value: Any) -> bytes:
    try:
        return orjson.dumps(value, option=_STRICT)
    except orjson.JSONEncodeError as error:
        raise TypeError(
            f"cache key {key!r}: expected what JSON gives back as it was (dict, list, str, int, float, bool, None) "
            f"or bytes: {error}"
        ) from error


def sealed(key: str, value: Any) -> bytes | int:
    """A value as the server keeps it."""
    if _is_counter(key):
        if type(value) is not int:
            raise TypeError(f"cache key {key!r}: expected a whole number, got {type(value).__name__}")
        return value
    content = _BYTES + value if isinstance(value, bytes) else _JSON + _json(key, value)
    return _seal(key, content) + content


def opened(key: str, kept: Any) -> Any:
    """The value that was kept under a key, or None when it is not one of ours."""
    if _is_counter(key):
        return int(kept) if kept.isdigit() and len(kept) < 20 else None
    seal, content = kept[:SEAL_BYTES], kept[SEAL_BYTES:]
    if not content or not hmac.compare_digest(seal, _seal(key, content)):
        return None
    return content[1:] if content[:1] == _BYTES else orjson.loads(content[1:])


class SealingClient(RedisCacheClient):
    """Django's client of a Redis cache, whose values are sealed for their keys.

    It has one Redis object for reading and one for writing: making one anew for every key took longer than the answer.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._standing: dict[bool, Redis] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:
        if write not in self._standing:
            self._standing[write] = super().get_client(key, write=write)
        return self._standing[write]

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        client = self.get_client(key, write=True)
        return bool(client.set(key, sealed(key, value), ex=timeout, nx=True)) if timeout != 0 else False

    def get(self, key: Any, default: Any) -> Any:
        client = self.get_client(key)
        try:
            kept = client.get(key)
        except ResponseError:  # of another kind than a string: nothing of ours
            kept = b""
        if kept is None:
            return default
        value = opened(key, kept)
        if value is None and kept != self._none(key):
            client.delete(key)
            return default
        return value

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        client = self.get_client(key, write=True)
        if timeout == 0:
            client.delete(key)
            return
        try:
            kept = sealed(key, value)
        except TypeError:
            client.delete(key)  # whoever swallows the refusal reads no older value for the new one
            raise
        client.set(key, kept, ex=timeout)

    def get_many(self, keys: Iterable[Any]) -> dict[Any, Any]:
        asked = list(keys)
        kept = zip(asked, self.get_client(None).mget(asked), strict=True)
        return {
            key: opened(key, value)
            for key, value in kept
            if value is not None and (value == self._none(key) or opened(key, value) is not None)
        }

    def incr(self, key: Any, delta: Any) -> int:
        if not _is_counter(key):
            raise TypeError(f"cache key {key!r}: only keys that begin with {COUNTERS!r} count")
        client = self.get_client(key, write=True)
        if not client.exists(key):
            raise ValueError(f"cache key {key!r}: expected a number, found none")
        try:
            return int(client.incr(key, delta))
        except ResponseError:
            client.delete(key)
            raise ValueError(f"cache key {key!r}: expected a number, found something else") from None

    def set_many(self, data: Mapping[Any, Any], timeout: Any) -> None:
        pipeline = self.get_client(None, write=True).pipeline()
        for key, value in data.items():
            pipeline.set(key, sealed(key, value), ex=timeout)
        pipeline.execute()

    @staticmethod
    def _none(key: str) -> bytes | None:
        """A kept None, which is a value as well."""
        if _is_counter(key):
            return None
        content = _JSON + b"null"
        return _seal(key, content) + content
