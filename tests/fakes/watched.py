"""The Wayback Machine, Save Page Now, Crossref, arXiv and some web sites on one loopback server, with their faults.

The first part of a path is the host that a request was meant for.  The formats are those that the services
print: an index of captures as rows under a header, a work with its notices, an Atom feed.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.sax.saxutils import escape

HTML = "text/html; charset=utf-8"
MAINTENANCE = (
    "<!DOCTYPE html><html><head><title>Temporarily Offline</title></head><body>Back soon.</body></html>"
)
WAYBACK, CROSSREF, ARXIV = "web.archive.org", "api.crossref.org", "export.arxiv.org"
COLUMNS = ["timestamp", "original", "mimetype", "statuscode", "digest", "length"]


@dataclass(frozen=True)
class Said:
    """A reply."""

    body: str = ""
    status: int = 200
    kind: str = HTML
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Heard:
    """A request: method, host, path, query or form, headers."""

    method: str
    host: str
    path: str
    query: dict[str, str]
    form: dict[str, str]
    headers: dict[str, str]


@dataclass
class Preprint:
    """A paper on arXiv."""

    version: int
    comment: str = "12 pages, 5 figures"
    doi: str = ""
    journal_ref: str = ""
    updated: str = "2026-03-02T17:00:00Z"


@dataclass
class FakeWeb:
    """What the fake services and sites know, how they misbehave, and what they were asked."""

    pages: dict[str, Said] = field(default_factory=dict)  # by host and path
    captures: dict[str, str] = field(default_factory=dict)  # address: its last capture
    excluded: set[str] = field(default_factory=set)
    notices: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)  # DOI: type, notice, date
    hidden_notices: dict[str, list[tuple[str, str, str]]] = field(
        default_factory=dict
    )  # not on the paper itself
    preprints: dict[str, Preprint] = field(default_factory=dict)
    captured_after: int = 1  # how often a capture is pending
    refusal: str = ""  # of a capture
    faults: dict[str, str] = field(default_factory=dict)  # host: fault
    stall_s: float = 2.0
    heard: list[Heard] = field(default_factory=list)
    jobs: dict[str, list[str]] = field(default_factory=dict)

    def start(self) -> str:
        """Serve in a thread; return the address that requests are routed to."""
        handler = type("Handler", (_Handler,), {"web": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.route = f"http://127.0.0.1:{self._server.server_address[1]}"
        return self.route

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def asked(self, host: str) -> list[Heard]:
        return [one for one in self.heard if one.host == host]

    def page(self, url: str, text: str = "", **said: Any) -> None:
        """Put a page at an address, with paragraphs divided by empty lines."""
        parts = urlsplit(url)
        paragraphs = "".join(f"<p>{escape(one)}</p>" for one in text.split("\n\n"))
        body = f"<!DOCTYPE html><html><head><title>Page</title></head><body><article>{paragraphs}</article></body></html>"
        query = f"?{parts.query}" if parts.query else ""
        self.pages[f"{parts.hostname}{parts.path or '/'}{query}"] = Said(**{"body": body, **said})

    def say(self, heard: Heard) -> Said | None:
        fault = self.faults.get(heard.host, "")
        if fault == "stall":
            time.sleep(self.stall_s)
            return None
        if fault in ("unavailable", "too_fast"):
            return Said("later", 503 if fault == "unavailable" else 429, "text/plain", {"Retry-After": "37"})
        if fault == "page":
            return Said(MAINTENANCE)
        services: dict[str, Callable[[Heard], Said]] = {
            WAYBACK: self._wayback, CROSSREF: self._crossref, ARXIV: self._arxiv,
        }  # fmt: skip
        said = services.get(heard.host, self._site)(heard)
        if fault == "truncated":
            return Said(said.body[: len(said.body) // 2], said.status, said.kind)
        if fault == "changed_shape":
            return Said(
                '{"result": "ok"}' if "json" in said.kind else "<feed><paper/></feed>", 200, said.kind
            )
        return said

    # -- the services ----------------------------------------------------------------------------------

    def _wayback(self, heard: Heard) -> Said:
        if heard.path.startswith("/save"):
            return self._save(heard)
        url = heard.query["url"]
        if url in self.excluded:
            return Said("Blocked Site Error", 403, "text/plain", {
                "X-Archive-Wayback-Runtime-Error": "RobotAccessControlException: Blocked Site Error"})  # fmt: skip
        stamp = self.captures.get(url)
        if stamp is None:
            return Said("[]\n", kind="application/json")
        if self.faults.get(WAYBACK) == "wrong_page":
            url = "https://elsewhere.example/"
        row = [stamp, url, "text/html", "200", "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", "12345"]
        return Said(json.dumps([COLUMNS, row]), kind="application/json")

    def _save(self, heard: Heard) -> Said:
        def told(**content: Any) -> Said:
            return Said(json.dumps(content), kind="application/json")

        if not heard.headers.get("Authorization", "").startswith("LOW "):
            return Said(
                '{"message": "You need to be logged in to use Save Page Now."}', 401, "application/json"
            )
        if heard.method == "POST":
            if self.refusal:
                return told(status="error", status_ext=f"error:{self.refusal}", message="Refused.")
            job = f"spn2-{len(self.jobs):040d}"
            self.jobs[job] = [heard.form["url"], *["pending"] * self.captured_after]
            return told(url=heard.form["url"], job_id=job)
        job = unquote(heard.path.rpartition("/")[2])
        url, *waits = self.jobs[job]
        if waits:
            self.jobs[job] = [url, *waits[1:]]
            return told(status="pending", job_id=job, resources=[])
        self.captures[url] = "20261125101500"
        return told(
            status="success", job_id=job, original_url=url, timestamp="20261125101500", duration_sec=4.2
        )

    def _crossref(self, heard: Heard) -> Said:
        def work(doi: str, notices: list[tuple[str, str, str]]) -> dict[str, Any]:
            entries = [
                {"DOI": notice, "type": kind, "label": kind.replace("_", " ").title(), "source": "publisher",
                 "updated": {"date-parts": [[2026, 10, 1]], "date-time": f"{date}T00:00:00Z", "timestamp": 0}}
                for kind, notice, date in notices
            ]  # fmt: skip
            return {
                "DOI": doi,
                "type": "journal-article",
                "title": ["A paper"],
                **({"updated-by": entries} if entries else {}),
            }

        if heard.path == "/works":
            doi = heard.query["filter"].removeprefix("updates:")
            every = [*self.notices.get(doi, ()), *self.hidden_notices.get(doi, ())]
            items = [
                {"DOI": notice, "type": "journal-article",
                 "update-to": [{"DOI": doi, "type": kind, "updated": {"date-time": f"{date}T00:00:00Z"}}]}
                for kind, notice, date in every
            ]  # fmt: skip
            message = {"total-results": len(items), "items": items, "items-per-page": 20}
            return Said(
                json.dumps({"status": "ok", "message-type": "work-list", "message": message}),
                kind="application/json",
            )
        doi = unquote(heard.path.removeprefix("/works/"))
        if doi not in self.notices:
            return Said("Resource not found.", 404, "text/plain")
        content = work(
            "10.9999/another" if self.faults.get(CROSSREF) == "wrong_doi" else doi, self.notices[doi]
        )
        return Said(
            json.dumps({"status": "ok", "message-type": "work", "message": content}), kind="application/json"
        )

    def _arxiv(self, heard: Heard) -> Said:
        number = heard.query["id_list"]
        paper = self.preprints.get(number)
        shown = "2501.00001" if self.faults.get(ARXIV) == "wrong_paper" else number
        entry = "" if paper is None else f"""
  <entry>
    <id>http://arxiv.org/abs/{shown}v{paper.version}</id>
    <updated>{paper.updated}</updated><published>2025-08-02T17:00:00Z</published>
    <title>A paper</title><summary>We observed it.</summary>
    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">{escape(paper.comment)}</arxiv:comment>
    {f'<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">{paper.doi}</arxiv:doi>' if paper.doi else ''}
    <author><name>An author</name></author>
  </entry>"""  # fmt: skip
        return Said(f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>http://arxiv.org/api/query</id><title>ArXiv Query</title><updated>2026-11-25T00:00:00-05:00</updated>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{1 if entry else 0}</opensearch:totalResults>{entry}
</feed>""", kind="application/atom+xml; charset=utf-8")  # fmt: skip

    def _site(self, heard: Heard) -> Said:
        query = (
            f"?{'&'.join(f'{name}={value}' for name, value in heard.query.items())}" if heard.query else ""
        )
        found = self.pages.get(f"{heard.host}{heard.path}{query}")
        if found is None and heard.path == "/robots.txt":
            return Said("not found", 404, "text/plain")
        return found or Said("<h1>Not found</h1>", 404)


class _Handler(BaseHTTPRequestHandler):
    web: FakeWeb
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """What was asked stands in `heard`."""

    def do_GET(self) -> None:
        host, _, target = self.path.lstrip("/").partition("/")
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        parts = urlsplit(f"/{target}")
        heard = Heard(
            self.command,
            host,
            parts.path,
            dict(parse_qsl(parts.query)),
            dict(parse_qsl(content)),
            dict(self.headers),
        )
        self.web.heard.append(heard)
        said = self.web.say(heard)
        if said is None:
            self.close_connection = True
            return
        body = said.body.encode()
        self.send_response(said.status)
        for name, value in {
            "Content-Type": said.kind,
            "Content-Length": str(len(body)),
            "X-Synthetic": "yes",
            **said.headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET
