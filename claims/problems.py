"""Problem documents (RFC 9457): how every machine-readable address says that something is wrong."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpResponse

TITLES = {
    400: "Bad request",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    410: "Withdrawn",
    413: "Too large",
    415: "Unsupported media type",
    422: "Value not accepted",
    429: "Too many requests",
    500: "Our error",
    501: "Not offered",
    503: "Not available now",
}


def problem(status: int, detail: str, **members: Any) -> HttpResponse:
    """A problem document; ``members`` are extension members such as ``parameter`` and ``allowed``."""
    body = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail, **members}
    written = orjson.dumps(body)
    return HttpResponse(
        written,
        status=status,
        content_type="application/problem+json",
        # a proxy may keep a 404, 405, 410 or 501 by a rule of its own unless it is told to ask again
        headers={"Cache-Control": "no-cache", "Content-Length": str(len(written))},
    )
