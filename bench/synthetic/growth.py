"""What each page costs in a large record beside a small one: `python -m bench.synthetic.growth SMALL_URL LARGE_URL`.

Both databases must be made for benchmarks.  Every page is asked for nine times in one process of its own, and the answer
that was kept is thrown away before each time, so that it is made anew; the median counts, and of three turns by turns the
lowest.  Prints the ratios beside how long the answers are (a page of 25 claims takes longer than one of nine), and keeps
them in bench/results/growth-<database>.json.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TURNS, ROUNDS = 3, 9


def measured() -> dict[str, dict[str, float]]:
    """Milliseconds of every page on the database of the environment."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client

    from bench.synthetic.corpus import refuse_others
    from bench.synthetic.plans import PAGES
    from claims.delivery import answers

    refuse_others(connection)
    cache.clear()
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    reader = Client(headers={"host": "localhost"})

    def asked(page: str) -> float:
        answers.clear()
        began = time.perf_counter()
        answer = reader.get(page)
        took = 1000 * (time.perf_counter() - began)
        assert answer.status_code == 200, f"{page}: {answer.status_code}"
        lengths[page] = len(answer.content) / 1000
        return took

    found, lengths = {}, dict[str, float]()
    for page in PAGES:
        asked(page), asked(page)
        found[page] = {"ms": statistics.median(asked(page) for _ in range(ROUNDS)), "kb": lengths[page]}
    return found


def main(small: str, large: str) -> int:
    """Measure both and print the table; 1 when a page grew more than 1.3 times and by more than 5 ms."""
    from config.valkey import server_command, server_program
    from tools.bench import machine, table

    told: dict[str, list[dict[str, dict[str, float]]]] = {small: [], large: []}
    with tempfile.TemporaryDirectory(prefix="hyperbole-growth-") as folder:
        socket = Path(folder) / "valkey.sock"
        valkey = subprocess.Popen(
            server_command(server_program(), socket, Path(folder) / "valkey"), stdout=subprocess.DEVNULL
        )
        try:
            while not socket.exists():
                time.sleep(0.05)
            for url in (small, large) * TURNS:
                environment = {
                    **os.environ, "DATABASE_URL": url, "REDIS_URL": f"unix://{socket}?db=0", "HYPERBOLE_VAR": folder,
                }  # fmt: skip
                command = [sys.executable, "-m", "bench.synthetic.growth"]
                done = subprocess.run(
                    command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
                )
                told[url].append(json.loads(done.stdout.splitlines()[-1]))
        finally:
            valkey.terminate()
            valkey.wait()
    rows: list[dict[str, Any]] = []
    for page in told[small][0]:
        few, many = (
            min((turn[page] for turn in told[url]), key=lambda one: one["ms"]) for url in (small, large)
        )
        rows.append(
            {"name": page, "small_ms": few["ms"], "large_ms": many["ms"], "ratio": many["ms"] / few["ms"],
             "small_kb": few["kb"], "large_kb": many["kb"]}
        )  # fmt: skip
    print(table(rows))
    kind = "sqlite" if large.startswith("sqlite") else "postgresql"
    (ROOT / "bench" / "results").mkdir(exist_ok=True)
    (ROOT / "bench" / "results" / f"growth-{kind}.json").write_text(
        json.dumps({**machine(), "rows": rows}, indent=1) + "\n"
    )
    return 1 if any(row["ratio"] > 1.3 and row["large_ms"] - row["small_ms"] > 5 for row in rows) else 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if len(sys.argv) > 2:
        sys.exit(main(*sys.argv[1:3]))
    print(json.dumps(measured()))
