"""The headers that no library sets: who may load an answer into a page of theirs, and where policies report."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

REPORTS = "/csp-report"


class CrossOriginPolicy:
    """Open data may be loaded from anywhere, everything else by our own pages only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_open = response.headers.get("Access-Control-Allow-Origin") == "*"
        response.headers.setdefault(
            "Cross-Origin-Resource-Policy", "cross-origin" if is_open else "same-origin"
        )
        if "Content-Security-Policy" in response.headers:
            response.headers["Reporting-Endpoints"] = f'csp="{REPORTS}"'
        return response
