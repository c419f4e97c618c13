"""One running site for the browser tests: the real `manage.py up` with the catalogue loaded."""

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN_S = 90.0
_started: list[subprocess.Popen[bytes]] = []  # kept: it outlives the test that asked first


@dataclass(frozen=True)
class LiveSite:
    """The address of the running site and what is needed to sign in to it."""

    url: str
    passwords: dict[str, str]
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a management command on the site's own database and return its output."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            check=True,
            capture_output=True,
            text=True,
        ).stdout


@contextmanager
def _alone(scratch: Path) -> Iterator[None]:
    with (scratch / "live.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def live_site(scratch: Path) -> LiveSite:
    """Return the site of this run, started by the first worker that asks and stopped with the run."""
    record = scratch / "live.json"
    with _alone(scratch):
        if not record.exists():
            try:
                kept = _start(scratch)
            except AssertionError as failure:
                kept = {"failure": str(failure)}  # tried once, not once a test
            record.write_text(json.dumps(kept))
        kept = json.loads(record.read_text())
    if "failure" in kept:
        raise AssertionError(kept["failure"])
    return LiveSite(kept["url"], kept["passwords"], kept["environment"])


def _start(scratch: Path) -> dict[str, object]:
    var, output = scratch / "live", scratch / "live.out"
    environment = {"HYPERBOLE_VAR": str(var), "PORT": "0", "DATABASE_URL": "", "REDIS_URL": ""}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    if os.environ["HYPERBOLE_TEST_DATABASE"] == "postgresql":
        host = str(scratch / "postgresql")
        with psycopg.connect(host=host, user="hyperbole", dbname="postgres", autocommit=True) as server:
            server.execute("CREATE DATABASE live")
        environment["DATABASE_URL"] = f"postgresql://hyperbole@/live?host={host}"
    with output.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    _started.append(process)
    (scratch / "live.pid").write_text(str(process.pid))
    deadline = time.monotonic() + READY_WITHIN_S
    while not (ready := re.search(r"ready at (http://\S+)/ ", output.read_text())):
        if process.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"the site did not start:\n{output.read_text()[-3000:]}")
        time.sleep(0.1)
    passwords = dict(re.findall(r"^ {4}(editor|reviewer) +(\S+)$", output.read_text(), re.MULTILINE))
    return {"url": ready[1], "passwords": passwords, "environment": environment}


def stop_live_site(scratch: Path) -> None:
    """Stop the site, if any test started it, and wait for its end."""
    record = scratch / "live.pid"
    if not record.exists():
        return
    pid = int(record.read_text())
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        return
    deadline = time.monotonic() + 30
    while (scratch / "live" / "run" / "lock").exists() and time.monotonic() < deadline:
        with (scratch / "live" / "run" / "lock").open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.1)
            else:
                for process in _started:  # our own child, unless another worker started it
                    process.wait(10)
                return
    os.killpg(pid, signal.SIGKILL)
