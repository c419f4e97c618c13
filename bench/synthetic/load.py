"""A bounded load run against the real processes: `python -m bench.synthetic.load [postgresql|sqlite] [seconds [pause]]`.

Readers of pages, pollers of feeds, programs at the API, articles put to the checker, two editors who publish through the
editing rules, and every minute a storm of polls of all archives and checks of all claims in the workers, all at once.
Prints throughput, p50, p99 idle and under load, errors, and the memory of the web and worker processes every half
minute; keeps all of it in bench/results/load-<database>.json.

The first two minutes fill what is bounded: kept answers, the article checker's index, the libraries that a first task
loads.  After them memory is flat when its highest value in the last third is within 5 % of the highest in the first
third.  (The highest: a worker's process is replaced after 500 tasks, which takes the sum down for a while.)
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from bench.synthetic.memory import Curve
from tests.fakes.server import Fake
from tools.bench import machine, table
from tools.faults.faults import drained, queue_checks
from tools.faults.stack import Stack, wait_until

ROOT = Path(__file__).resolve().parents[2]
WARM_S = 120.0
STORM_EVERY_S = 60.0
PAUSE_S = 0.1  # a reader's mean time between an answer and the next question; 0 to find out what is the most
FLAT = 0.05
KINDS: dict[str, tuple[int, tuple[str, ...]]] = {
    "pages": (4, ("/", "/claims/", "/claims/?topic=composition", "/claims/?q=nickel", "/claims/{c}/", "/claims/{c}/history/",
                  "/objects/3I/", "/archives/", "/sources/", "/measurements/", "/method/", "/status/")),
    "feeds": (2, ("/feed.json", "/changes.json", "/feed.atom", "/objects/3I/feed.json", "/claims/{c}.json")),
    "api": (2, ("/api/v1/claims/", "/api/v1/claims/{c}/", "/api/v1/campaigns/", "/api/v1/measurements/",
                "/api/v1/objects/3I/ephemeris/?observer=500&start=2025-10-01T00:00Z&stop=2025-10-05T00:00Z&step=6h&format=json")),
    "article checks": (1, ("/api/v1/match",)),
}  # fmt: skip
ARTICLE = (
    "Comet 3I/ATLAS shed pure nickel vapour and no iron. It is as wide as Manhattan, he wrote. "
    "On 3 October 2025 it passed Mars, and a streak at 60 km/s crossed the rover's sky. All spacecraft fell silent. "
) * 3
EDITOR = """
import sys, time, django
django.setup()
from datetime import datetime, UTC
from claims import editing
from claims.models import Evidence, Source
from tests.claims import publishing
name, number = sys.argv[1], 0
author = publishing.person(f"{name}-author"); reviewer = publishing.person(f"{name}-reviewer")
source = Source.objects.order_by("pk").first()
print("ready", flush=True)
until = time.time() + float(sys.stdin.readline())
while time.time() < until:
    at = datetime.now(UTC)
    claim = publishing.claim(f"synthetic-{name}-{number}")
    version = editing.draft_version(claim, publishing.text(), [Evidence(source=source, stance="context")], author=author, at=at)
    editing.submit_for_review(version, actor=author, at=at)
    editing.approve(version, approver=reviewer, at=at, checklist=publishing.CHECKLIST)
    editing.publish(version, actor=reviewer, at=at)
    number += 1
    time.sleep(10)
print(number)
"""
STORM = """
import sys, django
django.setup()
from claims.tasks import run_checks
from ephemeris.tasks import poll_archives
print("ready", flush=True)
for line in sys.stdin:
    poll_archives.delay(everything=True); run_checks.delay()
"""


def slugs() -> list[str]:
    return sorted(path.stem for path in (ROOT / "data" / "claims").glob("*.toml"))


class Load:
    """Threads that ask again and again, and how long each answer took."""

    def __init__(self, stack: Stack, readers: dict[str, int], pause_s: float) -> None:
        self.stack, self.pause_s, self.over = stack, pause_s, threading.Event()
        self.took: dict[str, list[float]] = {kind: [] for kind in KINDS}
        self.errors: dict[str, list[str]] = {kind: [] for kind in KINDS}
        self.threads = [
            threading.Thread(target=self._read, args=(kind, number), daemon=True)
            for kind, count in readers.items()
            for number in range(count)
        ]

    def run(self, seconds: float) -> None:
        for thread in self.threads:
            thread.start()
        time.sleep(seconds)
        self.over.set()
        for thread in self.threads:
            thread.join(60)

    def _read(self, kind: str, number: int) -> None:
        random, names = Random(f"{kind} {number}"), slugs()
        while not self.over.is_set():
            path = random.choice(KINDS[kind][1]).replace("{c}", random.choice(names))
            began = time.perf_counter()
            status = self.matched() if kind == "article checks" else self.stack.status(path, 60)
            self.took[kind].append(time.perf_counter() - began)
            if status != 200:
                self.errors[kind].append(f"{path} {status}")
            if self.pause_s:
                self.over.wait(random.expovariate(1 / self.pause_s))

    def matched(self) -> int:
        """The status of an article that was put to the checker."""
        body = json.dumps({"text": ARTICLE}).encode()
        asked = urllib.request.Request(
            f"{self.stack.url}/api/v1/match", body, {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                answer.read()
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0


@contextmanager
def work(stack: Stack, seconds: float) -> Iterator[list[str]]:
    """Two editors who publish, and a storm of work every minute; gives how much was published, once it is over."""
    told: list[str] = []
    # all of them are at work before the first reader comes, as an editor's web process and beat are
    editors = [_helper(stack, EDITOR, name) for name in ("one", "two")]
    beat, over = _helper(stack, STORM), threading.Event()

    def storms() -> None:
        while not over.is_set():
            _say(beat, "now")
            over.wait(STORM_EVERY_S)

    storm = threading.Thread(target=storms, daemon=True)
    storm.start()
    for editor in editors:
        _say(editor, str(seconds))
    try:
        yield told
        for editor in editors:
            out, err = editor.communicate(timeout=120)
            told.append(out.strip() or err[-300:])
    finally:
        over.set()
        storm.join(60)
        for process in (*editors, beat):
            process.kill()


def _helper(stack: Stack, program: str, *given: str) -> subprocess.Popen[str]:
    """A process of the site's own code that waits for a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, *given], cwd=ROOT, env=stack.environment,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    if process.stdout is None or process.stdout.readline().strip() != "ready":
        raise RuntimeError(process.communicate()[1][-500:])
    return process


