"""The article checker on an article of 2,000 words, against the claims of the catalogue and against 10,000.

Asked as programs ask it, `POST /api/v1/match`, of the site as `make run` serves it with one process: `made` is what the
worker needs for the index, once for all processes, `cold` is from the start of the web process to the first answer,
`warm` the best of several answers (beside it the processor's time, which a busy machine does not lengthen), memory that
of the web process after them: RSS counts what it shares with others (the encoder's weights are mapped), PSS only its
share.  The further claims are the catalogue's with
words exchanged between them (`_wordings.py`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from bench._sites import ROOT, copy, environment_of, prepare, run, served, valkey

COPIES = 99  # of each of the catalogue's hundred claims
PASSES = 4
WORDS = 2_000
LONGEST_S = 600.0


def main() -> list[dict[str, Any]]:
    """Rows: one a number of claims."""
    text, words = _article()
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="hyp-bench-") as name:
        few, many = Path(name) / "few", Path(name) / "many"
        prepare(few)
        copy(few, many)
        run([sys.executable, ROOT / "bench" / "_synthetic.py", COPIES], environment_of(many))
        for var, claims in ((few, 100), (many, 100 * (COPIES + 1))):
            run([sys.executable, ROOT / "bench" / "_wordings.py"], environment_of(var))
            told = _asked(Path(name), var, text)
            rows.append(
                {
                    "name": f"{words} words, {claims:,} claims", **told,
                    "warm_to_fewest_claims": told["warm_s"] / (rows[0]["warm_s"] if rows else told["warm_s"]),
                }
            )  # fmt: skip
    return rows


def _article() -> tuple[str, int]:
    """Sentences of the set for development, four a paragraph."""
    from tests.claims.matching.evaluation import labelled

    article: list[str] = []
    count = 0
    for row in labelled("development"):
        if count < WORDS:
            article.append(row.text)
            count += len(row.text.split())
    return "\n\n".join(" ".join(article[n : n + 4]) for n in range(0, len(article), 4)), count


def _asked(folder: Path, var: Path, text: str) -> dict[str, Any]:
    """What one process of the site needs for the article."""
    given = {**environment_of(var), "HYPERBOLE_CHECKED_CHARACTERS_PER_MINUTE": "1000000000"}
    with valkey(var):
        made_s, made_mb = _made(given)
        began = time.perf_counter()
        with served(folder, sys.executable, "config.wsgi:application", given, processes=1) as site:
            answer = _post(site, text)
            cold = time.perf_counter() - began
            [worker] = _workers(int(site.rpartition(":")[2]))
            warm = processor = float("inf")
            for _ in range(PASSES):
                began, used = time.perf_counter(), _processor_s(worker)
                answer = _post(site, text)
                warm = min(warm, time.perf_counter() - began)
                processor = min(processor, _processor_s(worker) - used)
            rollup = _sizes(Path(f"/proc/{worker}/smaps_rollup"))
            return {
                "sentences": answer["sentences"], "matches": len(answer["matches"]), "cold_s": cold, "warm_s": warm,
                "warm_processor_s": processor, "rss_mb": rollup["Rss"], "pss_mb": rollup["Pss"],
                "peak_rss_mb": _sizes(Path(f"/proc/{worker}/status"))["VmHWM"],
                "made_s": made_s, "made_peak_mb": made_mb, "torch": "torch" in Path(f"/proc/{worker}/maps").read_text(),
            }  # fmt: skip


def _made(environment: dict[str, str]) -> tuple[float, float]:
    """Seconds and largest memory (MB) of the task by which the worker makes the index."""
    task = "import django; django.setup(); from claims.tasks import read_wordings; read_wordings()"
    began = time.perf_counter()
    worker = subprocess.Popen(
        [sys.executable, "-c", task],
        cwd=ROOT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "config.settings"},
    )
    _, status, used = os.wait4(worker.pid, 0)
    worker.returncode = os.waitstatus_to_exitcode(status)
    if worker.returncode:
        raise RuntimeError(f"the index was not made: {worker.returncode}")
    return time.perf_counter() - began, used.ru_maxrss * 1024 / 1e6


def _post(site: str, text: str) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{site}/api/v1/match", json.dumps({"text": text}).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=LONGEST_S) as reply:
        answer: dict[str, Any] = json.load(reply)
    return answer


def _workers(port: int) -> list[int]:
    """The processes that answer on a port: the children of the one that was started for it."""
    parents: dict[int, int] = {}
    started = 0
    for path in Path("/proc").glob("[0-9]*"):
        try:
            words = (path / "cmdline").read_bytes().split(b"\0")
            parents[int(path.name)] = int((path / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if b"--port" in words and words[words.index(b"--port") + 1] == str(port).encode():
            started = started or int(path.name)
            started = min(started, int(path.name))
    return [
        one
        for one, parent in parents.items()
        if parent == started and "resource_tracker" not in Path(f"/proc/{one}/cmdline").read_text()
    ]


def _processor_s(process: int) -> float:
    spent = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")


def _sizes(path: Path) -> dict[str, float]:
    """The lines of a file of /proc that count kilobytes, in megabytes."""
    found = {}
    for line in path.read_text().splitlines():
        name, _, rest = line.partition(":")
        if rest.strip().endswith(" kB"):
            found[name] = int(rest.split()[0]) / 1000
    return found
