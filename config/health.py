"""Health of the process (/healthz) and of what it stands on (/readyz)."""

import logging
import secrets
from collections.abc import Callable

import redis
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer that this process serves requests."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer whether database, cache and broker do their work; 503 when the site cannot."""
    parts = {"database": _state(_ask_database), "cache": _state(_ask_cache), "broker": _state(_ask_broker)}
    ready = all(state == "ok" for state in parts.values())
    return JsonResponse({"status": "ok" if ready else "not ready", **parts}, status=200 if ready else 503)


def _state(ask: Callable[[], None]) -> str:
    try:
        ask()
    except Exception as error:  # whatever it is, the answer is that the part does not work
        log.warning("not ready: %s: %s", ask.__name__.removeprefix("_ask_"), error)
        return "failed"  # the reason may hold addresses; it goes to the log only
    return "ok"


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def _ask_cache() -> None:
    # Past the forgiving cache: here its silence is the news.
    with redis.Redis.from_url(settings.CACHE_URL, socket_timeout=2) as server:
        key = f"readyz:{secrets.token_hex(8)}"
        server.set(key, "1", px=5000)
        if server.getdel(key) != b"1":
            raise RuntimeError("a value that was just stored is gone")


def _ask_broker() -> None:
    from config.celery import app

    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=2)
        broker.default_channel.client.ping()
