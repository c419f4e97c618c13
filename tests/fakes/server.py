"""One loopback server that answers as every archive: `python -m tests.fakes.server` runs it for demonstrations.

The first part of the path is the host that a request was meant for.  Every reply says that it is synthetic.
Faults are set by host; the log keeps when each request came and went, so that politeness can be asserted.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.fakes.formats import FORMATS
from tests.fakes.wire_format import Asked, Told
from tests.fakes.world import World, standard_world

PAGE = b"<!DOCTYPE html><html><head><title>Scheduled maintenance</title></head><body>Back soon.</body></html>"
CONTENT_FAULTS = frozenset(("empty", "truncated", "changed_columns", "wrong_object", "wrong_query"))
TRANSPORT_FAULTS = frozenset(
    ("page", "unavailable", "too_fast", "stall", "drip", "refused", "moved", "endless", "bomb", "reset")
)
RETRY_AFTER_S = "37"
# 1 GB of zeros in 1 MB


@cache
def bomb() -> bytes:
    """512 MB of zeros in half a megabyte."""
    squeezer = zlib.compressobj(9, wbits=31)
    return b"".join(squeezer.compress(bytes(1 << 20)) for _ in range(512)) + squeezer.flush()


@dataclass(frozen=True)
class Visit:
    """One request in the fake's log; moments are of the monotonic clock."""

    host: str
    path: str
    began: float
    ended: float
    status: int
    user_agent: str


@dataclass
class Fake:
    """The state of the fake: its world, its faults, its log."""

    world: World = field(default_factory=standard_world)
    faults: dict[str, str] = field(default_factory=dict)
    answers_after_s: float = 0.0
    stall_s: float = 5.0
    log: list[Visit] = field(default_factory=list)
    most_at_once: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _now: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _lock: threading.Lock = field(default_factory=threading.Lock)
    route: str = ""
    _server: ThreadingHTTPServer | None = None

    def start(self, port: int = 0) -> str:
        """Serve in a thread; return the address that requests are routed to."""
        handler = type("Handler", (_Handler,), {"fake": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.route = f"http://127.0.0.1:{self._server.server_address[1]}"
        return self.route

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    def visits(self, host: str) -> list[Visit]:
        """The requests that reached a host, in order; one whose end is not in the log yet is waited for."""
        deadline = time.monotonic() + 2
        while self._now[host] and time.monotonic() < deadline:
            time.sleep(0.005)
        return sorted((visit for visit in self.log if visit.host == host), key=lambda visit: visit.began)

    def enter(self, host: str) -> None:
        with self._lock:
            self._now[host] += 1
            self.most_at_once[host] = max(self.most_at_once[host], self._now[host])

    def leave(self, visit: Visit) -> None:
        with self._lock:
            self._now[visit.host] -= 1
            self.log.append(visit)


class _Handler(BaseHTTPRequestHandler):
    fake: Fake
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = (
        True  # headers and body go out as two pieces, and nobody waits 40 ms between them
    )

    def log_message(self, format: str, *args: Any) -> None:
        """The log is the fake's own."""

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        host, _, path = self.path.lstrip("/").partition("/")
        fake = self.fake
        began, status = time.monotonic(), 0
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fake.enter(host)
        try:
            if fake.answers_after_s:
                time.sleep(fake.answers_after_s)
            status = self._speak(host, f"/{path}", content)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client gave up, as it should
        finally:
            fake.leave(
                Visit(host, self.path, began, time.monotonic(), status, self.headers.get("User-Agent", ""))
            )

    def _speak(self, host: str, target: str, content: bytes) -> int:
        fault = self.fake.faults.get(host, "")
        form = FORMATS.get(host)
        if form is None:
            return self._send(Told(b"no such archive", "text/plain", 404))
        if fault == "stall":
            time.sleep(self.fake.stall_s)
            self.close_connection = True
            return 0
        if fault in TRANSPORT_FAULTS:
            return self._misbehave(fault)
        parts = urlsplit(target)
        text = content.decode()
        is_json = "json" in self.headers.get("Content-Type", "")
        asked = Asked(
            path=parts.path if "object=" in parts.path else unquote(parts.path),
            query=dict(parse_qsl(parts.query)),
            form={} if is_json else dict(parse_qsl(text)),
            body=json.loads(text) if is_json and text else None,
        )
        return self._send(form(self.fake.world, asked, fault))

    def _misbehave(self, fault: str) -> int:
        if fault == "page":
            return self._send(Told(PAGE, "text/html; charset=utf-8"))
        if fault == "refused":
            return self._send(Told(b"Forbidden", "text/plain", 403))
        if fault == "moved":
            return self._send(Told(b"", "text/plain", 302), Location="https://elsewhere.example/")
        if fault == "reset":
            self.connection.shutdown(socket.SHUT_RDWR)  # as a broken TLS handshake looks to the client
            self.close_connection = True
            return 0
        if fault == "bomb":
            return self._send(Told(bomb()), **{"Content-Encoding": "gzip"})
        if fault == "endless":
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.close_connection = True
            while True:  # until the client has had enough, or we are stopped
                self.wfile.write(b"[" * 65536)
        if fault == "drip":
            self.send_response(200)
            self.send_header("Content-Length", "1000000")
            self.end_headers()
            for _ in range(int(self.fake.stall_s / 0.05)):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.05)
            self.close_connection = True
            return 200
        status = 429 if fault == "too_fast" else 503
        return self._send(Told(b"later", "text/plain", status), **{"Retry-After": RETRY_AFTER_S})

    def _send(self, told: Told, **headers: str) -> int:
        self.send_response(told.status)
        self.send_header("Content-Type", told.content_type)
        self.send_header("Content-Length", str(len(told.body)))
        self.send_header("X-Synthetic", "yes: an invented archive")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(told.body)
        return told.status


def main() -> None:
    """Serve until interrupted, for `HYPERBOLE_ARCHIVE_ROUTE=http://127.0.0.1:PORT make run`."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8099
    print(f"synthetic archives at {Fake().start(port)}; Ctrl-C ends them", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
