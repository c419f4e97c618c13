"""All campaigns refreshed at once by real workers, while worker, broker and database go away and come back."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest

from ephemeris.archives.registry import archives, hosts
from tests import services
from tests.fakes.server import Fake
from tests.integration.conftest import ROOT, Queue, wait_for

PACE, LEASE_S, VISIBLE_AGAIN_S = 0.1, 2.0, 12
# what the clock of Redis, which counts whole milliseconds, and a thread's start may cost
TOLERANCE_S = 0.02
PREPARE = """
import json, django
from dataclasses import replace
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from claims.catalogue.loading import load
from claims.catalogue.reading import read_catalogue
from ephemeris.schedule_of_polls import due
call_command("migrate", verbosity=0)
catalogue = read_catalogue(settings.BASE_DIR / "data")
load(replace(catalogue, claims={}, readings={}), at=timezone.now(), progress=lambda *_: None)
print(json.dumps([[one.subject, one.archive] for one in due(timezone.now(), everything=True)]))
"""


@dataclass
class Site:
    """A loaded database, a broker, the fake archives, and every question there is to ask."""

    fake: Fake
    queue: Queue
    broker: services.Server
    database: services.Server
    folder: Path
    environment: dict[str, str]
    questions: list[tuple[str, str]]

    def start_worker(self) -> subprocess.Popen[bytes]:
        return self.queue.start_worker(2, **self.environment)

    def polls(self) -> Counter[tuple[str, str]]:
        """How many polls are on record of each question; none while the database is away."""
        query = """
            SELECT coalesce('campaign:' || c.key, 'enquiry:' || e.key), p.archive FROM ephemeris_archivepoll p
            LEFT JOIN ephemeris_campaign c ON c.id = p.campaign_id
            LEFT JOIN ephemeris_enquiry e ON e.id = p.enquiry_id"""
        try:
            with psycopg.connect(host=str(self.folder), user="hyperbole", dbname="hyperbole") as connection:
                return Counter((subject, archive) for subject, archive in connection.execute(query))
        except psycopg.OperationalError:
            return Counter()


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder, broker_folder = tmp_path_factory.mktemp("pg"), tmp_path_factory.mktemp("q")
    database = services.start_postgresql(folder)
    broker = services.start_redis_server(services.valkey_program(), broker_folder)
    fake = Fake(answers_after_s=0.02)
    queue = Queue(f"unix://{broker_folder}/socket", broker_folder)
    try:
        with psycopg.connect(
            host=str(folder), user="hyperbole", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute("CREATE DATABASE hyperbole")
        environment = {
            "DATABASE_URL": f"postgresql://hyperbole@/hyperbole?host={folder}",
            "HYPERBOLE_ARCHIVE_ROUTE": fake.start(),
            "PROBE_PACE": str(PACE),
            "PROBE_LEASE_S": str(LEASE_S),
            "PROBE_VISIBILITY_TIMEOUT_S": str(VISIBLE_AGAIN_S),
        }
        around = {
            **os.environ, **environment, "DJANGO_SETTINGS_MODULE": "config.settings", "REDIS_URL": queue.url,
            "HYPERBOLE_VAR": str(folder / "var"),
        }  # fmt: skip
        told = subprocess.run(
            [sys.executable, "-c", PREPARE], cwd=ROOT, env=around, check=True, capture_output=True
        )
        questions = [(subject, archive) for subject, archive in json.loads(told.stdout.splitlines()[-1])]
        yield Site(fake, queue, broker, database, folder, environment, questions)
    finally:
        queue.close()
        fake.stop()
        broker.stop()
        database.stop()


@pytest.mark.timeout(400)
def test_it_asks_every_question_once_and_politely_whatever_goes_away_meanwhile(site: Site) -> None:
    fake, total = site.fake, len(site.questions)
    assert total > 40
    workers = [site.start_worker(), site.start_worker()]
    # the same fan-out delivered twice: all campaigns at once, and nothing twice
    for _ in range(2):
        site.queue.send("ephemeris.tasks.poll_archives", "", True, queue="refresh", task_id="one fan-out")

    def go_on() -> None:
        """Wait until some more requests were served."""
        served = len(fake.log)
        wait_for("further requests", lambda: len(fake.log) > served + 4, 40)

    go_on()
    os.killpg(workers[0].pid, signal.SIGKILL)
    workers[0].wait()
    go_on()
    site.database.stop()
    time.sleep(0.5)
    site.database.start()
    go_on()
    site.broker.stop()
    time.sleep(0.5)
    site.broker.start()
    assert sum(site.polls().values()) < total, "it was over before everything had gone away once"
    # as a supervisor would, put a worker in the place of the killed one; it looks for what others left when it
    # starts, where the one that lives does so about every hundred seconds
    time.sleep(VISIBLE_AGAIN_S + 1)
    site.start_worker()
    wait_for("every poll", lambda: len(site.polls()) == total, 150)
    wait_for("an empty queue", lambda: site.queue.waiting("refresh") == 0, 20)
    time.sleep(VISIBLE_AGAIN_S + 2)  # what a dead worker held is delivered again by now, and finds all done

    assert site.polls() == Counter(dict.fromkeys(site.questions, 1)), (
        "each question has one poll: none lost, none double"
    )
    assert dict(fake.most_at_once) == dict.fromkeys(fake.most_at_once, 1), "two requests at once at one host"
    assert set(fake.most_at_once) == hosts(), "every archive was asked"
    interval = {host: archive.interval_s for archive in archives().values() for host in archive.hosts}
    for host in fake.most_at_once:
        began = [visit.began for visit in fake.visits(host)]
        gaps = [later - earlier for earlier, later in pairwise(began)]
        assert min(gaps, default=9.0) >= interval[host] * PACE - TOLERANCE_S, (
            f"{host} was asked faster than its pace"
        )
