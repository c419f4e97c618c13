"""Finished answers in the memory of one process, the least asked for left out first.

They are not in the shared cache: there they would cross a socket at every request, be written to its log, and
fill it, since anybody can ask for as many addresses as they like.  Each process makes an answer once.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections import OrderedDict
from typing import Any, Generic, Protocol, TypeVar


class Sized(Protocol):
    """Something of which the size in bytes is known."""

    @property
    def size(self) -> int: ...


T = TypeVar("T", bound=Sized)
_memories: weakref.WeakSet[Kept[Any]] = weakref.WeakSet()


class Kept(Generic[T]):
    """A bounded memory; a key must change with whatever the answer is made of, so nothing is ever taken back."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.used_bytes = 0
        self._rows: OrderedDict[str, tuple[float, T]] = OrderedDict()
        self._lock = threading.Lock()
        _memories.add(self)

    def get(self, key: str) -> T | None:
        """What is kept under ``key``, unless its time is over."""
        with self._lock:
            row = self._rows.get(key)
            if row is None:
                return None
            if row[0] < time.monotonic():
                self._drop(key)
                return None
            self._rows.move_to_end(key)
            return row[1]

    def set(self, key: str, value: T, seconds: float) -> None:
        """Keep ``value`` for ``seconds``, at the cost of those that nobody asked for the longest."""
        if value.size > self.most_bytes:
            return
        with self._lock:
            if key in self._rows:
                self._drop(key)
            self._rows[key] = (time.monotonic() + seconds, value)
            self.used_bytes += value.size
            while self.used_bytes > self.most_bytes:
                self._drop(next(iter(self._rows)))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._rows.clear()
            self.used_bytes = 0

    def _drop(self, key: str) -> None:
        self.used_bytes -= self._rows.pop(key)[1].size


def forget_everything() -> None:
    """Make this process as if it had just started: for tests, and for what a benchmark calls cold."""
    for memory in list(_memories):
        memory.clear()
