"""Stamps: what a step was done from, so that it is done again only when that changes."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest_of(folders: Iterable[Path], *also: str) -> str:
    """Return a digest of the names and contents of all files below the folders, and of further words."""
    total = hashlib.sha256("\0".join(also).encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                content = path.read_bytes()
                total.update(f"\0{path.relative_to(folder)}\0{len(content)}\0".encode())
                total.update(content)
    return total.hexdigest()


class Stamp:
    """A file that holds the digest of what a step was last done from."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def shows(self, digest: str) -> bool:
        """Return whether the step was done from exactly this."""
        return self._path.is_file() and self._path.read_text() == digest

    def set(self, digest: str) -> None:
        """Record that the step is done."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(digest)

    def clear(self) -> None:
        """Record that the step is under way: when it breaks off, it is not done."""
        self._path.unlink(missing_ok=True)
