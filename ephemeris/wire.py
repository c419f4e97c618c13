"""The one door to the network: a request goes out by the rules of the house, a reply comes back as bytes.

Only listed hosts are reached, over TLS; every socket has a time-out and every reply a largest size and a
latest end; a redirect is an answer, not an order.  A demonstration routes all of it to one fake server.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, ReadTimeoutError

CONNECT_S = 10.0
SILENCE_S = 30.0  # between two pieces of a reply
WHOLE_S = 90.0
LARGEST = 32_000_000
PIECE = 65_536
KEPT_HEADERS = (
    "Content-Type",
    "Date",
    "Retry-After",
    "ETag",
    "Last-Modified",
    "Location",
    "X-Synthetic",
    "X-Archive-Wayback-Runtime-Error",
)

Failure = Literal["timeout", "unreachable", "too_large"]


class HostRefused(Exception):
    """A request to a host that is not on the list: an error of ours, whatever the network would have said."""


@dataclass(frozen=True, slots=True)
class Request:
    """One question on the wire.

    ``text`` is the question as it is printed to readers, who may repeat it: the address, the ADQL, the JSON.
    """

    method: Literal["GET", "POST"]
    url: str
    query: tuple[tuple[str, str], ...] = ()
    form: tuple[tuple[str, str], ...] = ()
    body: Any = None
    text: str = ""

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def address(self) -> str:
        """The full address, as a browser would show it."""
        return f"{self.url}?{urlencode(self.query)}" if self.query else self.url

    @property
    def printed(self) -> str:
        """What a reader sees of it."""
        return self.text or f"{self.method} {self.address}"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: status, bytes and the few headers anybody reads; or how it failed to."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    failure: Failure | None = None
    detail: str = ""

    @property
    def synthetic(self) -> bool:
        """Whether a fake server answered: it says so itself in every reply."""
        return "X-Synthetic" in self.headers

    @property
    def content_type(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


class _Door(HTTPAdapter):
    """Lets requests to listed hosts through, or hands all of them to the fake server of a route."""

    def __init__(self, hosts: frozenset[str], route: str) -> None:
        super().__init__(max_retries=0)
        self._hosts, self._route = hosts, route

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        parts = urlsplit(request.url or "")
        if parts.scheme != "https" or parts.hostname not in self._hosts:
            raise HostRefused(f"{request.url}: expected https:// and a host of the list")
        if self._route:
            rest = request.url.removeprefix(f"https://{parts.netloc}") if request.url else ""
            request.url = f"{self._route}/{parts.hostname}{rest}"
        return super().send(request, *args, **kwargs)


class Wire:
    """Sends requests one after another; holds no state but its open connections."""

    def __init__(
        self,
        hosts: frozenset[str],
        user_agent: str,
        *,
        route: str = "",
        silence_s: float = SILENCE_S,
        whole_s: float = WHOLE_S,
        largest: int = LARGEST,
    ) -> None:
        if route and urlsplit(route).hostname not in ("127.0.0.1", "localhost", "::1", "fake"):
            raise HostRefused(f"route {route}: expected a fake server on this machine")
        self._silence_s, self._whole_s, self._largest = silence_s, whole_s, largest
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy, no .netrc of whoever runs the worker
        self._session.headers["User-Agent"] = user_agent
        door = _Door(hosts, route.rstrip("/"))
        self._session.mount("https://", door)
        self._session.mount("http://", door)

    def close(self) -> None:
        self._session.close()

    def send(self, request: Request, conditions: Mapping[str, str] | None = None) -> Reply:
        """The reply to one request; a failure of the network is a reply too, never an exception."""
        began = time.monotonic()
        content: bytes | None = None
        headers = dict(conditions or {})
        if request.body is not None:
            content = json.dumps(request.body, separators=(",", ":")).encode()
            headers["Content-Type"] = "application/json"
        try:
            with self._session.request(
                request.method,
                request.url,
                params=list(request.query) or None,
                data=list(request.form) or content,
                headers=headers,
                timeout=(CONNECT_S, self._silence_s),
                allow_redirects=False,
                stream=True,
            ) as answer:
                kept = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
                body = bytearray()
                # read1 gives what is there: a server that drips one byte at a time cannot hold us past the end
                while piece := answer.raw.read1(PIECE, decode_content=True):
                    body += piece
                    if len(body) > self._largest:
                        return Reply(answer.status_code, headers=kept, failure="too_large",
                                     detail=f"the reply is larger than {self._largest} bytes")  # fmt: skip
                    if time.monotonic() - began > self._whole_s:
                        return Reply(0, headers=kept, failure="timeout",
                                     detail=f"the reply had not ended after {self._whole_s:.0f} s")  # fmt: skip
                return Reply(answer.status_code, bytes(body), kept)
        except requests.Timeout:
            return Reply(0, failure="timeout", detail=f"no answer within {self._silence_s:.0f} s")
        except ReadTimeoutError:  # inside the body
            return Reply(0, failure="timeout", detail=f"the reply stalled for {self._silence_s:.0f} s")
        except (requests.RequestException, HTTPError) as error:
            return Reply(0, failure="unreachable", detail=f"no connection: {type(error).__name__}")
