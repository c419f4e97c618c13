"""Vectors of the wordings of claims and facts, kept in a file by digest so that each is computed once.

The file holds nothing but digests and vectors, and may be deleted at any time: it is made again.  No text of
a reader passes through here.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
from django.conf import settings

from claims.matching.encoder import DIMENSIONS, WEIGHTS_SHA256, Encode
from claims.matching.vectors import PackedVectors

log = logging.getLogger(__name__)
LOOKED_UP = 4_096  # wordings
TOGETHER = 64  # wordings encoded, and rows read, at a time
WAIT_S = 10.0
LOOK_AGAIN_S = 0.1


class NotReadYet(RuntimeError):
    """Wordings of published claims are new and another process is reading them."""

    def __init__(self, missing: int, what: str = "wordings of published claims") -> None:
        self.missing = missing
        super().__init__(f"{missing} {what} have not been read yet")


@contextmanager
def alone(path: Path, wait_s: float, waiting: NotReadYet) -> Iterator[None]:
    """Hold a lock that one process of this machine has at a time; who waits in vain raises ``waiting``."""
    with path.open("a") as handle:
        ends = time.monotonic() + wait_s
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > ends:
                    raise waiting from None
                time.sleep(LOOK_AGAIN_S)
        yield


def drawer() -> Path:
    """The file of the vectors; another encoder has another file."""
    return Path(settings.VAR_DIR) / f"wordings-{WEIGHTS_SHA256[:12]}.sqlite3"


class KeptVectors:
    """An encoder that looks into the file first.

    One process computes at a time, the others take over what it kept.  ``most`` is how many new wordings one call
    may compute, ``wait_s`` how long it waits for another process that is at it; beyond, `NotReadYet`.
    """

    def __init__(self, encode: Encode, path: Path, *, most: int | None = None, wait_s: float = 240.0) -> None:
        self._encode, self._path, self._most, self._wait_s = encode, path, most, wait_s

    def __call__(self, texts: Sequence[str]) -> PackedVectors:
        vectors = PackedVectors(len(texts), DIMENSIONS)
        missing: dict[bytes, list[int]] = {}
        for first in range(0, len(texts), LOOKED_UP):
            places: dict[bytes, list[int]] = {}
            for place, text in enumerate(texts[first : first + LOOKED_UP], first):
                places.setdefault(hashlib.sha256(text.encode()).digest(), []).append(place)
            self._take_over(places, vectors)
            for digest, where in places.items():
                missing.setdefault(digest, []).extend(where)
        if missing:
            with alone(self._path.with_suffix(".lock"), self._wait_s, NotReadYet(len(missing))):
                self._take_over(missing, vectors)
                if self._most is not None and len(missing) > self._most:
                    raise NotReadYet(len(missing))
                self._compute(texts, missing, vectors)
        return vectors

    def _compute(self, texts: Sequence[str], missing: dict[bytes, list[int]], vectors: PackedVectors) -> None:
        digests = list(missing)
        for first in range(0, len(digests), TOGETHER):
            part = digests[first : first + TOGETHER]
            made = self._encode([texts[missing[digest][0]] for digest in part]).astype(np.float16)
            for digest, vector in zip(part, made, strict=True):
                vectors[missing[digest]] = vector[None]
            self._keep(zip(part, made, strict=True))

    def _take_over(self, places: dict[bytes, list[int]], vectors: PackedVectors) -> None:
        """Fill in the vectors that are kept, and strike them from ``places``."""
        for rows in self._kept(list(places)):
            own = [(place, vector) for digest, vector in rows for place in places.pop(digest)]
            if own:
                vectors[[place for place, _ in own]] = np.array([vector for _, vector in own])

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=WAIT_S)
        connection.execute(
            "CREATE TABLE IF NOT EXISTS vectors (digest BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID"
        )
        return connection

    def _kept(self, digests: Sequence[bytes]) -> Iterator[list[tuple[bytes, np.ndarray]]]:
        try:
            with closing(self._open()) as connection:
                for first in range(0, len(digests), TOGETHER):
                    part = digests[first : first + TOGETHER]
                    marks = ",".join("?" * len(part))
                    query = f"SELECT digest, vector FROM vectors WHERE digest IN ({marks})"  # noqa: S608  marks
                    yield [
                        (digest, np.frombuffer(blob, dtype="<f2"))
                        for digest, blob in connection.execute(query, part)
                        if len(blob) == 2 * DIMENSIONS
                    ]
        except sqlite3.Error as error:
            log.warning("the vectors of the wordings cannot be read and are computed anew: %s", error)

    def _keep(self, rows: Iterator[tuple[bytes, np.ndarray]]) -> None:
        try:
            with closing(self._open()) as connection, connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                    [(digest, vector.astype("<f2").tobytes()) for digest, vector in rows],
                )
        except sqlite3.Error as error:
            log.warning("the vectors of the wordings cannot be kept: %s", error)
