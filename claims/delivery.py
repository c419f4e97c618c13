"""How public answers leave the house: with a strong ETag, as 304 where nothing changed, compressed, and
kept in memory under the generation of the record.

The body of a public answer depends on its address and on the record alone, never on who asks.  An answer
that sets a cookie, varies by one or says that it is private passes through untouched.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.csrf import csrf_exempt

from claims.generation import KEPT_S, generation
from claims.kept import Kept
from claims.problems import problem

P = ParamSpec("P")
AnyResponse = TypeVar("AnyResponse", bound=HttpResponseBase)

PRIVATE = ("/admin/", "/accounts/", "/report/", "/review/", "/healthz", "/readyz", "/metrics", "/static/")
DATA = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
# a browser asks again each time, so that an editor sees what was just published
PAGE = "public, max-age=0, s-maxage=30, stale-if-error=86400"
IMMUTABLE = "public, max-age=31536000, immutable"
LARGEST_KEPT = 2_000_000
KEPT_BYTES = 24_000_000
LONGEST_KEPT_QUERY = 300
SMALLEST_COMPRESSED = 200
COMPRESSIBLE = re.compile(r"text/|application/(\w+\+)?(json|xml)|image/svg|application/(javascript|x-bibtex)")
ACCEPTS_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, RateLimit, RateLimit-Policy, Retry-After",
}
READ = "GET, HEAD, OPTIONS"
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept, If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def open_data(
    view: Callable[Concatenate[HttpRequest, P], AnyResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A view whose answers programs read from any origin: GET, HEAD and the question of browsers."""

    @wraps(view)
    def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response: HttpResponseBase
        if request.method == "OPTIONS":
            return preflight()
        if request.method not in ("GET", "HEAD"):
            response = problem(405, "this address is read with GET or HEAD")
            response.headers["Allow"] = READ
            return response
        response = view(request, *args, **kwargs)
        for name, value in CORS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", DATA if response.status_code == 200 else "no-cache")
        return keep(response)

    # nothing can be changed here: another method is a 405, not a question of forged forms
    return csrf_exempt(answered)


def preflight() -> HttpResponse:
    """What a browser is told that asks whether another site may read an address."""
    response = HttpResponse(status=204, headers=CORS | PREFLIGHT | {"Allow": READ})
    del response.headers["Content-Type"]
    return response


def keep(response: AnyResponse, seconds: int = KEPT_S) -> AnyResponse:
    """Let the server keep this answer until the record changes, at most for ``seconds``."""
    response.kept_s = seconds  # type: ignore[attr-defined]
    return response


def with_last_modified(response: AnyResponse, moment: datetime | None) -> AnyResponse:
    if moment is not None:
        response.headers["Last-Modified"] = http_date(moment.timestamp())
    return response


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished public answer in one coding, plain or gzip; ``digest`` is of its plain body."""

    headers: tuple[tuple[str, str], ...]
    digest: str
    body: bytes
    squeezed: bool

    @classmethod
    def of(cls, response: HttpResponse, squeezing: bool) -> Answer:
        plain = body = response.content
        headers = {name: value for name, value in response.items() if name != "Content-Length"}
        if len(plain) >= SMALLEST_COMPRESSED and COMPRESSIBLE.match(response.get("Content-Type", "")):
            patch_vary_headers(response, ["Accept-Encoding"])
            headers["Vary"] = response["Vary"]
            if squeezing:
                # without a time inside, the same body gives the same bytes: a strong ETag may stand for them
                # and what is too large to keep is compressed quickly
                level = 6 if len(plain) <= LARGEST_KEPT else 1
                body = gzip.compress(plain, compresslevel=level, mtime=0)
                headers["Content-Encoding"] = "gzip"
        return cls(tuple(headers.items()), hashlib.sha256(plain).hexdigest()[:32], body, body is not plain)

    @property
    def size(self) -> int:
        return len(self.body) + 2000  # and the headers, roughly

    def response(self, request: HttpRequest) -> HttpResponseBase:
        """This answer to ``request``, whole or as 304."""
        response = HttpResponse(self.body if request.method == "GET" else b"", headers=dict(self.headers))
        etag = f'"{self.digest}-gz"' if self.squeezed else f'"{self.digest}"'
        held = request.headers.get("If-None-Match", "")
        if etag not in held:  # the reader may hold the other coding of the same content
            etag = next((both for both in (f'"{self.digest}"', f'"{self.digest}-gz"') if both in held), etag)
        response["ETag"] = etag
        response["Content-Length"] = str(len(self.body))
        modified = parse_http_date_safe(response.get("Last-Modified", ""))
        conditional = get_conditional_response(request, etag=etag, last_modified=modified, response=response)
        if conditional is None:
            raise ValueError("a conditional answer to a response is a response")
        if conditional is not response:
            for name, value in self.headers:
                if name.startswith("Access-Control-") or name == "Link":
                    conditional.headers[name] = value
        return conditional


answers: Kept[Answer] = Kept(KEPT_BYTES)


class PublicDelivery:
    """The middleware that every public answer passes last on its way out, and first where it is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.private = GZipMiddleware(get_response)
        self.generation = ""  # as it was last seen

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or "%00" in query:
            # PostgreSQL refuses the character, so no row can be meant by it
            return problem(400, "a zero byte is in the address")
        if request.method not in ("GET", "HEAD") or request.path_info.startswith(PRIVATE):
            return self._squeezed(request, self.get_response(request))
        squeezing = ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")) is not None
        try:
            before = self.generation = generation()
        except (OperationalError, InterfaceError):
            # while the database is away: what was kept of the record as this process last saw it
            last_seen = answers.get(_key(self.generation, request.path_info, query, squeezing))
            if last_seen is None:
                raise
            return last_seen.response(request)
        request.generation = before  # type: ignore[attr-defined]  # whoever keeps something needs not ask again
        key = _key(before, request.path_info, query, squeezing)
        answer = answers.get(key) if len(query) <= LONGEST_KEPT_QUERY else None
        if answer is None:
            response: Any = self._whole(request)
            if not _shareable(response):
                return self._squeezed(request, response)
            response.setdefault("Cache-Control", PAGE)
            seconds = getattr(response, "kept_s", 0)
            answer = Answer.of(response, squeezing)
            small = len(answer.body) <= LARGEST_KEPT and len(query) <= LONGEST_KEPT_QUERY
            # made across a publication, it may hold some of both sides: it is answered once and not kept
            if seconds and small and generation() == before:
                answers.set(key, answer, seconds)
        return answer.response(request)

    def _whole(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with its body, which the ETag of a HEAD is made of as well."""
        asked, request.method = request.method, "GET"
        try:
            return self.get_response(request)
        finally:
            request.method = asked

    def _squeezed(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """An answer of another kind: compressed where that helps, and never under a strong ETag of its own."""
        kind = response.headers.get("Content-Type", "")
        if response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-cache")
        if "ETag" in response.headers or not COMPRESSIBLE.match(kind):
            return response
        return self.private.process_response(request, response)


def _key(generation_: str, path: str, query: str, squeezing: bool) -> str:
    return f"{generation_}\n{path}\n{query}\n{squeezing}"


def _shareable(response: HttpResponseBase) -> bool:
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    control = response.headers.get("Cache-Control", "")
    varies = response.headers.get("Vary", "").lower()
    return not (
        "no-store" in control or "private" in control or "cookie" in varies or "ETag" in response.headers
    )
