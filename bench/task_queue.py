"""The task queue: how many tasks a second are published, and make the round trip through a real worker."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import redis

ROOT = Path(__file__).resolve().parent.parent
TASKS = 1000


def main() -> list[dict[str, Any]]:
    """Return one row a server: the embedded Valkey, over its Unix socket."""
    from config.valkey import server_command, server_program

    with tempfile.TemporaryDirectory(prefix="hyp-bench-") as name:
        folder = Path(name)
        socket = folder / "socket"
        environment = {
            **os.environ,
            "HYPERBOLE_VAR": str(folder / "var"),
            "REDIS_URL": f"unix://{socket}",
            "DATABASE_URL": "",
        }
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        server = subprocess.Popen(server_command(server_program(), socket, folder / "data"), **quiet)
        command = [
            sys.executable,
            "-m",
            "celery",
            "--app",
            "config",
            "worker",
            "--concurrency",
            "2",
            "--without-mingle",
        ]
        worker = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, **quiet)
        try:
            return [{"name": "valkey, unix socket, 2 processes", **_measure(socket, folder / "var")}]
        finally:
            os.killpg(worker.pid, signal.SIGKILL)
            server.terminate()
            worker.wait()
            server.wait()


def _measure(socket: Path, var: Path) -> dict[str, float]:
    from celery import Celery, group

    deadline = time.monotonic() + 30
    while not (var / "run" / "worker.ready").exists():
        if time.monotonic() > deadline:
            raise RuntimeError("the worker was not ready after 30 s")
        time.sleep(0.05)
    url = f"redis+socket://{socket}?virtual_host=0"
    with Celery(broker=url, backend=url) as app, redis.Redis(unix_socket_path=str(socket)):
        # `celery.accumulate` is a task that every worker has, and returns its arguments
        tasks = group(
            app.signature("celery.accumulate", (number,), queue="interactive") for number in range(TASKS)
        )
        began = time.monotonic()
        sent = tasks.apply_async()
        published = time.monotonic()
        sent.get(timeout=60)
        ended = time.monotonic()
    return {
        "tasks": TASKS,
        "published_per_s": TASKS / (published - began),
        "done_per_s": TASKS / (ended - began),
    }
