"""`manage.py up`: the whole site on one machine, under one supervisor."""

import errno
import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import django
import redis
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connection, connections

from config.runlock import AlreadyRunning, RunLock
from config.stamps import Stamp, digest_of
from config.supervisor import Child, NotReady, Supervisor
from config.valkey import server_command, server_program, socket_path

READY_WITHIN_S = 60.0
PORTS_TO_TRY = 20


class Command(BaseCommand):
    """Prepare the database and the static files, then run web, worker and beat until told to stop."""

    help = "Runs the whole site on this machine: database, embedded Redis-protocol server, web, worker, beat."
    requires_system_checks = []  # `migrate` runs them when anything has changed

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until Ctrl-C; leave no process behind."""
        began = time.monotonic()
        self.var = Path(settings.VAR_DIR)
        (self.var / "log").mkdir(exist_ok=True)
        self.lock = RunLock(self.var / "run" / "lock")
        try:
            self.lock.take()
        except AlreadyRunning as error:
            raise CommandError(str(error)) from None
        self.supervisor = Supervisor(self.say)
        self.supervisor.listen_to_signals()
        try:
            self.run(began)
        except KeyboardInterrupt:
            self.say("stopping")
        except NotReady as error:
            raise CommandError(str(error)) from None
        finally:
            self.supervisor.stop()
            self.lock.release()
        self.say("stopped")

    def run(self, began: float) -> None:
        """Prepare and start everything in order, then watch."""
        if settings.EMBEDDED_REDIS:
            self.supervisor.start(self.valkey())
        with self.static_files_ready():
            self.prepare_database()
        port = free_port(settings.LISTEN, settings.PORT)
        if settings.PORT not in (0, port):
            self.say(f"port {settings.PORT} is taken, using {port}")
        os.environ["PORT"] = str(port)  # all that print addresses print this one
        self.supervisor.wait_ready(READY_WITHIN_S)  # of the embedded server: the others need it
        self.supervisor.start(self.web(port))  # first, and alone on the processors: somebody waits for a page
        self.supervisor.wait_ready(READY_WITHIN_S)
        address = f"http://{'127.0.0.1' if settings.LISTEN == '0.0.0.0' else settings.LISTEN}:{port}/"  # noqa: S104
        self.lock.announce(address)
        took = time.monotonic() - began
        self.say(f"ready at {address} after {took:.1f} s; logs in {self.var / 'log'}; Ctrl-C stops")
        self.supervisor.start(self.worker(), self.beat())
        self.supervisor.wait_ready(READY_WITHIN_S)
        self.say("worker and beat are running")
        self.supervisor.watch()

    def say(self, message: str) -> None:
        """Print one line at once."""
        self.stdout.write(f"hyperbole: {message}")
        self.stdout.flush()

    # -- preparation --------------------------------------------------------------------------------

    def static_files_ready(self) -> "StaticFiles":
        """Return the running collection of static files, which is waited for at the end of the block."""
        sources = [Path(folder) for folder in settings.STATICFILES_DIRS]
        backend = settings.STORAGES["staticfiles"]["BACKEND"]
        return StaticFiles(
            Stamp(self.var / "run" / "static.stamp"), digest_of(sources, django.__version__, backend)
        )

    def prepare_database(self) -> None:
        """Migrate, load the catalogue and make the demo accounts, unless nothing has changed since."""
        stamp = Stamp(self.var / "run" / "database.stamp")
        folders = [settings.BASE_DIR / name for name in ("claims", "ephemeris", "science", "data")]
        name = settings.DATABASES["default"]["NAME"]
        file = Path(str(name)) if connection.vendor == "sqlite" else None
        # Only of our own file do we know that nobody replaced it.
        identity = str(file.stat().st_ino) if file and file.exists() else ""
        if identity and stamp.shows(digest_of(folders, django.__version__, str(file), identity)):
            return
        self.say("preparing the database and loading the catalogue")
        stamp.clear()
        call_command("migrate", verbosity=0, stdout=self.stdout)
        call_command("load_catalogue", stdout=self.stdout)
        if settings.EMBEDDED:
            call_command("create_demo_accounts", stdout=self.stdout)
        connections.close_all()
        if file:
            stamp.set(digest_of(folders, django.__version__, str(file), str(file.stat().st_ino)))

    # -- the processes ------------------------------------------------------------------------------

    def child(self, name: str, *command: str, stop_within_s: float, ready: Any, **more: Any) -> Child:
        """Return a process that logs below var/ and inherits the run lock."""
        log = self.var / "log" / f"{name}.log"
        keep = [self.lock.descriptor]
        return Child(name, command, log, ready, stop_within_s, keep_open=keep, **more)

    def valkey(self) -> Child:
        """Return the embedded Redis-protocol server."""
        socket_file = socket_path(self.var)
        command = server_command(server_program(settings.REDIS_SERVER), socket_file, self.var / "valkey")

        def answers() -> bool:
            try:
                with redis.Redis(unix_socket_path=str(socket_file), socket_timeout=1) as server:
                    return bool(server.ping())
            except (redis.RedisError, OSError):
                return False

        return self.child("valkey", *command, ready=answers, stop_within_s=10, outlasts=True)

    def web(self, port: int) -> Child:
        """Return the web server."""
        host = settings.LISTEN
        granian = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--no-ws",
            "--respawn-failed-workers",
        ]
        granian += ["--host", host, "--port", str(port), "--workers", str(settings.WEB_PROCESSES)]
        granian += ["--blocking-threads", str(settings.WEB_THREADS), "config.wsgi:application"]

        def answers() -> bool:
            web = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=5)  # noqa: S104
            try:
                web.request("GET", "/readyz")
                return web.getresponse().status == http.HTTPStatus.OK
            except OSError:
                return False
            finally:
                web.close()

        return self.child("web", *granian, ready=answers, stop_within_s=10)

    def worker(self) -> Child:
        """Return the Celery worker; on SIGTERM it puts running tasks back instead of waiting for their end."""
        return self.celery(
            "worker",
            *("--queues", "interactive,refresh,bulk", "--concurrency", str(settings.WORKER_PROCESSES)),
            *("--without-gossip", "--without-mingle"),
            stop_within_s=15,
            environment={"REMAP_SIGTERM": "SIGQUIT"},
        )

    def beat(self) -> Child:
        """Return the scheduler."""
        return self.celery("beat", "--schedule", str(self.var / "run" / "beat-schedule"), stop_within_s=5)

    def celery(self, name: str, *arguments: str, **more: Any) -> Child:
        """Return a Celery process, which writes its mark when it is ready (see `config.celery`)."""
        mark = self.var / "run" / f"{name}.ready"
        command = [sys.executable, "-m", "celery", "--app", "config", "--quiet", name, *arguments]
        forget = lambda: mark.unlink(missing_ok=True)  # noqa: E731
        return self.child(name, *command, ready=mark.exists, before=forget, **more)


class StaticFiles:
    """The collection of static files, run beside other work: compressing them takes seconds."""

    def __init__(self, stamp: Stamp, digest: str) -> None:
        self._stamp, self._digest = stamp, digest
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> None:
        if self._stamp.shows(self._digest) and (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
            return
        self._stamp.clear()
        command = [
            sys.executable,
            str(settings.BASE_DIR / "manage.py"),
            "collectstatic",
            "--noinput",
            "--clear",
        ]
        self._process = subprocess.Popen(
            [*command, "--verbosity", "0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        if self._process is None:
            return
        if failure is not None:
            self._process.kill()
        output, _error = self._process.communicate()
        if failure is None:
            if self._process.returncode:
                raise CommandError(f"collectstatic ended with {self._process.returncode}:\n{output}")
            self._stamp.set(self._digest)


def free_port(host: str, wanted: int) -> int:
    """Return the wanted port or the next free one.

    Asked by a plain bind: the web server itself binds with SO_REUSEPORT, and a second one on the same port
    would start without an error and take half of the requests.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    last = min(wanted + PORTS_TO_TRY, 65536) if wanted else 1
    for port in range(wanted, last):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port that only lingers is free
            try:
                probe.bind((host, port))
            except OSError as error:
                if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                    raise CommandError(f"HYPERBOLE_LISTEN is {host!r}: {error.strerror}") from None
                continue
            return probe.getsockname()[1]
    raise CommandError(f"no free port from {wanted} to {last - 1} on {host}; set PORT")
