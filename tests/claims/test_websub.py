"""The WebSub hub hears of what is public, once it is, and a hub that fails takes nothing from anybody."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.core.cache import cache
from django.test import Client
from kombu.exceptions import OperationalError

from claims import editing, websub
from claims.models import Claim
from claims.tasks import announce_feeds
from ephemeris.models import ArchiveStatusChange
from ephemeris.signals import archive_status_changed
from tests.claims import publishing
from tests.claims.publishing import START

pytestmark = pytest.mark.django_db
Capture = Callable[..., Any]


class Hub:
    """A hub on the loopback: what it was told, and with which statuses it answers, the last one for good."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, list[str]]]] = []
        self.statuses = [204]
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                hub.calls.append((self.path, parse_qs(body)))
                status = hub.statuses.pop(0) if len(hub.statuses) > 1 else hub.statuses[0]
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *given: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.route = f"http://127.0.0.1:{self.server.server_address[1]}"

    @property
    def topics(self) -> list[str]:
        return [topic for _, form in self.calls for topic in form["hub.url"]]


@pytest.fixture
def hub(settings: Any) -> Iterator[Hub]:
    made = Hub()
    settings.WEBSUB_HUB, settings.ARCHIVE_ROUTE = "https://hub.example/push", made.route
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The tasks that were sent, instead of a broker."""
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(announce_feeds, "apply_async", lambda kwargs, countdown: sent.append(kwargs))
    return sent


def test_a_publication_names_every_feed_that_tells_of_it(
    client: Client, hub: Hub, queue: list[dict[str, Any]], django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = publishing.claim("pushed")
        publishing.published(row)
        assert queue == [], "nothing is sent before the transaction is over"
    assert len(queue) == 1
    assert announce_feeds.apply(kwargs=queue[0]).get() == {"told": len(hub.topics), "refused": 0}
    assert {path for path, _ in hub.calls} == {"/hub.example/push"}
    assert all(form["hub.mode"] == ["publish"] for _, form in hub.calls)
    assert len(hub.topics) == len(set(hub.topics))
    told = 0
    for topic in hub.topics:
        address = topic.removeprefix("http://127.0.0.1:8000").removeprefix("http://testserver")
        answer = client.get(address[address.index("/") :])
        assert f'<{topic}>; rel="self"' in answer["Link"], "a topic is the address that the feed gives itself"
        assert b"pushed" in answer.content, topic
        told += 1
    assert told == 2 * (3 + 8)
    for other in ("/claims/feed.json?verdict=supported", "/objects/1I/feed.json"):
        assert not [topic for topic in hub.topics if topic.endswith(other)]


def test_the_feeds_that_told_of_the_version_before_are_named_too(
    hub: Hub, django_capture_on_commit_callbacks: Capture, queue: list[dict[str, Any]]
) -> None:
    row = publishing.claim("pushed")
    publishing.published(row, "contradicted")
    with django_capture_on_commit_callbacks(execute=True):
        publishing.published(
            row,
            "supported",
            at=START + timedelta(days=1),
            reason_code="new_evidence",
            severity="verdict_change",
        )
    announce_feeds.apply(kwargs=queue[0]).get()
    for verdict in ("contradicted", "supported"):
        assert [topic for topic in hub.topics if topic.endswith(f"/claims/feed.json?verdict={verdict}")]


def test_many_rows_are_one_task_and_later_ones_send_their_own(
    hub: Hub, queue: list[dict[str, Any]], django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first, *_ = publishing.published_claims(3)
    with django_capture_on_commit_callbacks(execute=True):
        publishing.published(publishing.claim("meanwhile", body="1I"))
    assert len(queue) == 1
    announce_feeds.apply(kwargs=queue[0]).get()
    assert [topic for topic in hub.topics if "/objects/1I/" in topic], "it came before the task ran"
    hub.calls.clear()
    with django_capture_on_commit_callbacks(execute=True):
        editing.mark_stale(_current(first), "orbit_changed", "Moved.", at=START)
        editing.withdraw(first, actor=publishing.person("reviewer"), at=START, reason="Not theirs.")
    assert len(queue) == 2
    announce_feeds.apply(kwargs=queue[1]).get()
    assert not [topic for topic in hub.topics if "/objects/1I/" in topic]
    assert [topic for topic in hub.topics if topic.endswith("/changes.atom")]


def _current(row: Claim) -> Any:
    row.refresh_from_db()
    return row.current_version


def test_an_archive_that_opens_moves_the_changes_alone(
    hub: Hub, queue: list[dict[str, Any]], django_capture_on_commit_callbacks: Capture
) -> None:
    change = ArchiveStatusChange.objects.create(
        campaign=publishing.campaign(), at=START, after="public", cause="editor"
    )
    with django_capture_on_commit_callbacks(execute=True):
        archive_status_changed.send(ArchiveStatusChange, change=change)
    announce_feeds.apply(kwargs=queue[0]).get()
    assert sorted(topic.rpartition("/")[2] for topic in hub.topics) == ["changes.atom", "changes.json"]


def test_a_draft_is_nothing_to_tell(
    hub: Hub, queue: list[dict[str, Any]], django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        version = publishing.draft(publishing.claim("secret"))
        editing.submit_for_review(version, actor=publishing.person("author"), at=START)
    assert queue == []


def test_a_hub_that_is_away_is_told_the_same_again(hub: Hub, caplog: pytest.LogCaptureFixture) -> None:
    publishing.published(publishing.claim("pushed"))
    hub.statuses = [503, 429, 204]
    with caplog.at_level(logging.WARNING, logger="claims.tasks"):
        assert announce_feeds.apply(kwargs={"first_row": 1}).get()["told"] > 20
    assert len(hub.calls) >= 3
    assert hub.calls[0] == hub.calls[1] == hub.calls[2]
    assert "answered 503" in caplog.text


def test_it_gives_up_in_the_end_and_says_so(hub: Hub, caplog: pytest.LogCaptureFixture) -> None:
    hub.statuses = [500]
    with caplog.at_level(logging.WARNING, logger="claims.tasks"), pytest.raises(websub.HubAway, match="500"):
        announce_feeds.apply(kwargs={"first_row": 10**9}).get()
    assert len(hub.calls) == 7
    assert "try 7" in caplog.text


def test_a_hub_that_refuses_is_not_asked_again(hub: Hub, caplog: pytest.LogCaptureFixture) -> None:
    hub.statuses = [400]
    told = announce_feeds.apply(kwargs={"first_row": 10**9}).get()
    assert told == {"told": 0, "refused": 2}
    assert len(hub.calls) == 1
    assert "refuses" in caplog.text


def test_nobody_is_told_where_no_hub_is_named(
    settings: Any, queue: list[dict[str, Any]], django_capture_on_commit_callbacks: Capture
) -> None:
    assert settings.WEBSUB_HUB == ""
    with django_capture_on_commit_callbacks(execute=True):
        publishing.published(publishing.claim("quiet"))
    assert queue == []
    assert announce_feeds.apply(kwargs={"first_row": 1}).get()["told"] == 0


def test_a_publication_stands_though_the_queue_is_away(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Capture
) -> None:
    def away(**_: Any) -> None:
        raise OperationalError("nobody there")

    monkeypatch.setattr(announce_feeds, "apply_async", away)
    with django_capture_on_commit_callbacks(execute=True):
        row = publishing.claim("pushed")
        publishing.published(row)
    assert _current(row).state == "published"
    assert cache.get(websub.WAITING) is None, "the next one tries the queue again"
