"""The faults, each a generator: it breaks something, yields while readers go on, then heals what no hand should.

What a fault returns after the yield is a sentence about what it saw; a fault that raises failed.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import redis

from tests.fakes.server import Fake
from tools.faults.stack import Stack, wait_until

Fault = Callable[[Stack, Fake], Iterator[str]]
HELD_S = 6.0
FAILED = (
    "in maintenance",
    "no answer in time",
    "asked us to wait",
    "refused",
    "an answer we cannot read",
)  # polls, in words
SEND = "import django; django.setup()\nfrom claims.tasks import run_checks\n"


def queue_checks(stack: Stack, times: int = 1, *, check: bool = True) -> subprocess.CompletedProcess[str]:
    return stack.python("-c", SEND + f"for _ in range({times}): run_checks.delay()", check=check)


def ready(stack: Stack) -> bool:
    return stack.status("/readyz") == 200


def drained(stack: Stack) -> bool:
    return stack.waiting() == 0


def broker_killed(stack: Stack, fake: Fake) -> Iterator[str]:
    """SIGKILL to the broker with work in the queue; started again on the same files."""
    queue_checks(stack, 3)
    stack.kill("valkey")
    yield ""
    time.sleep(HELD_S)
    assert stack.status("/readyz") == 503, "the probe did not notice"
    assert b"Could not be looked up" in stack.read("/status/")[1], "the status page did not say so"
    stack.start_broker()
    wait_until("all probes", lambda: ready(stack))
    wait_until("the queued work", lambda: drained(stack))
    yield "the queue was there again, the worker came back to it by itself"


def broker_full(stack: Stack, fake: Fake) -> Iterator[str]:
    """The broker takes nothing more (maxmemory reached)."""
    with stack.redis() as server:
        server.config_set("maxmemory", "1")
        yield ""
        began = time.monotonic()
        refused = queue_checks(stack, check=False)
        took = time.monotonic() - began
        assert refused.returncode, "work was taken that nobody can keep"
        time.sleep(HELD_S)
        assert stack.status("/readyz") == 503, "the probe did not notice"
        server.config_set("maxmemory", "0")
    wait_until("all probes", lambda: ready(stack))
    queue_checks(stack)
    wait_until("new work", lambda: drained(stack))
    yield f"new work was refused (the process took {took:.0f} s), nothing that waited was lost"


def database_restarted(stack: Stack, fake: Fake) -> Iterator[str]:
    """PostgreSQL stopped for some seconds with work under way."""
    queue_checks(stack)
    stack.stop_database()
    yield ""
    time.sleep(HELD_S)
    assert stack.status("/readyz") == 503, "the probe did not notice"
    stack.start_database()
    wait_until("all probes", lambda: ready(stack))
    queue_checks(stack)
    wait_until("the work", lambda: drained(stack))
    yield "kept pages went on, others said 503 with Retry-After"


def database_read_only(stack: Stack, fake: Fake) -> Iterator[str]:
    """PostgreSQL refuses every write."""
    with stack.sql() as server:
        server.execute("ALTER DATABASE site SET default_transaction_read_only = on")
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'site' AND pid <> pg_backend_pid()"
        )
    yield ""
    refused = stack.manage("load_catalogue", check=False)
    time.sleep(HELD_S)
    statuses = {page: stack.status(page) for page in ("/", "/claims/manhattan-sized/history/", "/feed.json")}
    with stack.sql() as server:
        server.execute("SET default_transaction_read_only = off")
        server.execute("ALTER DATABASE site RESET default_transaction_read_only")
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'site' AND pid <> pg_backend_pid()"
        )
    assert set(statuses.values()) == {200}, statuses
    wait_until("all probes", lambda: ready(stack))
    queue_checks(stack)
    wait_until("the work", lambda: drained(stack))
    yield f"every page answered; a load of the catalogue ended with {refused.returncode}"


def disk_full(stack: Stack, fake: Fake) -> Iterator[str]:
    """The file system of the state folder is full."""
    if not os.path.ismount(stack.state):
        raise NotImplementedError(
            "needs a small file system for the state folder, which takes a right to mount"
        )
    ballast = stack.state / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb") as file:
        while True:
            file.write(b"\0" * 65536)
            file.flush()
    yield ""
    dumped = stack.manage("dump_open_data", str(stack.state / "dump"), check=False)
    kept = stack.manage("backup", str(stack.state / "backups"), check=False)
    assert dumped.returncode, "a package was written into nothing"
    assert kept.returncode, "a backup was written into nothing"
    left = (
        [path.name for path in (stack.state / "backups").glob("hyperbole-*")]
        if (stack.state / "backups").is_dir()
        else []
    )
    assert not left, f"half a backup under a whole name: {left}"
    time.sleep(HELD_S)
    ballast.unlink()
    stack.manage("backup", str(stack.folder / "backups"))
    wait_until("all probes", lambda: ready(stack))
    yield "package and backup ended with an error and left nothing under their names"


def worker_killed_mid_task(stack: Stack, fake: Fake) -> Iterator[str]:
    """SIGKILL to the processes of the worker's pool while they work, then to the whole worker."""
    queue_checks(stack, 2)
    time.sleep(1.0)
    master = stack.processes["worker"].pid
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    for pid in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)
    yield ""
    wait_until("the tasks to be done again", lambda: drained(stack))
    queue_checks(stack)
    stack.kill("worker")
    with stack.redis() as server:
        stack.abandoned = int(server.hlen("unacked"))
    stack.start_worker()
    wait_until("the queue", lambda: drained(stack))
    yield f"{len(children)} pool processes killed, their tasks ran again; a new worker went on"


