"""The index of the article checker as a file: made once for what is public, opened by every process.

The file is named after what it was made of: the published documents by their digests, the code that read them, and
the address of the site.  It may be deleted at any time: the next process that needs it makes it again.
"""

from __future__ import annotations

import ctypes
import hashlib
import logging
import os
import tempfile
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from claims import matching
from claims.matching.encoder import WEIGHTS_SHA256, EncodePacked
from claims.matching.index import ClaimIndex, index_of, keep_index
from claims.matching.prepared import PreparedClaim
from claims.matching.sealed import NotSealed, SealedFile
from science import vocabulary

log = logging.getLogger(__name__)
_TRIM = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of the GNU C library alone
_READ_BY = Path(__file__).with_name("record_index.py")  # what it takes out of a document


@lru_cache(maxsize=1)
def code_digest() -> str:
    """The digest of all code that an index depends on: another release makes its own file."""
    folder = Path(matching.__path__[0])
    told = hashlib.sha256(WEIGHTS_SHA256.encode())
    for path in [*sorted(folder.glob("*.py")), Path(vocabulary.__file__), _READ_BY]:
        told.update(path.read_bytes())
    return told.hexdigest()


def path_of(names: Iterable[str]) -> Path:
    """Where the index of the claims of these names lies."""
    told = hashlib.sha256("\n".join([code_digest(), settings.SITE_URL, *sorted(names)]).encode())
    return _folder() / f"checker-{_release()}-{told.hexdigest()[:32]}.index"


def _release() -> str:
    return hashlib.sha256(f"{code_digest()} {settings.SITE_URL}".encode()).hexdigest()[:8]


def _folder() -> Path:
    return Path(settings.VAR_DIR)


def lock_path() -> Path:
    """Beside the files: who holds it makes one."""
    return _folder() / "checker.lock"


def opened(path: Path) -> ClaimIndex | None:
    """The index of a file; None where there is none that can be read."""
    try:
        with path.open("rb") as file:
            return ClaimIndex(SealedFile(file))
    except FileNotFoundError:
        return None
    except (OSError, NotSealed) as fault:
        log.warning("the index of the article checker cannot be read and is made again: %s", fault)
        return None


def newest() -> ClaimIndex | None:
    """The index that was made last, by the same release: what of it still stands need not be read again."""
    for path in sorted(_files(), key=_made_at, reverse=True):
        if (index := opened(path)) is not None:
            return index
    return None


def stands() -> bool:
    """True when this release has made an index that was not deleted since."""
    return bool(_files())


def _files() -> list[Path]:
    return list(_folder().glob(f"checker-{_release()}-*.index"))


def _made_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another process has a newer one
        return 0.0


def keep(claims: Callable[[], Iterable[PreparedClaim]], encode: EncodePacked) -> ClaimIndex:
    """Make the index of claims, given in the order of their names, for every process; the caller holds the lock."""
    try:
        return _kept(claims(), encode)
    except OSError as fault:
        log.warning("the index of the article checker cannot be kept, each process makes its own: %s", fault)
        return index_of(claims(), encode)
    finally:
        give_back_memory()


def _kept(claims: Iterable[PreparedClaim], encode: EncodePacked) -> ClaimIndex:
    handle, name = tempfile.mkstemp(prefix="checker-", suffix=".new", dir=_folder())
    new = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            keep_index(claims, encode, file)
            index = ClaimIndex(SealedFile(file))
        path = path_of(index.names())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    _remove_others(path)
    return index


def _remove_others(kept: Path) -> None:
    """What was made of an earlier record, where a claim may stand that was withdrawn since, and what broke off."""
    for path in _folder().glob("checker-*"):
        if path.suffix in {".index", ".new"} and path != kept:
            path.unlink(missing_ok=True)  # who has it open reads on


def give_back_memory() -> None:
    """Have the C library return what it keeps free: arrays of one check are a tenth of a web process's memory."""
    if _TRIM is not None:
        _TRIM(0)
