"""Unit vectors in a byte a number: a large record in the memory of every web process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.matching.sealed import Rows, SealedFile, SealedWriter

STEPS = 127  # a number is kept in so many steps of the largest of its vector
BLOCK = 4096  # vectors unpacked at once: bounds the memory of one step


class UnitVectors:
    """Vectors as they are compared, in memory or in a file; unpacked as they are asked for."""

    def __init__(self, numbers: NDArray[np.int8] | Rows, steps: NDArray[np.float32]) -> None:
        self._numbers, self._steps = numbers, steps

    @classmethod
    def kept(cls, file: SealedFile, name: str, *, mapped: bool = False) -> UnitVectors:
        """Those of a file; mapped where single ones are asked for again and again."""
        numbers = file.array(name) if mapped else file.rows(name)
        return cls(numbers, file.array(f"{name} steps"))

    def keep(self, file: SealedWriter, name: str) -> None:
        """Put them into a file."""
        file.add(name, self._numbers[:])
        file.add(f"{name} steps", self._steps)

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


class PackedVectors(UnitVectors):
    """Vectors that are filled in; no scalar product of two unit vectors moves by more than 0.003."""

    def __init__(self, number: int, dimensions: int) -> None:
        self._packed = np.zeros((number, dimensions), dtype=np.int8)
        super().__init__(self._packed, np.ones((number, 1), dtype=np.float32))

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
        self._packed[rows] = np.rint(given / steps)
