"""A bounded load run against the real processes: `python -m bench.synthetic.load [postgresql|sqlite] [seconds]`.

Readers of pages, pollers of feeds, programs at the API, two editors who publish through the editing rules, and a storm of
checks in the worker, all at once.  Prints throughput, p50, p99 idle and under load, errors, and the memory of the web and
worker processes at the start and at the end; keeps the table in bench/results/load-<database>.json.
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
from pathlib import Path
from random import Random

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from tests.fakes.server import Fake
from tools.bench import machine, table
from tools.faults.faults import drained, queue_checks
from tools.faults.stack import Stack, wait_until

ROOT = Path(__file__).resolve().parents[2]
KINDS: dict[str, tuple[int, tuple[str, ...]]] = {
    "pages": (4, ("/", "/claims/", "/claims/?topic=composition", "/claims/?q=nickel", "/claims/{c}/", "/claims/{c}/history/",
                  "/objects/3I/", "/archives/", "/sources/", "/measurements/", "/method/", "/status/")),
    "feeds": (2, ("/feed.json", "/changes.json", "/feed.atom", "/objects/3I/feed.json", "/claims/{c}.json")),
    "api": (2, ("/api/v1/claims/", "/api/v1/claims/{c}/", "/api/v1/campaigns/", "/api/v1/measurements/",
                "/api/v1/objects/3I/ephemeris/?observer=500&start=2025-10-01T00:00Z&stop=2025-10-05T00:00Z&step=6h&format=json")),
}  # fmt: skip
EDITOR = """
import sys, time, django
django.setup()
from datetime import date, datetime, UTC
from django.contrib.auth.models import Group, User
from claims import editing
from claims.models import Claim, Evidence, Source
from tests.claims import publishing
name, until, number = sys.argv[1], float(sys.argv[2]), 0
author = publishing.person(f"{name}-author"); reviewer = publishing.person(f"{name}-reviewer")
source = Source.objects.order_by("pk").first()
while time.time() < until:
    at = datetime.now(UTC)
    slug = f"synthetic-{name}-{number}"
    claim = publishing.claim(slug)
    version = editing.draft_version(claim, publishing.text(), [Evidence(source=source, stance="context")], author=author, at=at)
    editing.submit_for_review(version, actor=author, at=at)
    editing.approve(version, approver=reviewer, at=at, checklist=publishing.CHECKLIST)
    editing.publish(version, actor=reviewer, at=at)
    number += 1
    time.sleep(2)
print(number)
"""


def slugs() -> list[str]:
    return sorted(path.stem for path in (ROOT / "data" / "claims").glob("*.toml"))


class Load:
    """Threads that ask without a pause, and how long each answer took."""

    def __init__(self, stack: Stack, readers: dict[str, int]) -> None:
        self.stack, self.over = stack, threading.Event()
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
            status = self.stack.status(path, 60)
            self.took[kind].append(time.perf_counter() - began)
            if status != 200:
                self.errors[kind].append(f"{path} {status}")


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def memory_mb(stack: Stack, name: str) -> float:
    """Resident memory of a process and all that it started."""
    groups, total = {stack.processes[name].pid}, 0
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and os.getpgid(int(folder.name)) in groups:
                told = (folder / "status").read_text()
                total += next(
                    (int(line.split()[1]) for line in told.splitlines() if line.startswith("VmRSS")), 0
                )
        except (OSError, ValueError):
            continue
    return total / 1000


def main(database: str, seconds: float) -> int:
    """Run it; 1 when a request failed."""
    folder = Path(tempfile.mkdtemp(prefix="hyperbole-load-"))
    (folder / "state").mkdir()
    fake = Fake()
    stack = Stack(folder, folder / "state", database, fake.start())
    stack.environment["HYPERBOLE_API_REQUESTS_PER_MINUTE"] = "1000000"
    editors: list[subprocess.Popen[str]] = []
    try:
        stack.start()
        queue_checks(stack)
        wait_until("the first run of all checks", lambda: drained(stack), 600)
        warm = Load(stack, dict.fromkeys(KINDS, 1))
        warm.run(min(20.0, seconds / 4))
        idle = {kind: Load(stack, {kind: 1}) for kind in KINDS}
        for load in idle.values():
            load.run(min(15.0, seconds / 6))
        before = {name: memory_mb(stack, name) for name in ("web", "worker")}
        for name in ("one", "two"):
            command = [sys.executable, "-c", EDITOR, name, str(time.time() + seconds)]
            editors.append(
                subprocess.Popen(command, cwd=ROOT, env=stack.environment, stdout=subprocess.PIPE, text=True)
            )
        queue_checks(stack, 5)
        loaded = Load(stack, {kind: count for kind, (count, _) in KINDS.items()})
        loaded.run(seconds)
        published = [editor.communicate(timeout=120)[0].strip() for editor in editors]
        after = {name: memory_mb(stack, name) for name in ("web", "worker")}
    finally:
        for editor in editors:
            editor.kill()
        stack.stop()
        fake.stop()
        shutil.rmtree(folder, ignore_errors=True)
    rows = []
    for kind in KINDS:
        quiet, busy = idle[kind].took[kind], loaded.took[kind]
        rows.append({
            "name": f"{kind}, {database}", "readers": KINDS[kind][0], "requests": len(busy), "per_second": len(busy) / seconds,
            "idle_p50_ms": 1000 * percentile(quiet, 0.5), "idle_p99_ms": 1000 * percentile(quiet, 0.99),
            "p50_ms": 1000 * percentile(busy, 0.5), "p99_ms": 1000 * percentile(busy, 0.99), "errors": len(loaded.errors[kind]),
        })  # fmt: skip
    print(table(rows))
    memory = {f"{name}_mb": [round(before[name]), round(after[name])] for name in before}
    print(f"memory at the start and at the end, MB: {memory}; verdicts published meanwhile: {published}")
    for kind, errors in loaded.errors.items():
        for error in sorted(set(errors))[:5]:
            print(f"  {kind}: {error}")
    result = {**machine(), "seconds": seconds, "memory": memory, "published": published, "rows": rows}
    (ROOT / "bench" / "results").mkdir(exist_ok=True)
    (ROOT / "bench" / "results" / f"load-{database}.json").write_text(json.dumps(result, indent=1) + "\n")
    return 1 if any(row["errors"] for row in rows) else 0


if __name__ == "__main__":
    words = sys.argv[1:]
    kind = words.pop(0) if words and words[0] in ("postgresql", "sqlite") else "sqlite"
    sys.exit(main(kind, float(words[0]) if words else 600.0))