def _say(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def main(database: str, seconds: float, pause_s: float) -> int:
    """Run it; 1 when a request or an editor failed, or memory is not flat."""
    folder = Path(tempfile.mkdtemp(prefix="hyperbole-load-"))
    (folder / "state").mkdir()
    fake = Fake()
    stack = Stack(folder, folder / "state", database, fake.start())
    stack.environment["HYPERBOLE_API_REQUESTS_PER_MINUTE"] = "1000000"
    stack.environment["HYPERBOLE_CHECKED_CHARACTERS_PER_MINUTE"] = "1000000000"
    try:
        stack.start()
        queue_checks(stack)
        wait_until("the first run of all checks", lambda: drained(stack), 600)
        Load(stack, dict.fromkeys(KINDS, 1), 0).run(min(20.0, seconds / 4))
        idle = {kind: Load(stack, {kind: 1}, pause_s) for kind in KINDS}
        for load in idle.values():  # long enough that the slowest of a hundred is more than one
            load.run(min(40.0, seconds / 6))
        loaded = Load(stack, {kind: count for kind, (count, _) in KINDS.items()}, pause_s)
        with work(stack, seconds) as published, Curve(stack.processes) as curve:
            loaded.run(seconds)
        failures = errors_in_logs(folder)
    finally:
        stack.stop()
        fake.stop()
        if not os.environ.get("HYPERBOLE_KEEP"):
            shutil.rmtree(folder, ignore_errors=True)
    rows = [row(database, kind, idle[kind], loaded, seconds) for kind in KINDS]
    print(table(rows))
    growth = {name: curve.growth(name, min(WARM_S, seconds / 3)) for name in ("web", "worker")}
    print(curve.table())
    print(
        f"growth of memory after the warm-up: {', '.join(f'{name} {share:+.1%}' for name, share in growth.items())}"
    )
    print(f"verdicts published meanwhile: {published}; errors in the logs: {failures or 'none'}")
    for kind, errors in loaded.errors.items():
        for error, times in Counter(errors).most_common(5):
            print(f"  {kind}: {error}, {times} times")
    result = {
        **machine(), "seconds": seconds, "pause_s": pause_s, "memory_mb": curve.rows, "growth": growth, "published": published,
        "errors_in_logs": failures, "rows": rows,
    }  # fmt: skip
    (ROOT / "bench" / "results").mkdir(exist_ok=True)
    (ROOT / "bench" / "results" / f"load-{database}{'' if pause_s else '-saturated'}.json").write_text(
        json.dumps(result, indent=1) + "\n"
    )
    sound = not any(row["errors"] for row in rows) and all(told.isdigit() for told in published)
    return 0 if sound and not failures and max(growth.values()) <= FLAT else 1


def row(database: str, kind: str, idle: Load, loaded: Load, seconds: float) -> dict[str, Any]:
    """The figures of one kind of reader."""
    quiet, busy = idle.took[kind], loaded.took[kind]
    return {
        "name": f"{kind}, {database}", "readers": KINDS[kind][0], "requests": len(busy), "per_second": len(busy) / seconds,
        "idle_p50_ms": 1000 * percentile(quiet, 0.5), "idle_p99_ms": 1000 * percentile(quiet, 0.99),
        "p50_ms": 1000 * percentile(busy, 0.5), "p99_ms": 1000 * percentile(busy, 0.99), "errors": len(loaded.errors[kind]),
    }  # fmt: skip


def errors_in_logs(folder: Path) -> list[str]:
    """Lines of web, worker and beat that report an error, the first few of each."""
    found = []
    for name in ("web", "worker", "beat"):
        lines = (folder / f"{name}.log").read_text(errors="replace").splitlines()
        found += [f"{name}: {line[:300]}" for line in lines if "[error" in line or "[critical" in line][:5]
    return found


if __name__ == "__main__":
    words = sys.argv[1:]
    kind = words.pop(0) if words and words[0] in ("postgresql", "sqlite") else "sqlite"
    seconds, pause_s = [float(word) for word in words] + [600.0, PAUSE_S][len(words) :]
    sys.exit(main(kind, seconds, pause_s))