def killed_mid_transaction(stack: Stack, fake: Fake) -> Iterator[str]:
    """SIGKILL to a process between the writes of one transaction: a load that publishes, log rows and all."""
    program = (
        "import django, os, signal; django.setup()\n"
        "from datetime import datetime, UTC\n"
        "from django.db import transaction\n"
        "from claims import editing\n"
        "from claims.models import Claim\n"
        "with transaction.atomic():\n"
        "    claim = Claim.objects.select_related('current_version').get(slug='manhattan-sized')\n"
        "    editing.mark_stale(claim.current_version, 'review_due', 'half done', at=datetime.now(UTC))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = stack.python("-c", program, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    yield ""
    look = "import django; django.setup()\nfrom claims.models import StaleMark\nprint(StaleMark.objects.filter(detail='half done').count())"
    assert stack.python("-c", look).stdout.strip().endswith("0"), "half a transaction is there"
    yield "nothing of the transaction is there"


def beat_doubled(stack: Stack, fake: Fake) -> Iterator[str]:
    """Two schedulers, each of which queues every job."""
    stack.start_beat("second-beat")
    queue_checks(stack, 2)
    yield ""
    time.sleep(HELD_S)
    wait_until("the doubled work", lambda: drained(stack))
    stack.kill("second-beat")
    yield "the same job twice appended nothing twice"


def clock_stepped(stack: Stack, fake: Fake) -> Iterator[str]:
    """The clock of a process steps a day back, a day ahead and back again, between requests and writes."""
    program = (
        "import django, datetime; django.setup()\n"
        "import time_machine\n"
        "from django.test import Client\n"
        "from django.utils import timezone\n"
        "from claims import editing\n"
        "from claims.models import Claim\n"
        "reader = Client(headers={'host': 'localhost'})\n"
        "now = datetime.datetime.now(datetime.UTC)\n"
        "for days in (0, -1, 1, -400, 0):\n"
        "    with time_machine.travel(now + datetime.timedelta(days=days)):\n"
        "        for page in ('/', '/claims/', '/feed.json', '/api/v1/claims/', '/status/', '/archives/'):\n"
        "            answer = reader.get(page)\n"
        "            assert answer.status_code == 200, (days, page, answer.status_code)\n"
        "        claim = Claim.objects.select_related('current_version').get(slug='manhattan-sized')\n"
        "        editing.mark_stale(claim.current_version, 'review_due', f'clock {days}', at=timezone.now())\n"
        "assert editing.first_broken_log_row() is None\n"
    )
    yield ""
    stack.python("-c", program)
    yield "pages answered at every hour, the log's chain does not rest on the clock"


def names_dead(stack: Stack, fake: Fake) -> Iterator[str]:
    """No name is resolved: every question to a remote service fails at once."""
    yield ""
    # a name that no resolver knows stands in for all of them
    refreshed = stack.python(
        "manage.py",
        "refresh",
        "ephemeris",
        "--object",
        "3I",
        "--wait",
        check=False,
        HYPERBOLE_ARCHIVE_ROUTE="http://fake:9",
    )
    told = refreshed.stdout + refreshed.stderr
    assert "Traceback" not in told, told[-1500:]
    assert stack.status("/status/") == 200
    yield "each question ended as unreachable; the status page answered"


def remotes_hostile(stack: Stack, fake: Fake) -> Iterator[str]:
    """Every remote service at once: silent, dripping, endless, a bomb, elsewhere, broken off, a web page, 403, 503."""
    kinds = (
        "stall",
        "drip",
        "endless",
        "bomb",
        "moved",
        "reset",
        "page",
        "refused",
        "unavailable",
        "truncated",
    )
    from ephemeris.archives.registry import hosts

    for number, host in enumerate(sorted(hosts())):
        fake.faults[host] = kinds[number % len(kinds)]
    stack.spawn("poll", sys.executable, "manage.py", "refresh", "archives", "--object", "3I", "--wait")
    yield ""
    time.sleep(5 * HELD_S)
    memory = _peak_mb(stack.processes["poll"].pid)
    told = stack.read("/status/")[1].decode()
    assert any(words in told for words in FAILED), "the status page tells of no failure"
    stack.kill("poll")
    fake.faults.clear()
    assert memory < 1500, f"a reply grew a worker to {memory:.0f} MB"
    assert stack.status("/archives/") == stack.status("/status/") == 200
    yield f"{len(kinds)} kinds over {len(hosts())} hosts, told on the status page; the process that asked peaked at {memory:.0f} MB"


def _peak_mb(pid: int) -> float:
    told = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM")) / 1000


def cache_poisoned(stack: Stack, fake: Fake) -> Iterator[str]:
    """Garbage under every key of the cache."""
    with stack.redis(1) as server:
        keys = list(server.scan_iter("*"))
        assert keys, "nothing was in the cache"
        for number, key in enumerate(keys):
            server.delete(key)
            with contextlib.suppress(redis.ResponseError):
                if number % 3:
                    server.set(key, (b"\x80\x05K\x01.", b"garbage")[number % 2])
                else:
                    server.lpush(key, "garbage")
    yield ""
    time.sleep(HELD_S)
    yield f"{len(keys)} keys poisoned; what did not bear the seal was thrown away"


FAULTS: dict[str, tuple[Fault, str]] = {
    "broker killed and restarted": (broker_killed, "both"),
    "broker full": (broker_full, "both"),
    "database restarted": (database_restarted, "postgresql"),
    "database read-only": (database_read_only, "postgresql"),
    "disk full for the state": (disk_full, "both"),
    "worker killed mid-task": (worker_killed_mid_task, "both"),
    "killed mid-transaction": (killed_mid_transaction, "both"),
    "beat doubled": (beat_doubled, "both"),
    "clock stepped": (clock_stepped, "both"),
    "names not resolved": (names_dead, "both"),
    "all remote services hostile": (remotes_hostile, "both"),
    "cache poisoned": (cache_poisoned, "both"),
}
