"""Sites of a benchmark's own: a state folder with the catalogue, and applications on granian as `make run` starts them."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench._load import logs, read

ROOT = Path(__file__).resolve().parent.parent


def environment_of(var: Path) -> dict[str, str]:
    return {
        **os.environ,
        "HYPERBOLE_VAR": str(var),
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "PORT": "0",
        "HYPERBOLE_API_REQUESTS_PER_MINUTE": "1000000",
        "HYPERBOLE_LOG_LEVEL": "ERROR",
    }


def prepare(var: Path) -> None:
    """A state folder with the catalogue, every check run once, and the static files."""
    with valkey(var):
        for command in (["migrate"], ["load_catalogue"], ["run_checks"], ["collectstatic", "--noinput"]):
            run([sys.executable, "manage.py", *command], environment_of(var))


def copy(few: Path, many: Path) -> None:
    shutil.copytree(few, many, ignore=shutil.ignore_patterns("valkey*", "run"))


def run(command: list[Any], environment: dict[str, str], folder: Path = ROOT) -> str:
    done = subprocess.run(
        [str(word) for word in command], cwd=folder, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr[-2000:]}")
    return done.stdout


@contextmanager
def valkey(var: Path) -> Iterator[None]:
    from config.valkey import server_command, server_program, socket_path

    command = server_command(server_program(), socket_path(var), var / "valkey")
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        server.terminate()
        server.wait()


@contextmanager
def served(
    folder: Path,
    python: str,
    application: str,
    environment: dict[str, str],
    at: Path = ROOT,
    interface: str = "wsgi",
    processes: int = 0,
) -> Iterator[str]:
    """An application on granian, as `make run` starts it; yields its address."""
    from django.conf import settings

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        python,
        "-m",
        "granian",
        "--interface",
        interface,
        "--no-ws",
        "--host",
        "127.0.0.1",
        "--port",
        port,
    ]
    command += ["--workers", processes or settings.WEB_PROCESSES]
    if interface == "wsgi":
        command += ["--blocking-threads", settings.WEB_THREADS]
    with (folder / f"{application.partition(':')[0]}-{port}.log").open("wb") as log:
        server = subprocess.Popen(
            [str(word) for word in [*command, application]],
            cwd=at, env={**os.environ, **environment}, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        _wait(port, folder)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _wait(port: int, folder: Path) -> None:
    deadline = time.monotonic() + 90
    while True:
        try:
            read(f"http://127.0.0.1:{port}/")
            return
        except OSError:
            if time.monotonic() > deadline:
                raise RuntimeError(f"a server did not start\n{logs(folder)}") from None
            time.sleep(0.2)
