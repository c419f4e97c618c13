"""Open data against other ways to serve it, in one run on this machine: ratios of requests a second.

The site runs as `make run` runs it (granian, SQLite, Valkey), without worker and scheduler, on the catalogue and on
20,000 synthetic claims that stand in the benchmark's folder alone.  Each rival runs on the same server with the same
number of processes, in an environment of its own (requirements/bench.lock).  Contestants take turns, so that what
else the machine does falls on all of them; a ratio is the median of the turns.

What the names say: *kept* is an answer that the process holds; *304* is one that the reader holds; *not kept* is an
address that nobody asked for before, in a process that has told its claims at other addresses (it asks the database
which they are and what moved, and writes anew what did); *cold* is the same in a process that forgets all it holds
before every request.
"""

import json
import os
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench._load import CLIENT, Load, load, logs, read

ROOT = Path(__file__).resolve().parent.parent
RIVALS = ROOT / "bench" / "rivals"
SYNTHETIC_COPIES = 200  # of each of the catalogue's hundred claims
TURNS, SECONDS = 3, 2
CLAIM = "manhattan-sized"
PAGES = [
    "/feed.json", "/feed.atom", "/claims/feed.json?verdict=contradicted", "/objects/3I/feed.json", "/changes.json",
    f"/claims/{CLAIM}/", f"/claims/{CLAIM}.json", f"/claims/{CLAIM}/embed/", "/api/v1/claims/",
    f"/api/v1/claims/{CLAIM}/", "/", "/claims/", "/claims/?verdict=contradicted", "/objects/", "/objects/3I/",
    "/measurements/", "/sources/", "/archives/", "/corrections/", "/method/", "/status/",
]  # fmt: skip
# what is compared with what, and how many times as many requests a second it must answer (None: to be known)
WANTED: list[tuple[str, str, float | None]] = [
    ("feed, kept", "bare view", 0.2),
    ("feed, 304", "bare view", 0.3),
    ("feed, not kept", "bare view", 0.03),
    ("feed, kept", "Datasette, 50 rows", 8.0),
    ("feed, not kept", "Datasette, 50 rows", 2.0),
    ("feed, not kept", "REST framework, 50 rows", 4.0),
    ("claim page, not kept", "TOM Toolkit, target page", 10.0),
    ("feed, cold", "bare view", None),
    ("feed, cold", "Datasette, 50 rows", None),
    ("feed, cold", "REST framework, 50 rows", None),
    ("claim page, cold", "TOM Toolkit, target page", None),
]
MOST_GROWTH = 1.3


@dataclass
class Contestant:
    """An address under load, and what its turns gave."""

    name: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    fresh: bool = False
    turns: list[Load] = field(default_factory=list)

    @property
    def per_s(self) -> float:
        return statistics.median(turn.per_s for turn in self.turns)


