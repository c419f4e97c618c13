"""The lock that one set-up holds while it runs, with the address at which it answers."""

import fcntl
import os
import time
from pathlib import Path


class AlreadyRunning(Exception):
    """Another supervisor holds the lock."""


class RunLock:
    """An flock on a file below var/; the kernel frees it when the last process that holds it ends.

    The children inherit it: after a `kill -9` of the supervisor, the next start waits for them, because two
    embedded servers on one socket would take it from one another.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._file = path.open("a+")

    @property
    def descriptor(self) -> int:
        """Return the file descriptor for the children."""
        return self._file.fileno()

    def take(self, patience_s: float = 20.0) -> None:
        """Take the lock, waiting only for the remains of a supervisor that is gone."""
        deadline = time.monotonic() + patience_s
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder, address = self._holder()
                if holder is None or time.monotonic() > deadline or _alive(holder):
                    where = address or "not ready yet"
                    self.release()
                    raise AlreadyRunning(f"already running: pid {holder or 'unknown'}, {where}") from None
                time.sleep(0.1)
            else:
                self.announce("")
                return

    def announce(self, address: str) -> None:
        """Write who runs, and where, for those who come second."""
        self._file.seek(0)
        self._file.truncate()
        self._file.write(f"{os.getpid()} {address}\n")
        self._file.flush()

    def release(self) -> None:
        """Give the lock up; children that inherited it hold it on."""
        self._file.close()

    def _holder(self) -> tuple[int | None, str]:
        number, _, address = self._path.read_text().strip().partition(" ")
        return (int(number) if number.isdigit() else None), address


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
