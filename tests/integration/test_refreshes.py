"""Orbit refreshes by real workers on one database: two at once do one, and a killed one loses and doubles nothing."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from science.orbits import orbit_solution
from science.records import OrbitSolutionRecord
from tests import services
from tests.fakes.jpl import HORIZONS, FakeJpl
from tests.integration.conftest import ROOT, Queue, wait_for
from tests.integration.test_polls import PREPARE

LEASE_S, VISIBLE_AGAIN_S = 2.0, 4


def invented() -> OrbitSolutionRecord:
    """A solution that JPL never printed: JPL44 with the perihelion three seconds later."""
    tables = tomllib.loads((ROOT / "data" / "orbits" / "3I.toml").read_text("utf-8"))["solution"]
    known = orbit_solution(next(table for table in tables if table["id"] == "JPL44"), "3I")
    assert known.elements is not None
    elements = replace(
        known.elements, perihelion_time_tdb_jd=known.elements.perihelion_time_tdb_jd + 3.0 / 86400.0
    )
    return replace(
        known, solution_id="JPL61", solution_date="2026-10-02 09:00:00", elements=elements, observations=961, sigma={}
    )  # fmt: skip


@dataclass
class Site:
    """A loaded database, a broker and a fake JPL."""

    jpl: FakeJpl
    queue: Queue
    database: Path
    environment: dict[str, str]

    def start_worker(self) -> subprocess.Popen[bytes]:
        return self.queue.start_worker(1, **self.environment)

    def ask(self, run: str) -> None:
        self.queue.send("ephemeris.tasks.refresh_service", "horizons", "3I", run, queue="refresh")

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(self.database) as connection:
            return connection.execute(query).fetchall()

    def kept(self) -> dict[str, int]:
        """How many refreshes, solutions of 3I and tables of states are on record."""
        return {
            name: int(str(self.rows(f"SELECT count(*) FROM ephemeris_{table}")[0][0]))
            for name, table in (
                ("refreshes", "servicerefresh"), ("solutions", "orbitsolution"), ("snapshots", "ephemerissnapshot"),
            )
        }  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the catalogue's objects, orbits and campaigns, made once."""
    folder = tmp_path_factory.mktemp("loaded")
    database = folder / "site.sqlite3"
    around = {
        **os.environ, "DATABASE_URL": f"sqlite:///{database}", "DJANGO_SETTINGS_MODULE": "config.settings",
        "REDIS_URL": f"unix://{folder}/nobody", "HYPERBOLE_VAR": str(folder / "var"),
    }  # fmt: skip
    subprocess.run([sys.executable, "-c", PREPARE], cwd=ROOT, env=around, check=True, capture_output=True)
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return database


@pytest.fixture
def site(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("q")
    broker = services.start_redis_server(services.valkey_program(), folder)
    jpl = FakeJpl(solutions={"C/2025 N1": invented()}, targets={"C/2025 N1": "ATLAS (C/2025 N1)"})
    queue = Queue(f"unix://{folder}/socket", folder)
    database = folder / "site.sqlite3"
    shutil.copy(loaded, database)
    environment = {
        "DATABASE_URL": f"sqlite:///{database}",
        "HYPERBOLE_ARCHIVE_ROUTE": jpl.start(),
        "PROBE_PACE": "1",
        "PROBE_LEASE_S": str(LEASE_S),
        "PROBE_VISIBILITY_TIMEOUT_S": str(VISIBLE_AGAIN_S),
    }
    yield Site(jpl, queue, database, environment)
    queue.close()
    jpl.stop()
    broker.stop()


@pytest.mark.timeout(180)
def test_two_workers_with_one_refresh_ask_once(site: Site) -> None:
    before = site.kept()
    site.jpl.answers_after_s = 2.0
    site.start_worker()
    site.start_worker()
    site.ask("one run")
    site.ask("another run")
    wait_for("a refresh on record", lambda: site.kept()["refreshes"] == 1, 60)
    wait_for("an empty queue", lambda: site.queue.waiting("refresh") == 0, 20)
    assert len(site.jpl.asked(HORIZONS)) == 1
    assert site.kept() == {
        "refreshes": 1, "solutions": before["solutions"] + 1, "snapshots": before["snapshots"] + 1,
    }  # fmt: skip
    assert site.rows("SELECT outcome FROM ephemeris_servicerefresh") == [("changed",)]


@pytest.mark.timeout(180)
def test_a_worker_killed_in_the_midst_of_a_refresh_loses_and_doubles_nothing(site: Site) -> None:
    before = site.kept()
    site.jpl.answers_after_s = 5.0
    worker = site.start_worker()
    site.ask("the run")
    wait_for("the request", lambda: site.jpl.asked(HORIZONS), 40)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    assert site.kept() == before, "it had stored something before the answer was there"
    site.jpl.answers_after_s = 0.0
    # a worker looks for what others left when it starts, and then about every hundred seconds
    time.sleep(VISIBLE_AGAIN_S + 1)
    site.start_worker()
    wait_for("the refresh to be done again", lambda: site.kept()["refreshes"] == 1, 90)
    wait_for("an empty queue", lambda: site.queue.waiting("refresh") == 0, 20)
    assert site.kept() == {
        "refreshes": 1, "solutions": before["solutions"] + 1, "snapshots": before["snapshots"] + 1,
    }  # fmt: skip
    [(solution, default)] = site.rows(
        "SELECT solution_id, is_default FROM ephemeris_orbitsolution WHERE solution_id = 'JPL61'"
    )
    assert (solution, default) == ("JPL61", 1)
