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
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench._load import CLIENT, Load, load, read
from bench._sites import ROOT, copy, environment_of, prepare, run, served, valkey

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
        prepare(few)
        copy(few, many)
        run([sys.executable, ROOT / "bench" / "_synthetic.py", SYNTHETIC_COPIES], environment_of(many))
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
    with valkey(few), valkey(many):
        # in turns, and the better of two: what else the machine does only adds
        found = [json.loads(run(command, environment_of(var))) for var in (few, many, few, many)]
    first, second = (
        [
            one | {name: min(one[name], again[name]) for name in ("ms", "cold_ms")}
            for one, again in zip(*runs, strict=True)
        ]
        for runs in (found[0::2], found[1::2])
    )
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
        stack.enter_context(valkey(var))
        site = stack.enter_context(
            served(folder, sys.executable, "config.wsgi:application", environment_of(var))
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
                served(folder, sys.executable, "bench._forgetful:application", environment_of(var))
            )
            found += [
                Contestant("feed, cold", f"{cold}/feed.json", fresh=True),
                Contestant("claim page, cold", f"{cold}/claims/{CLAIM}/", fresh=True),
            ]
            (folder / "body").write_bytes(body)
            kind = headers["content-type"]
    given = {"BENCH_BODY": str(folder / "body"), "BENCH_TYPE": kind}
    bare = stack.enter_context(served(folder, sys.executable, "bare:application", given, RIVALS))
    found.append(Contestant("bare view", f"{bare}/"))
    if rivals:
        found += _rivals(stack, folder, few)
    return found


def _rivals(stack: ExitStack, folder: Path, few: Path) -> list[Contestant]:
    python = str(ROOT / ".venv-bench" / "bin" / "python")
    database = {"BENCH_DATABASE": str(few / "hyperbole.sqlite3")}
    listed = stack.enter_context(served(folder, python, "rest_list:application", database, RIVALS))
    rows = {"BENCH_DATABASE": str(_one_row_a_claim(few, folder / "claims.db"))}
    tabled = stack.enter_context(served(folder, python, "datasette_page:application", rows, RIVALS, "asgi"))
    (folder / "tom").mkdir()
    target = {"BENCH_FOLDER": str(folder / "tom")}
    run([python, "target_page.py"], {**os.environ, **target}, RIVALS)
    page = stack.enter_context(served(folder, python, "target_app:application", target, RIVALS))
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
