"""The watch of sources through a real worker: looks are taken off the queue, kept once, and open their reviews."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from claims.models import Source, SourceChange, SourceCheck, StaleMark
from tests import services
from tests.fakes.watched import CROSSREF, WAYBACK, FakeWeb, Preprint, Said
from tests.integration.conftest import ROOT, wait_for

pytestmark = pytest.mark.django_db(transaction=True)
PAPER, PAGE = "cordiner-2025-jwst-co2", "wright-2025-anomalies"
DOI = "10.3847/2041-8213/ae0647"


@pytest.fixture
def web() -> Iterator[FakeWeb]:
    running = FakeWeb()
    running.start()
    yield running
    running.stop()


def database_url() -> str:
    """Where a worker finds the database of this test."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"postgresql://hyperbole@/{name}?host={connection.settings_dict['HOST']}"


@pytest.fixture
def worker(web: FakeWeb, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., None]]:
    """Start the site's own worker on a queue of its own; return what sends it a task."""
    from celery import Celery

    folder = tmp_path_factory.mktemp("w")
    server = services.start_redis_server(services.valkey_program(), folder)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "HYPERBOLE_VAR": str(folder / "var"),
        "DATABASE_URL": database_url(),
        "REDIS_URL": f"unix://{folder}/socket?db=0",
        "HYPERBOLE_ARCHIVE_ROUTE": web.route,
    }
    command = [
        sys.executable,
        "-m",
        "celery",
        "--app",
        "config",
        "worker",
        "--concurrency",
        "2",
        "--without-gossip",
    ]
    with (folder / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--without-mingle", "--queues", "refresh"],
            cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True,
            preexec_fn=services.end_with_parent,
        )  # fmt: skip
    try:
        wait_for("a ready worker", (folder / "var" / "run" / "worker.ready").exists, 40)
        with Celery(broker=f"redis+socket://{folder}/socket?virtual_host=0") as sender:
            yield lambda name, *args: sender.send_task(name, args, queue="refresh")
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        server.stop()
        Path(folder / "worker.log").unlink()


def test_a_worker_looks_at_sources_and_opens_each_review_once(
    web: FakeWeb, worker: Callable[..., None]
) -> None:
    assert settings.WAYBACK_KEYS == ""
    page = Source.objects.get(key=PAGE)
    web.page(page.url, "The page stands where it stood, with all that it ever said about the comet.")
    web.captures[page.url] = "20251110081502"
    web.notices[DOI] = [("retraction", "10.3847/2041-8213/bf2222", "2026-11-01")]
    web.preprints["2508.18209"] = Preprint(version=1)
    looks = [(PAPER, "crossref"), (PAPER, "arxiv"), (PAGE, "page"), (PAGE, "wayback")]
    for source, watch in [*looks, *looks]:  # every message comes twice
        worker("claims.tasks.watch_source", source, watch, f"first of {source}")
    wait_for("four looks", lambda: SourceCheck.objects.count() >= 4)
    found = {(row.source.key, row.watch): row.state for row in SourceCheck.objects.select_related("source")}
    assert found == {
        (PAPER, "crossref"): "retracted", (PAPER, "arxiv"): "current", (PAGE, "page"): "there", (PAGE, "wayback"): "archived",
    }  # fmt: skip
    marked = StaleMark.objects.filter(subject_key=PAPER, reason="source_retracted")
    assert marked.count() == 19
    assert all(row.synthetic for row in SourceCheck.objects.all()), "a fake server says that it is one"
    assert "Demonstration with invented data" in marked[0].detail

    web.faults |= {CROSSREF: "page", WAYBACK: "unavailable"}
    web.pages[page.url.removeprefix("https://")] = Said("busy", 503, "text/plain")
    for source, watch in looks:
        worker("claims.tasks.watch_source", source, watch, f"second of {source}")
    wait_for("four more looks", lambda: SourceCheck.objects.count() >= 8)
    later = SourceCheck.objects.filter(idempotency_key__startswith="second of ")
    assert sorted(later.values_list("watch", "outcome")) == [
        ("arxiv", "looked"), ("crossref", "could_not_look"), ("page", "could_not_look"), ("wayback", "could_not_look"),
    ]  # fmt: skip
    assert SourceCheck.objects.count() == 8, "a message that came twice was kept once"
    assert (SourceChange.objects.count(), marked.count()) == (4, 19), (
        "a look that could not be made changes nothing"
    )
