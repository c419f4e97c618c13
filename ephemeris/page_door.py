"""The door to addresses that somebody typed: public web pages are fetched, nothing inside a network is reached.

`ephemeris.wire` asks a short list of services; here the address is a stranger's.  So every address that a name
stands for is looked at before a packet goes out, the connection goes to that very address, and each redirect
is an address anew.  No proxy, no cookie, no password; size, time and kind of a reply are capped.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urljoin, urlsplit

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as TransportTimeout
from urllib3.response import HTTPResponse
from urllib3.util.ssl_match_hostname import CertificateError

from ephemeris.public_addresses import AddressRefused, Target, refusal, system_addresses, target

SILENCE_S = 10.0
WHOLE_S = 20.0  # of one fetch with all its redirects
LARGEST = 5_000_000  # bytes after decompression
REDIRECTS = 5
TRIED_ADDRESSES = 3
PIECE = 65_536
TEXTS = frozenset(("text/html", "application/xhtml+xml", "text/plain"))
KEPT_HEADERS = ("Content-Type", "ETag", "Last-Modified", "Retry-After", "X-Robots-Tag", "X-Synthetic")
MOVED = frozenset((301, 302, 303, 307, 308))
NO_SUCH_HOST = frozenset((socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)))
MOVED_FOR_GOOD = frozenset((301, 308))

Failure = Literal[
    "refused", "no_such_host", "unreachable", "timeout", "tls", "too_large", "wrong_type", "too_many_redirects"
]  # fmt: skip
Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Page:
    """What came back from a fetch, or how it failed; ``url`` is where it ended."""

    url: str
    status: int = 0
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    hops: tuple[tuple[int, str], ...] = ()
    failure: Failure | None = None
    detail: str = ""

    @property
    def content_type(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def synthetic(self) -> bool:
        """Whether a fake server answered: it says so itself in every reply."""
        return "X-Synthetic" in self.headers

    @property
    def moved_for_good(self) -> bool:
        return bool(self.hops) and all(status in MOVED_FOR_GOOD for status, _ in self.hops)


class PageDoor:
    """Fetches pages one after another and keeps nothing between them.

    Parameters
    ----------
    user_agent
        How we introduce ourselves.
    resolve : callable(host, port) -> list of str
        The addresses of a name; the machine's resolver unless a test has its own.
    route
        The fake server that answers as every site, for demonstrations and tests.  Addresses of the outside are
        refused as ever; names are not looked up.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        resolve: Resolve = system_addresses,
        route: str = "",
        silence_s: float = SILENCE_S,
        whole_s: float = WHOLE_S,
        largest: int = LARGEST,
    ) -> None:
        if route and urlsplit(route).hostname not in ("127.0.0.1", "localhost", "::1", "fake"):
            raise AddressRefused(f"route {route}: expected a fake server on this machine")
        self._user_agent, self._resolve, self._route = user_agent, resolve, route.rstrip("/")
        self._silence_s, self._whole_s, self._largest = silence_s, whole_s, largest

    def fetch(
        self, url: str, *, types: frozenset[str] = TEXTS, conditions: Mapping[str, str] | None = None
    ) -> Page:
        """The page at an address; every way to fail is a page too, never an exception."""
        ends, hops, here = time.monotonic() + self._whole_s, list[tuple[int, str]](), url
        while True:
            try:
                page, onward = self._one(target(here), types, conditions or {}, ends)
            except AddressRefused as refused:
                return Page(here, hops=tuple(hops), failure="refused", detail=str(refused))
            if not onward:
                return Page(
                    page.url, page.status, page.body, page.headers, tuple(hops), page.failure, page.detail
                )
            hops.append((page.status, page.url))
            if len(hops) > REDIRECTS:
                return Page(here, page.status, hops=tuple(hops), failure="too_many_redirects",
                            detail=f"more than {REDIRECTS} redirects")  # fmt: skip
            here = urljoin(page.url, onward).partition("#")[0]

    def _one(
        self, asked: Target, types: frozenset[str], conditions: Mapping[str, str], ends: float
    ) -> tuple[Page, str]:
        """One request, and where its answer sends us on."""
        try:
            addresses = self._addresses(asked)
        except TimeoutError as error:
            return Page(asked.url, failure="timeout", detail=str(error)), ""
        except OSError as error:
            # the resolver may know that there is none, or only not be able to ask
            how: Failure = "no_such_host" if error.errno in NO_SUCH_HOST else "unreachable"
            return Page(asked.url, failure=how, detail=f"no address of {asked.host}: {error.strerror}"), ""
        page = Page(asked.url, failure="unreachable", detail=f"no address of {asked.host}")
        for address in addresses[:TRIED_ADDRESSES]:
            page, onward = self._from(address, asked, types, conditions, ends)
            if page.failure != "unreachable":
                return page, onward
        return page, ""

    def _addresses(self, asked: Target) -> list[str]:
        found = (
            [asked.literal] if asked.literal else [] if self._route else self._resolve(asked.host, asked.port)
        )
        for address in found:
            if why := refusal(address):
                raise AddressRefused(f"{asked.host} is {address}: {why}")
        return found or ([asked.host] if self._route else [])

    def _from(
        self, address: str, asked: Target, types: frozenset[str], conditions: Mapping[str, str], ends: float
    ) -> tuple[Page, str]:
        left = ends - time.monotonic()
        if left <= 0:
            return Page(asked.url, failure="timeout", detail=f"no end within {self._whole_s:.0f} s"), ""
        connection, path = self._connection(address, asked, left)
        headers = {
            "Host": f"[{asked.host}]" if ":" in asked.host else asked.host,
            "User-Agent": self._user_agent,
            "Accept": ", ".join(sorted(types)),
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
            **conditions,
        }
        try:
            connection.connect()
            with _cut_after(connection.sock, ends - time.monotonic()):
                connection.request("GET", path, headers=headers, preload_content=False)
                with connection.getresponse() as answer:
                    page, onward = self._read(answer, asked, types, ends)
            if time.monotonic() >= ends:  # cut off, which looks like an end of headers or body
                return Page(asked.url, failure="timeout", detail=f"no end within {self._whole_s:.0f} s"), ""
            return page, onward
        except NewConnectionError:  # which calls itself a time-out
            return Page(asked.url, failure="unreachable", detail=f"no connection to {asked.host}"), ""
        except (TimeoutError, TransportTimeout):
            return Page(asked.url, failure="timeout", detail=f"no answer within {self._silence_s:.0f} s"), ""
        except (ssl.SSLError, SSLError, CertificateError) as error:
            return Page(asked.url, failure="tls", detail=f"no trusted connection: {type(error).__name__}"), ""
        except (HTTPError, OSError, ValueError, EOFError) as error:
            if time.monotonic() >= ends:
                return Page(asked.url, failure="timeout", detail=f"no end within {self._whole_s:.0f} s"), ""
            return Page(asked.url, failure="unreachable", detail=f"no connection: {type(error).__name__}"), ""
        finally:
            connection.close()

    def _connection(self, address: str, asked: Target, left: float) -> tuple[HTTPConnection, str]:
        timeout = min(self._silence_s, left)
        if self._route:
            fake = urlsplit(self._route)
            path = f"{fake.path}/{asked.host}{asked.path}"
            return HTTPConnection(fake.hostname or "", fake.port, timeout=timeout), path
        if asked.scheme == "http":
            return HTTPConnection(address, asked.port, timeout=timeout), asked.path
        secure = HTTPSConnection(
            address,
            asked.port,
            timeout=timeout,
            cert_reqs="CERT_REQUIRED",
            ca_certs=certifi.where(),
            server_hostname=asked.host,
            assert_hostname=asked.host,
        )
        return secure, asked.path

    def _read(
        self, answer: HTTPResponse, asked: Target, types: frozenset[str], ends: float
    ) -> tuple[Page, str]:
        kept = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
        if answer.status in MOVED and answer.headers.get("Location"):
            return Page(asked.url, answer.status, headers=kept), answer.headers["Location"]
        head = Page(asked.url, answer.status, headers=kept)
        if answer.status != 200:
            return head, ""
        if head.content_type not in types:
            return Page(asked.url, 200, headers=kept, failure="wrong_type",
                        detail=f"the page is {head.content_type or 'of no stated kind'}, read are {', '.join(sorted(types))}"), ""  # fmt: skip
        body = bytearray()
        while piece := answer.read1(PIECE, decode_content=True):
            body += piece
            if len(body) > self._largest:
                return Page(asked.url, 200, headers=kept, failure="too_large",
                            detail=f"the page is larger than {self._largest} bytes"), ""  # fmt: skip
        if time.monotonic() >= ends:  # cut off, which looks like an end
            return Page(asked.url, failure="timeout", detail=f"no end within {self._whole_s:.0f} s"), ""
        return Page(asked.url, 200, bytes(body), kept), ""


@contextmanager
def _cut_after(open_socket: socket.socket, left: float) -> Iterator[None]:
    """Cut a connection at the end of the time: a server that drips its headers resets every time-out of a socket."""

    def cut() -> None:
        with suppress(OSError):
            socket.socket.shutdown(open_socket, socket.SHUT_RDWR)

    timer = threading.Timer(max(left, 0.0), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
