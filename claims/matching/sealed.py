"""A file of arrays and records that is written once and read by every process of a machine.

What many sentences go through is mapped, and so stands in memory once for all processes.  What is read in one sweep,
or a row at a time, is read from the file as it is asked for: mapped, it would be counted with each process.

The format is a magic number, the parts one after the other, a JSON table of them, and at the end where the table
begins and a checksum of all before.  Nothing in it is code: a file that somebody exchanged can give wrong numbers,
never run anything.
"""

from __future__ import annotations

import mmap
import os
import struct
import weakref
import zlib
from collections.abc import Iterable
from typing import Any, BinaryIO

import numpy as np
import orjson
from numpy.typing import NDArray

MAGIC = b"HYPSEAL1"
ALIGNED = 64
_END = struct.Struct("<QI")
_CHECKED_AT_ONCE = 1 << 20  # bytes


class NotSealed(ValueError):
    """A file that is not, or not wholly, one of these."""


class SealedWriter:
    """Writes the parts of one file, one after the other."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._parts: dict[str, dict[str, Any]] = {}
        self._length = self._checksum = 0
        self._put(MAGIC)

    def _put(self, content: bytes | memoryview) -> None:
        self._file.write(content)
        self._checksum = zlib.crc32(content, self._checksum)
        self._length += len(content)

    def add(self, name: str, array: NDArray[Any]) -> None:
        """An array, as it lies in memory."""
        self._put(bytes(-self._length % ALIGNED))
        self._parts[name] = {"at": self._length, "type": array.dtype.str, "shape": array.shape}
        if array.size:
            self._put(np.ascontiguousarray(array).data.cast("B"))

    def add_records(self, name: str, records: Iterable[bytes]) -> None:
        """Records of different lengths; they are taken and written one by one."""
        first, bounds = self._length, [0]
        for record in records:
            self._put(record)
            bounds.append(self._length - first)
        self._parts[name] = {"at": first, "type": "|u1", "shape": [self._length - first]}
        self.add(f"{name} bounds", np.array(bounds, dtype=np.int64))

    def add_words(self, name: str, words: Iterable[str]) -> None:
        """Texts that are read all at once."""
        self.add(name, np.frombuffer(orjson.dumps(list(words)), dtype=np.uint8))

    def close(self) -> None:
        """The table and the end."""
        table, first = orjson.dumps(self._parts), self._length
        self._put(table)
        self._put(_END.pack(first, self._checksum))
        self._file.flush()


class SealedFile:
    """The parts of a file by name.  The file may lose its name while it is open."""

    def __init__(self, file: BinaryIO) -> None:
        """Of an open file, which the caller may close.

        Raises
        ------
        NotSealed
            For a file that was cut short or altered.
        """
        self._handle = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._handle)
        self._size = os.fstat(self._handle).st_size
        if self._size < len(MAGIC) + _END.size:
            raise NotSealed(f"{self._size} bytes, need more")
        first, checksum = _END.unpack(self.read(self._size - _END.size, _END.size))
        if self._checksum() != checksum:
            raise NotSealed("the checksum does not fit")
        if self.read(0, len(MAGIC)) != MAGIC:
            raise NotSealed("another kind of file, or another version of the format")
        self._parts: dict[str, dict[str, Any]] = orjson.loads(
            self.read(first, self._size - _END.size - first)
        )
        self._mapped = mmap.mmap(self._handle, 0, access=mmap.ACCESS_READ)

    def _checksum(self) -> int:
        checksum, place, last = 0, 0, self._size - _END.size
        while place < last:
            part = self.read(place, min(_CHECKED_AT_ONCE, last - place))
            checksum, place = zlib.crc32(part, checksum), place + len(part)
        return checksum

    def read(self, place: int, length: int) -> bytes:
        """Bytes of the file."""
        content = os.pread(self._handle, length, place)
        if len(content) != length:
            raise NotSealed(f"{len(content)} bytes at {place}, need {length}")
        return content

    def array(self, name: str) -> NDArray[Any]:
        """An array, mapped."""
        part = self._parts[name]
        numbers = int(np.prod(part["shape"]))
        array = (
            np.frombuffer(self._mapped, part["type"], numbers, part["at"])
            if numbers
            else np.zeros(0, part["type"])
        )
        return array.reshape(part["shape"])

    def words(self, name: str) -> list[str]:
        """Texts."""
        words: list[str] = orjson.loads(self._whole(name))
        return words

    def _whole(self, name: str) -> bytes:
        part = self._parts[name]
        return self.read(part["at"], part["shape"][0])

    def records(self, name: str) -> Records:
        """Records, each read when it is asked for."""
        return Records(self, self._parts[name]["at"], self.array(f"{name} bounds"))

    def rows(self, name: str) -> Rows:
        """The rows of a table of bytes, read when they are asked for."""
        return Rows(self, self._parts[name]["at"], self._parts[name]["shape"])


class Records:
    """Records of different lengths, read as they are asked for."""

    def __init__(self, file: SealedFile, first: int, bounds: NDArray[np.int64]) -> None:
        self._file, self._first, self._bounds = file, first, bounds

    def __len__(self) -> int:
        return len(self._bounds) - 1

    def __getitem__(self, number: int) -> bytes:
        start, stop = self._bounds[number : number + 2].tolist()
        return self._file.read(self._first + start, stop - start)


class Rows:
    """Rows of signed bytes, read as they are asked for."""

    def __init__(self, file: SealedFile, first: int, shape: list[int]) -> None:
        self._file, self._first = file, first
        self._number, self._columns = shape

    def __len__(self) -> int:
        return self._number

    def __getitem__(self, rows: slice | NDArray[np.int64]) -> NDArray[np.int8]:
        size = self._columns
        if isinstance(rows, slice):
            start, stop, _ = rows.indices(self._number)
            read = self._file.read(self._first + start * size, max(0, stop - start) * size)
        else:
            read = b"".join(self._file.read(self._first + row * size, size) for row in rows.tolist())
        return np.frombuffer(read, dtype=np.int8).reshape(-1, size)
