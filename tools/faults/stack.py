"""A whole site of real processes on this machine, each of which can be killed and started again by itself."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import redis

from config.valkey import server_command, server_program
from tests import services

ROOT = Path(__file__).resolve().parents[2]
LONG_S = 180.0


def wait_until(what: str, holds: Callable[[], Any], within_s: float = LONG_S) -> float:
    """Wait until something holds; return for how long."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > within_s:
            raise TimeoutError(f"waited {within_s:.0f} s in vain for {what}")
        time.sleep(0.1)
    return time.monotonic() - began


class Stack:
    """PostgreSQL or SQLite, Valkey, web, worker, beat, and fake archives behind all remote hosts."""

    def __init__(self, folder: Path, state: Path, database: str, route: str) -> None:
        self.folder, self.state, self.database = folder, state, database
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.server: services.Server | None = None
        self.abandoned = 0  # tasks of a worker that was killed whole: they run again after two hours
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.socket = folder / "valkey.sock"
        self.environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("HYPERBOLE_", "DJANGO_"))
            },
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "HYPERBOLE_VAR": str(state),
            "HYPERBOLE_STATIC_ROOT": str(folder / "static"),
            "HYPERBOLE_SITE_URL": self.url,
            "HYPERBOLE_ARCHIVE_ROUTE": route,
            "REDIS_URL": f"unix://{self.socket}?db=0",
            "DATABASE_URL": self.database_url,
            "REMAP_SIGTERM": "SIGQUIT",
        }

    @property
    def database_url(self) -> str:
        if self.database == "postgresql":
            return f"postgresql://hyperbole@/site?host={self.folder / 'postgresql'}"
        return f"sqlite:///{self.folder / 'site.sqlite3'}"

    # -- starting and stopping ----------------------------------------------------------------------

    def start(self) -> None:
        """Start everything and wait until it is ready."""
        self.start_broker()
        if self.database == "postgresql":
            self.server = services.start_postgresql(self.folder / "postgresql")
            with self.sql("postgres") as server:
                server.execute("CREATE DATABASE site")
        for command in (
            ["migrate", "--verbosity", "0"],
            ["load_catalogue"],
            ["collectstatic", "--noinput", "--verbosity", "0"],
        ):
            self.manage(*command)
        self.start_web()
        self.start_worker()
        self.start_beat()

    def spawn(self, name: str, *command: str, **more: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env={**self.environment, **more}, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        self.processes[name] = process
        return process

    def start_broker(self) -> None:
        self.spawn("valkey", *server_command(server_program(), self.socket, self.folder / "valkey"))
        wait_until("the broker", self.broker_answers)

    def start_web(self) -> None:
        granian = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--no-ws",
            "--respawn-failed-workers",
        ]
        granian += [
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--workers",
            "2",
            "--blocking-threads",
            "2",
        ]
        self.spawn("web", *granian, "config.wsgi:application")
        wait_until("the web server", lambda: self.status("/readyz") == 200)

    def start_worker(self) -> None:
        mark = self.state / "run" / "worker.ready"
        mark.unlink(missing_ok=True)
        celery = [
            sys.executable,
            "-m",
            "celery",
            "--app",
            "config",
            "--quiet",
            "worker",
            "--concurrency",
            "2",
        ]
        self.spawn(
            "worker", *celery, "--queues", "interactive,refresh,bulk", "--without-gossip", "--without-mingle"
        )
        wait_until("the worker", mark.exists)

    def start_beat(self, name: str = "beat") -> None:
        schedule = str(self.folder / f"{name}-schedule")
        self.spawn(
            name, sys.executable, "-m", "celery", "--app", "config", "--quiet", "beat", "--schedule", schedule
        )

    def kill(self, name: str) -> None:
        """SIGKILL to a process and all that it started."""
        process = self.processes.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """End everything that was started here."""
        for name in list(self.processes):
            self.kill(name)
        if self.server is not None:
            self.server.stop()

    # -- asking -------------------------------------------------------------------------------------

    def manage(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return self.python("manage.py", *arguments, check=check)

    def python(self, *arguments: str, check: bool = True, **more: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**self.environment, **more},
            capture_output=True,
            text=True,
        )
        if check and done.returncode:
            raise RuntimeError(
                f"{' '.join(arguments)[:200]} ended with {done.returncode}:\n{done.stderr[-2000:]}"
            )
        return done

    def status(self, path: str, patience_s: float = 20.0) -> int:
        """The status of a page; 0 when nobody answers."""
        return self.read(path, patience_s)[0]

    def read(self, path: str, patience_s: float = 20.0) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(f"{self.url}{path}", timeout=patience_s) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        except OSError:
            return 0, b""

    def redis(self, number: int = 0) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.socket), db=number, socket_timeout=5)

    def broker_answers(self) -> bool:
        try:
            with self.redis() as server:
                return bool(server.ping())
        except (redis.RedisError, OSError):
            return False

    def waiting(self) -> int:
        """How many tasks wait or are held by a worker."""
        with self.redis() as server:
            held = max(0, int(server.hlen("unacked")) - self.abandoned)
            return held + sum(int(server.llen(queue)) for queue in ("interactive", "refresh", "bulk"))

    def sql(self, name: str = "site") -> psycopg.Connection[Any]:
        return psycopg.connect(
            host=str(self.folder / "postgresql"), user="hyperbole", dbname=name, autocommit=True
        )

    def stop_database(self) -> None:
        assert self.server is not None
        self.server.stop()

    def start_database(self) -> None:
        """Start the same server on the same data again."""
        folder = self.folder / "postgresql"
        command = [
            *services.as_ordinary_user(),
            str(services.postgresql_programs() / "postgres"),
            "-D",
            str(folder / "data"),
        ]
        self.server = services.Server(
            [*command, "-h", "", "-k", str(folder), "--max_connections=120"],
            folder,
            self.database_answers,
            signal.SIGINT,
        )

    def database_answers(self) -> bool:
        try:
            self.sql("postgres").close()
        except psycopg.OperationalError:
            return False
        return True
