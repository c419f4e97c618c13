"""Ends what a killed supervisor leaves behind.  Run as a script of its own, which imports nothing of the site.

It reads "name process-group patience told" lines from its standard input, the supervisor's pipe.  "done" means that
the supervisor stopped them all itself.  When the pipe closes without it, the supervisor was killed, and the groups are
ended here, the last started first: the queue's server must outlive the worker, which puts its tasks back.
"""

import contextlib
import os
import signal
import sys
import time

GONE = (ProcessLookupError, PermissionError)  # macOS denies signals to a group of zombies


def alive(group: int) -> bool:
    """Return whether a process of the group is left."""
    try:
        os.killpg(group, 0)
    except GONE:
        return False
    return True


def end(group: int, patience_s: float, told: bool) -> None:
    """End a group: wait for its leader, which is told to stop unless the kernel did that, then insist."""
    if not told:
        with contextlib.suppress(*GONE):
            os.kill(group, signal.SIGTERM)
    deadline = time.monotonic() + patience_s
    while alive(group) and time.monotonic() < deadline:
        time.sleep(0.05)
    with contextlib.suppress(*GONE):
        os.killpg(group, signal.SIGKILL)


def main() -> None:
    """Wait for the end of the supervisor, then end what it left."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: dict[str, tuple[int, float, bool]] = {}
    for line in sys.stdin:
        if line == "done\n":
            return
        name, group, patience, told = line.split()
        groups.pop(name, None)  # it was started again
        groups[name] = int(group), float(patience), told == "told"
    for group, patience_s, told in list(groups.values())[::-1]:
        end(group, patience_s, told)


if __name__ == "__main__":
    main()
