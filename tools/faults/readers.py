"""Readers that go on asking for pages while a fault lasts, and what they were told."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from tools.faults.stack import Stack

PAGES = (
    "/", "/claims/", "/claims/manhattan-sized/", "/objects/3I/", "/feed.json", "/changes.json", "/archives/", "/status/",
    "/api/v1/claims/", "/claims/?q=nickel", "/healthz",
)  # fmt: skip
READERS = 3
PAUSE_S = 0.05


@dataclass
class Told:
    """What readers were told while a fault lasted."""

    statuses: Counter[int] = field(default_factory=Counter)
    failed_pages: Counter[str] = field(default_factory=Counter)
    slowest_s: float = 0.0

    @property
    def requests(self) -> int:
        return sum(self.statuses.values())

    @property
    def errors(self) -> int:
        """Answers that were no answer: none at all, or our error; 503 is an answer that says to come back."""
        return sum(
            count
            for status, count in self.statuses.items()
            if status == 0 or (status >= 500 and status != 503)
        )

    @property
    def away(self) -> int:
        return self.statuses[503]


class Readers:
    """A few of them, from entering to leaving the block."""

    def __init__(self, stack: Stack) -> None:
        self.stack, self.told = stack, Told()
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._read, args=(number,), daemon=True) for number in range(READERS)
        ]

    def __enter__(self) -> Told:
        for thread in self._threads:
            thread.start()
        return self.told

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(60)

    def _read(self, number: int) -> None:
        while not self._over.is_set():
            page = PAGES[number % len(PAGES)]
            number += 1
            began = time.monotonic()
            status = self.stack.status(page, 60)
            with self._lock:
                self.told.statuses[status] += 1
                self.told.slowest_s = max(self.told.slowest_s, time.monotonic() - began)
                if status != 200:
                    self.told.failed_pages[f"{page} {status}"] += 1
            time.sleep(PAUSE_S)
