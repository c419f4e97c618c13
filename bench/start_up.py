"""The whole site on one machine: seconds to the first ready page, to a later one, and to a clean stop; memory."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN_S = 120.0


def main() -> list[dict[str, Any]]:
    """Return one row a start; the first one prepares database and static files."""
    with tempfile.TemporaryDirectory(prefix="hyp-bench-") as var:
        return [{"name": name, **_start(Path(var))} for name in ("first", "second", "third")]


def _start(var: Path) -> dict[str, float]:
    environment = {**os.environ, "HYPERBOLE_VAR": str(var), "PORT": "0", "DATABASE_URL": "", "REDIS_URL": ""}
    output = var / "up.out"
    began = time.monotonic()
    with output.open("wb") as out:
        site = subprocess.Popen(
            [sys.executable, "manage.py", "up"], cwd=ROOT, env=environment, stdout=out, stderr=out
        )
    while not re.search(r"ready at ", output.read_text()):
        if site.poll() is not None or time.monotonic() - began > READY_WITHIN_S:
            site.kill()
            raise RuntimeError(f"the site did not start:\n{output.read_text()}")
        time.sleep(0.02)
    ready = time.monotonic()
    while "worker and beat are running" not in output.read_text() and site.poll() is None:
        time.sleep(0.02)
    complete = time.monotonic()
    memory = _memory_mb(var)
    site.send_signal(signal.SIGINT)
    site.wait(60)
    return {
        "ready_s": ready - began,
        "complete_s": complete - began,
        "stop_s": time.monotonic() - complete,
        "memory_mb": memory,
    }


def _memory_mb(var: Path) -> float:
    """Return the memory of all processes of the site, shared pages counted once (Linux; 0 elsewhere)."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if str(var).encode() in (folder / "environ").read_bytes():
                found = re.search(r"^Pss:\s+(\d+)", (folder / "smaps_rollup").read_text(), re.MULTILINE)
                total += int(found[1]) if found else 0
        except OSError:  # it ended meanwhile
            continue
    return total / 1024
