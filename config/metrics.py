"""What a monitor asks for: requests and tasks counted over all processes, and the state of the record (/metrics).

Requests and tasks are counted in one hash of the cache's server, because every process must see the same numbers;
when it is away they are not counted and nobody waits for it.  The rest is read when the monitor asks.
"""

from __future__ import annotations

import hmac
import logging
import time
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import redis
import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_1_0_0, generate_latest

log = logging.getLogger(__name__)

KEY = "hyperbole:metrics"
BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
PAUSE_S = 10.0
METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"))
_closed_until = 0.0


@cache
def _server() -> redis.Redis:
    return redis.Redis.from_url(settings.CACHE_URL, socket_timeout=1)


def _add(counts: dict[str, float]) -> None:
    global _closed_until
    if time.monotonic() < _closed_until:
        return
    try:
        with _server().pipeline(transaction=False) as pipeline:
            for name, number in counts.items():
                pipeline.hincrbyfloat(KEY, name, number)
            pipeline.execute()
    except (redis.RedisError, OSError):
        _closed_until = time.monotonic() + PAUSE_S


def timed(kind: str, name: str, outcome: str, seconds: float) -> None:
    """Count one request or task."""
    bucket = next((str(limit) for limit in BUCKETS_S if seconds <= limit), "+Inf")
    _add({f"{kind}|{name}|{outcome}": 1, f"{kind}_s|{name}|{bucket}": 1, f"{kind}_sum|{name}": seconds})


class Measured:
    """The outermost middleware: names each request in the log and counts it by address pattern, method and status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began, number = time.perf_counter(), get_random_string(12)
        with structlog.contextvars.bound_contextvars(request_id=number):
            response = self.get_response(request)
        response.headers["X-Request-Id"] = number
        # answers that were kept never reach the table of addresses
        route = request.resolver_match.route if request.resolver_match else "kept or not found"
        method = request.method if request.method in METHODS else "other"
        timed("web", route, f"{method} {response.status_code}", time.perf_counter() - began)
        return response


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Everything for the monitor that knows the token; nobody else learns that there is something."""
    token = settings.METRICS_TOKEN
    if not token or not hmac.compare_digest(
        request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()
    ):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Collector())
    return HttpResponse(
        generate_latest(registry),
        content_type=CONTENT_TYPE_PLAIN_1_0_0,
        headers={"Cache-Control": "no-store"},
    )


class Collector:
    """The metrics as of now; a part that cannot be read is left out and logged."""

    def collect(self) -> Iterator[Metric]:
        for read in (_counted, _queues, _record, _freshness, _reports):
            try:
                yield from list(read())
            except Exception:  # whatever it is, the other parts are worth having
                log.exception("metrics: %s could not be read", read.__name__.strip("_"))

    def describe(self) -> list[Metric]:
        return []  # nothing is read before somebody asks


def _counted() -> Iterator[Metric]:
    kept = {name.decode(): float(number) for name, number in _server().hgetall(KEY).items()}  # type: ignore[union-attr]
    for kind, label, what in (("web", "route", "requests"), ("task", "task", "tasks")):
        total = CounterMetricFamily(f"hyperbole_{what}", f"{what} by outcome", labels=[label, "outcome"])
        seconds = HistogramMetricFamily(f"hyperbole_{what}_seconds", f"how long {what} took", labels=[label])
        buckets: dict[str, dict[str, float]] = {}
        for field, number in kept.items():
            family, _, rest = field.partition("|")
            name, _, last = rest.rpartition("|")
            if family == kind:
                total.add_metric([name, last], number)
            elif family == f"{kind}_s":
                buckets.setdefault(name, {})[last] = number
        for name, found in buckets.items():
            so_far, pairs = 0.0, []
            for limit in [*(str(limit) for limit in BUCKETS_S), "+Inf"]:
                so_far += found.get(limit, 0.0)
                pairs.append((limit, so_far))
            seconds.add_metric([name], pairs, sum_value=kept.get(f"{kind}_sum|{name}", 0.0))
        yield total
        yield seconds


def _queues() -> Iterator[Metric]:
    from config.celery import app

    waiting = GaugeMetricFamily("hyperbole_queue_tasks", "tasks that wait", labels=["queue"])
    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=2)
        client = broker.default_channel.client
        for queue in app.conf.task_queues:
            waiting.add_metric([queue.name], client.llen(queue.name))
        waiting.add_metric(["with a worker"], client.hlen("unacked"))
    yield waiting


def _record() -> Iterator[Metric]:
    from claims.models import EditorialLog, VerdictVersion
    from claims.queries import latest_integrity_run, published_claims, stale_claim_count

    def gauge(name: str, meaning: str, value: float) -> Metric:
        return GaugeMetricFamily(f"hyperbole_{name}", meaning, value=value)

    yield gauge("claims", "published claims", published_claims().count())
    yield gauge("claims_stale", "published claims that are marked stale", stale_claim_count())
    waiting = VerdictVersion.objects.filter(state="in_review").count()
    yield gauge("versions_in_review", "versions that wait for a reviewer", waiting)
    yield gauge("log_rows", "rows of the editorial log", EditorialLog.objects.count())
    if run := latest_integrity_run():
        yield gauge("integrity_sound", "1 when the last nightly look found nothing", float(run.sound))
        yield gauge(
            "integrity_timestamp_seconds", "when the last nightly look ended", run.finished_at.timestamp()
        )


def _freshness() -> Iterator[Metric]:
    from claims.queries import last_refreshes
    from ephemeris.queries import archive_states

    asked = GaugeMetricFamily(
        "hyperbole_asked_timestamp_seconds",
        "when a remote last answered or failed",
        labels=["remote", "outcome"],
    )
    for state in archive_states():
        for poll in (state.last_answer, state.last_failure):
            if poll is not None:
                asked.add_metric([f"archive {state.name}", poll.outcome], poll.asked_at.timestamp())
    for last in last_refreshes():
        asked.add_metric([f"service {last.service}", last.outcome], last.asked_at.timestamp())
    yield asked


def _reports() -> Iterator[Metric]:
    from config.csp_reports import reported_today

    refused = GaugeMetricFamily(
        "hyperbole_csp_reports_today", "what browsers refused today", labels=["directive"]
    )
    for directive, number in reported_today().items():
        refused.add_metric([directive], number)
    yield refused


def count_tasks() -> None:
    """Name each task in the worker's log, and count it."""
    from celery.signals import task_postrun, task_prerun

    began: dict[str, float] = {}

    def starts(task_id: str, task: Any, **_: Any) -> None:
        began[task_id] = time.perf_counter()
        structlog.contextvars.bind_contextvars(task_id=task_id, task=task.name)

    def ends(task_id: str, task: Any, state: str | None = None, **_: Any) -> None:
        timed(
            "task",
            task.name,
            state or "unknown",
            time.perf_counter() - began.pop(task_id, time.perf_counter()),
        )
        structlog.contextvars.unbind_contextvars("task_id", "task")

    task_prerun.connect(starts, weak=False)
    task_postrun.connect(ends, weak=False)
