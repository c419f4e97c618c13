"""Where browsers report what our content policy refused: counted by directive and day, never kept.

A report names the reader's page and whatever an extension tried to load there, so none of it is stored or logged.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from typing import Any

import orjson
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

log = logging.getLogger(__name__)

LARGEST = 16_384
MOST_A_REQUEST = 20
MOST_A_MINUTE = 300  # of all readers together; beyond that nothing is counted
KEPT_S = 14 * 86_400
KINDS = ("application/csp-report", "application/reports+json", "application/json")
DIRECTIVES = (
    "script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem", "style-src-attr", "img-src",
    "font-src", "connect-src", "manifest-src", "media-src", "object-src", "frame-src", "worker-src", "form-action",
    "frame-ancestors", "base-uri", "default-src", "other",
)  # fmt: skip


@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Count what a browser reports; the answer says nothing, whatever was sent."""
    if request.content_type not in KINDS:
        return HttpResponse(status=415)
    try:
        length = int(request.headers.get("Content-Length") or 0)
    except ValueError:
        length = LARGEST + 1
    if length > LARGEST:
        return HttpResponse(status=413)
    for directive in list(_refused(request.read(LARGEST)))[:MOST_A_REQUEST]:
        _count(directive)
    return HttpResponse(status=204)


def _refused(body: bytes) -> Iterator[str]:
    """The directives that a body names, in either spelling of a report."""
    try:
        told: Any = orjson.loads(body)
    except orjson.JSONDecodeError:
        return
    for report in told if isinstance(told, list) else [told]:
        if not isinstance(report, dict):
            continue
        for inside in (report.get("csp-report"), report.get("body")):
            if isinstance(inside, dict):
                name = (
                    inside.get("effectiveDirective")
                    or inside.get("effective-directive")
                    or inside.get("violated-directive")
                )
                word = name.split()[0] if isinstance(name, str) and name.split() else ""
                yield word if word in DIRECTIVES else "other"


def _count(directive: str) -> None:
    minute = f"rate:csp:minute:{int(time.time() // 60)}"
    cache.add(minute, 0, 90)
    try:
        if cache.incr(minute) > MOST_A_MINUTE:
            return
        key = f"rate:csp:{time.strftime('%Y-%m-%d', time.gmtime())}:{directive}"
        cache.add(key, 0, KEPT_S)
        if cache.incr(key) == 1:
            log.warning("browsers report that the content policy refused a %s", directive)
    except ValueError:  # the cache is away: a report is not worth more than that
        return


def reported_today() -> dict[str, int]:
    """How many refusals browsers reported today, by directive."""
    day = time.strftime("%Y-%m-%d", time.gmtime())
    keys = {f"rate:csp:{day}:{directive}": directive for directive in DIRECTIVES}
    return {keys[key]: count for key, count in cache.get_many(list(keys)).items() if count}
