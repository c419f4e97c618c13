"""Real processes for the integration tests."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from tests import services

VISIBILITY_TIMEOUT_S = 2  # of the queues in these tests; two hours in production
ROOT = Path(__file__).resolve().parent.parent.parent


def wait_for(what: str, condition: Callable[[], object], within_s: float = 20.0) -> None:
    """Return when the condition holds; fail, saying what was waited for, when it does not in time."""
    deadline = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"waited {within_s:.0f} s in vain for {what}")
        time.sleep(0.05)


def processes_mentioning(text: str) -> list[int]:
    """Return the processes, this one excepted, whose command line or environment mentions a text."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        try:
            content = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:  # it ended, or is not ours
            continue
        if text.encode() in content and state != "Z":
            found.append(int(folder.name))
    return found


class Queue:
    """A broker and the worker processes of one test."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self._folder = folder
        self._workers: list[subprocess.Popen[bytes]] = []
        self.notes_url = f"{url}?db=5"
        self._notes = redis.Redis.from_url(self.notes_url)

    def notes(self) -> list[str]:
        """Return the words that tasks left, in order."""
        return [line.decode().split()[0] for line in self._notes.lrange("notes", 0, -1)]

    def times(self, word: str) -> list[float]:
        """Return when a word was left."""
        lines = [line.decode().split() for line in self._notes.lrange("notes", 0, -1)]
        return [float(at) for left, at in lines if left == word]

    def waiting(self, queue: str) -> int:
        """Return how many tasks wait in a queue."""
        with redis.Redis.from_url(f"{self.url}?db=0") as server:
            return int(server.llen(queue))

    def send(self, task: str, *args: object, **options: object) -> None:
        """Send a task as the site would."""
        from celery import Celery

        with Celery(broker=self.url.replace("unix://", "redis+socket://")) as sender:
            sender.send_task(task, args, **{"queue": "interactive", **options})

    def start_worker(self, processes: int = 1, **given: str) -> subprocess.Popen[bytes]:
        """Start a worker of the site's application, in an environment with more given, and wait until it is ready."""
        var = self._folder / f"var-{len(self._workers)}"
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "HYPERBOLE_VAR": str(var),
            "DATABASE_URL": "",
            "REDIS_URL": self.url,
            "PROBE_VISIBILITY_TIMEOUT_S": str(VISIBILITY_TIMEOUT_S),
            "PROBE_NOTES": self.notes_url,
            "REMAP_SIGTERM": "SIGQUIT",
            **given,
        }
        command = [sys.executable, "-m", "celery", "--app", "tests.integration.probe", "worker"]
        command += [
            "--concurrency",
            str(processes),
            "--without-gossip",
            "--without-mingle",
            "--queues",
            "interactive,refresh,bulk",
        ]
        with (self._folder / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=services.end_with_parent,
            )
        self._workers.append(worker)
        wait_for("a ready worker", (var / "run" / "worker.ready").exists, 60)
        return worker

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        self._notes.close()


@pytest.fixture(params=["Valkey", "Redis"])
def queue(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Queue]:
    """Return a queue on a real server of each kind."""
    program = services.valkey_program() if request.param == "Valkey" else services.redis_program()
    folder = tmp_path_factory.mktemp("q")
    server = services.start_redis_server(program, folder)
    made = Queue(f"unix://{folder}/socket", folder)
    yield made
    made.close()
    server.stop()
