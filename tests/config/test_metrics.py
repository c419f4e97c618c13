"""What a monitor is told, and that nobody else is told anything."""

import pytest
import redis
from django.conf import settings as site
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from config import metrics
from config.metrics import timed

pytestmark = pytest.mark.django_db
TOKEN = {"authorization": "Bearer of-the-tests"}


@pytest.fixture
def monitor(client: Client, settings) -> Client:
    settings.METRICS_TOKEN = "of-the-tests"
    return client


def told(monitor: Client) -> dict[tuple[str, ...], float]:
    answer = monitor.get("/metrics", headers=TOKEN)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    families = text_string_to_metric_families(answer.content.decode())
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


def test_it_tells_nobody_who_does_not_know_the_token(client: Client, monitor: Client, settings) -> None:
    for headers in ({}, {"authorization": "Bearer of-the-test"}, {"authorization": "of-the-tests"}):
        assert monitor.get("/metrics", headers=headers).status_code == 404
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_it_counts_requests_by_pattern_and_outcome_never_by_address(monitor: Client) -> None:
    before = told(monitor)
    monitor.get("/claims/manhattan-sized/history/")
    monitor.get("/claims/no-such-claim/history/")
    after = told(monitor)
    pattern = "claims/<slug:slug>/history/"
    for outcome in ("GET 200", "GET 404"):
        key = ("hyperbole_requests_total", outcome, pattern)
        assert after[key] - before.get(key, 0) == 1
    assert after[("hyperbole_requests_seconds_count", pattern)] >= 2
    assert not [key for key in after if "manhattan-sized" in " ".join(key)]


def test_it_tells_queues_record_and_freshness(monitor: Client) -> None:
    found = told(monitor)
    assert found[("hyperbole_claims",)] == 100
    assert found[("hyperbole_log_rows",)] > 100
    assert {key[1] for key in found if key[0] == "hyperbole_queue_tasks"} >= {
        "interactive",
        "refresh",
        "bulk",
    }
    timed("task", "claims.tasks.run_checks", "SUCCESS", 3.0)
    found = told(monitor)
    assert found[("hyperbole_tasks_total", "SUCCESS", "claims.tasks.run_checks")] == 1
    assert found[("hyperbole_tasks_seconds_bucket", "2.5", "claims.tasks.run_checks")] == 0
    assert found[("hyperbole_tasks_seconds_bucket", "5.0", "claims.tasks.run_checks")] == 1


def test_it_counts_nothing_and_fails_nobody_while_its_server_is_away(monitor: Client, monkeypatch) -> None:
    away = redis.Redis(unix_socket_path="/nowhere/socket")
    monkeypatch.setattr(metrics, "_server", lambda: away)
    monkeypatch.setattr(metrics, "_closed_until", 0.0)
    assert monitor.get("/").status_code == 200
    answer = monitor.get("/metrics", headers=TOKEN)
    assert answer.status_code == 200
    assert b"hyperbole_claims 100.0" in answer.content
    assert b"hyperbole_requests_total" not in answer.content
    with redis.Redis.from_url(site.CACHE_URL) as server:
        server.delete(metrics.KEY)


def test_it_names_each_request_in_log_and_answer(client: Client) -> None:
    names = {client.get("/healthz")["X-Request-Id"] for _ in range(3)}
    assert len(names) == 3
    assert all(len(name) == 12 for name in names)
