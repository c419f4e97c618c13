"""The probes that a supervisor and a load balancer ask."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_it_is_ready_when_database_cache_and_broker_answer(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "cache": "ok", "broker": "ok"}


@pytest.mark.django_db
def test_it_is_not_ready_without_its_broker_but_still_alive(client: Client, settings, monkeypatch) -> None:
    from config.celery import app

    monkeypatch.setattr(app.conf, "broker_write_url", "redis+socket:///nowhere/socket")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "database": "ok", "cache": "ok", "broker": "failed"}
    assert client.get("/healthz").json() == {"status": "ok"}
