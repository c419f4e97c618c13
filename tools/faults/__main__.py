"""Tries every fault on a running site and prints the table: python -m tools.faults [postgresql|sqlite] [name ...]."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from tests.fakes.server import Fake
from tools.faults import accounts
from tools.faults.faults import FAULTS, drained, queue_checks, ready
from tools.faults.readers import PAGES, Readers
from tools.faults.stack import Stack, wait_until

STATE_MB = 24


def small_disk(folder: Path) -> bool:
    """Give the state a small file system of its own, where we may mount one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={STATE_MB}m", "hyperbole-faults", str(folder)]
    return os.getuid() == 0 and subprocess.run(command, capture_output=True).returncode == 0


def tried(name: str, stack: Stack, fake: Fake) -> dict[str, object]:
    """Try one fault; return its line of the table."""
    before = accounts.count(stack)
    steps = FAULTS[name][0](stack, fake)
    row: dict[str, object] = {"fault": name}
    note, failed = "", ""
    with Readers(stack) as told:
        try:
            next(steps)
            note = next(steps)
        except (NotImplementedError, AssertionError, RuntimeError, TimeoutError) as error:
            failed = f"{'NOT TRIED' if isinstance(error, NotImplementedError) else 'FAILED'}: {error}"
        healed = time.monotonic()
        recovery = wait_until("every page after the fault", lambda: ready(stack) and all(
            stack.status(page) == 200 for page in PAGES))  # fmt: skip
        recovery = max(recovery, time.monotonic() - healed)
    after = accounts.count(stack)
    unsound = accounts.unsound(after)
    return {
        **row, "requests": told.requests, "errors": told.errors, "said 503": told.away, "slowest s": round(told.slowest_s, 1),
        "lost": accounts.lost(before, after), "doubled": accounts.doubled(after), "recovery s": round(recovery, 1),
        "note": failed or note, "bad": bool(failed.startswith("FAILED") or unsound or told.errors),
        "pages": dict(told.failed_pages), "unsound": unsound,
    }  # fmt: skip


def main(database: str, chosen: list[str]) -> int:
    """Try the faults; 1 when one cost a row, an answer or a hand."""
    folder = Path(tempfile.mkdtemp(prefix="hyperbole-faults-"))
    state = folder / "state"
    mounted = small_disk(state)
    fake = Fake(stall_s=40)
    stack = Stack(folder, state, database, fake.start())
    rows = []
    try:
        print(f"starting the site on {database} …", flush=True)
        stack.start()
        queue_checks(stack)
        wait_until("the first run of all checks", lambda: drained(stack))
        for name, (_, where) in FAULTS.items():
            if where not in ("both", database) or (chosen and not any(word in name for word in chosen)):
                continue
            row = tried(name, stack, fake)
            rows.append(row)
            print(f"  {name}: {row['note']}", flush=True)
            for line in (row["pages"], row["unsound"]):
                if line:
                    print(f"      {line}", flush=True)
    finally:
        stack.stop()
        fake.stop()
        if mounted:
            subprocess.run(["umount", str(state)], check=False)
        if not os.environ.get("HYPERBOLE_KEEP"):
            shutil.rmtree(folder, ignore_errors=True)
    columns = ("requests", "errors", "said 503", "slowest s", "lost", "doubled", "recovery s")
    widest = max([len(str(row["fault"])) for row in rows] + [5])
    print(f"\n{'fault, on ' + database:{widest + 4}}" + "".join(f"{name:>12}" for name in columns))
    for row in rows:
        print(f"{row['fault']:{widest + 4}}" + "".join(f"{row[name]!s:>12}" for name in columns))
    bad = [row["fault"] for row in rows if row["bad"] or row["lost"] or row["doubled"]]
    print(
        f"{len(rows)} faults tried, {sum(int(str(row['requests'])) for row in rows)} requests meanwhile"
        + (f"; NOT SOUND: {bad}" if bad else "")
    )
    return 1 if bad or not rows else 0


if __name__ == "__main__":
    words = sys.argv[1:]
    kind = words.pop(0) if words and words[0] in ("postgresql", "sqlite") else "postgresql"
    sys.exit(main(kind, words))
