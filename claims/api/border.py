"""What every answer under /api/ has in common: a rate, open reading, problem documents for every error."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from claims.delivery import CORS, READ, preflight
from claims.problems import TITLES, problem
from claims.visitors import visitor_address

PREFIX = "/api/"
POSTED = ("/api/v1/match", "/api/v1/checks/")
# a text to check and numbers to compute with may be sent from any page: no answer depends on who asks
POSTING = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-Modified-Since, If-None-Match",
    "Allow": "GET, HEAD, OPTIONS, POST",
}
WINDOW_S = 60


class ApiBorder:
    """The middleware around the API; it stands outside the kept answers, so those count as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        if request.method == "OPTIONS":
            asked = preflight()
            if request.path_info.startswith(POSTED):
                for name, value in POSTING.items():
                    asked.headers[name] = value
            return asked
        used, reset = counted(request)
        allowed = settings.API_REQUESTS_PER_MINUTE
        response = (
            problem(
                429, f"more than {allowed} requests in a minute; try again in {reset} s", retry_after_s=reset
            )
            if used > allowed
            else self._answer(request)
        )
        if response.status_code == 429:
            response.headers.setdefault("Retry-After", str(reset))
        response.headers["RateLimit-Policy"] = f'"minute";q={allowed};w={WINDOW_S}'
        response.headers["RateLimit"] = f'"minute";r={max(0, allowed - used)};t={reset}'
        if request.method in ("GET", "HEAD") or request.path_info.startswith(POSTED):
            for name, value in CORS.items():
                response.headers[name] = value
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code >= 400 and "json" not in response.headers.get("Content-Type", ""):
            response = _spelt_as_problem(response)
        if response.headers.get("Allow", "") == "GET":
            response.headers["Allow"] = READ
        return response


def _spelt_as_problem(response: HttpResponseBase) -> HttpResponse:
    """An error that Django spelt as a page."""
    status = response.status_code if response.status_code in TITLES else 400
    details = {
        404: "there is nothing at this address; /api/v1/docs lists what there is",
        405: "this address does not take that method; the API only reads, verdicts are written, approved and published at the editors’ desk by different people",
        500: "something failed on our side; it was noted",
        503: "the database does not answer; nothing was changed, please try again",
    }
    spelt = problem(status, details.get(status, TITLES[status].lower()))
    for name in ("Allow", "Retry-After"):
        if response.headers.get(name):
            spelt.headers[name] = response.headers[name]
    return spelt


def counted(request: HttpRequest, what: str = "requests", amount: int = 1) -> tuple[int, int]:
    """How much of a kind this address used in this minute, and the seconds until the next one begins.

    Without a cache nothing is counted and nobody is refused.
    """
    now = time.time()
    window, reset = int(now // WINDOW_S), int(WINDOW_S - now % WINDOW_S) + 1
    key = f"rate:{what}:{visitor_address(request)}:{window}"
    if cache.add(key, amount, WINDOW_S + 5):
        return amount, reset
    try:
        return cache.incr(key, amount), reset
    except ValueError:
        return 0, reset