def main() -> list[dict[str, Any]]:
    """Return the rows: each contestant, each ratio beside what is wanted, each page with few and with many claims."""
    rivals = (
        subprocess.run([ROOT / "tools" / "bootstrap.sh", "bench"], stdout=subprocess.DEVNULL).returncode == 0
    )
    with tempfile.TemporaryDirectory(prefix="hyp-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        few, many = folder / "few", folder / "many"
        _prepare(few)
        _copy(few, many)
        _run([sys.executable, ROOT / "bench" / "_synthetic.py", SYNTHETIC_COPIES], _environment(many))
        growth = _growth(few, many)
        contestants = _contestants(stack, folder, few, many, rivals)
        for contestant in contestants:
            load(contestant.url, 1, contestant.headers, contestant.fresh)
        for _ in range(TURNS):
            for contestant in contestants:
                contestant.turns.append(load(contestant.url, SECONDS, contestant.headers, contestant.fresh))
        sizes = {one.name: len(read(one.url, one.headers)[2]) for one in contestants}
    return [_told(one, sizes[one.name]) for one in contestants] + _ratios(contestants) + growth


def _told(one: Contestant, size: int) -> dict[str, Any]:
    return {
        "name": one.name,
        "client": CLIENT,
        "per_s": one.per_s,
        "p50_ms": statistics.median(turn.p50_ms for turn in one.turns),
        "p99_ms": statistics.median(turn.p99_ms for turn in one.turns),
        "bytes": size,
        "wrong": sum(turn.wrong for turn in one.turns),
    }


def _ratios(contestants: list[Contestant]) -> list[dict[str, Any]]:
    by_name = {one.name: one for one in contestants}
    rows = []
    for ours, theirs, wanted in WANTED:
        for claims in ("", ", 20,000 claims"):
            mine, other = by_name.get(ours + claims), by_name.get(theirs)
            if mine is None and claims:
                continue  # cold processes are measured on the catalogue alone
            if mine is None or other is None:
                rows.append(
                    {"name": f"{ours}{claims} / {theirs}", "wanted": wanted, "holds": "did not install"}
                )
                continue
            turns = [a.per_s / b.per_s for a, b in zip(mine.turns, other.turns, strict=True)]
            ratio = statistics.median(turns)
            rows.append(
                {
                    "name": f"{ours}{claims} / {theirs}",
                    "ratio": ratio,
                    "lowest": min(turns),
                    "wanted": "" if wanted is None else wanted,
                    "holds": "" if wanted is None else "yes" if ratio >= wanted else "NO",
                }
            )
    return rows


def _growth(few: Path, many: Path) -> list[dict[str, Any]]:
    command = [sys.executable, ROOT / "bench" / "_pages.py", *PAGES]
    with _valkey(few), _valkey(many):
        first, second = (json.loads(_run(command, _environment(var))) for var in (few, many))
    return [
        {
            "name": f"cost of {one['address']}",
            "bytes": one["bytes"],
            "kept_queries": one["kept_queries"],
            "queries": one["queries"],
            "queries_20000": two["queries"],
            "ms": one["ms"],
            "ms_20000": two["ms"],
            "cold_ms": one["cold_ms"],
            "cold_ms_20000": two["cold_ms"],
            "ratio": two["ms"] / one["ms"],
            "wanted": MOST_GROWTH,
            "holds": "yes"
            if two["ms"] / one["ms"] <= MOST_GROWTH and one["status"] == two["status"] == "200"
            else "NO",
        }
        for one, two in zip(first, second, strict=True)
    ]


def _contestants(stack: ExitStack, folder: Path, few: Path, many: Path, rivals: bool) -> list[Contestant]:
    found = []
    for var, claims in ((few, ""), (many, ", 20,000 claims")):
        stack.enter_context(_valkey(var))
        site = stack.enter_context(
            _served(folder, sys.executable, "config.wsgi:application", _environment(var))
        )
        _, headers, body = read(f"{site}/feed.json")
        found += [
            Contestant(f"feed, kept{claims}", f"{site}/feed.json"),
            Contestant(f"feed, 304{claims}", f"{site}/feed.json", {"If-None-Match": headers["etag"]}),
            Contestant(f"feed, not kept{claims}", f"{site}/feed.json", fresh=True),
            Contestant(f"claim page, not kept{claims}", f"{site}/claims/{CLAIM}/", fresh=True),
        ]
        if not claims:
            cold = stack.enter_context(
                _served(folder, sys.executable, "bench._forgetful:application", _environment(var))
            )
            found += [
                Contestant("feed, cold", f"{cold}/feed.json", fresh=True),
                Contestant("claim page, cold", f"{cold}/claims/{CLAIM}/", fresh=True),
            ]
            (folder / "body").write_bytes(body)
            kind = headers["content-type"]
    given = {"BENCH_BODY": str(folder / "body"), "BENCH_TYPE": kind}
    bare = stack.enter_context(_served(folder, sys.executable, "bare:application", given, RIVALS))
    found.append(Contestant("bare view", f"{bare}/"))
    if rivals:
        found += _rivals(stack, folder, few)
    return found


def _rivals(stack: ExitStack, folder: Path, few: Path) -> list[Contestant]:
    python = str(ROOT / ".venv-bench" / "bin" / "python")
    database = {"BENCH_DATABASE": str(few / "hyperbole.sqlite3")}
    listed = stack.enter_context(_served(folder, python, "rest_list:application", database, RIVALS))
    rows = {"BENCH_DATABASE": str(_one_row_a_claim(few, folder / "claims.db"))}
    tabled = stack.enter_context(_served(folder, python, "datasette_page:application", rows, RIVALS, "asgi"))
    (folder / "tom").mkdir()
    target = {"BENCH_FOLDER": str(folder / "tom")}
    _run([python, "target_page.py"], {**os.environ, **target}, RIVALS)
    page = stack.enter_context(_served(folder, python, "target_app:application", target, RIVALS))
    tuned = "_shape=array&_nocount=1&_nofacet=1&_nosuggest=1&_size=50&_json=document"
    return [
        Contestant("REST framework, 50 rows", f"{listed}/"),
        Contestant("Datasette, 50 rows", f"{tabled}/claims/claims.json?{tuned}"),
        Contestant("TOM Toolkit, target page", f"{page}/targets/1/"),
    ]


def _one_row_a_claim(var: Path, path: Path) -> Path:
    """A file with what the feed tells of each claim as one row, in the order of the feed."""
    with sqlite3.connect(path) as file:
        file.execute("ATTACH ? AS site", [str(var / "hyperbole.sqlite3")])
        file.execute(
            "CREATE TABLE claims AS SELECT c.slug, b.designation AS object, c.first_published_at, v.number AS version, "
            "v.verdict, v.content_sha256, v.document, "
            "(SELECT json_group_array(json_object('name', r.name, 'outcome', r.outcome, 'sentence', r.sentence)) "
            " FROM site.claims_checkrun r WHERE r.claim_id = c.id) AS checks "
            "FROM site.claims_claim c JOIN site.claims_verdictversion v ON v.id = c.current_version_id "
            "JOIN site.ephemeris_smallbody b ON b.id = c.body_id ORDER BY c.first_published_at DESC, c.id DESC"
        )
    file.close()
    return path


def _environment(var: Path) -> dict[str, str]:
    return {
        **os.environ,
        "HYPERBOLE_VAR": str(var),
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "PORT": "0",
        "HYPERBOLE_API_REQUESTS_PER_MINUTE": "1000000",
        "HYPERBOLE_LOG_LEVEL": "ERROR",
    }


def _prepare(var: Path) -> None:
    """A state folder with the catalogue, every check run once, and the static files."""
    with _valkey(var):
        for command in (["migrate"], ["load_catalogue"], ["run_checks"], ["collectstatic", "--noinput"]):
            _run([sys.executable, "manage.py", *command], _environment(var))


def _copy(few: Path, many: Path) -> None:
    shutil.copytree(few, many, ignore=shutil.ignore_patterns("valkey*", "run"))


def _run(command: list[Any], environment: dict[str, str], folder: Path = ROOT) -> str:
    done = subprocess.run(
        [str(word) for word in command], cwd=folder, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr[-2000:]}")
    return done.stdout


@contextmanager
def _valkey(var: Path) -> Iterator[None]:
    from config.valkey import server_command, server_program, socket_path

    command = server_command(server_program(), socket_path(var), var / "valkey")
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _served(
    folder: Path,
    python: str,
    application: str,
    environment: dict[str, str],
    at: Path = ROOT,
    interface: str = "wsgi",
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
    command += ["--workers", settings.WEB_PROCESSES]
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
