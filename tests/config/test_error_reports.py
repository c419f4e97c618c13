"""Errors go to a Sentry server where one is named, without anything about who asked; without one nothing is loaded."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import brotli
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

ROOT = Path(__file__).resolve().parent.parent.parent
BREAK = """
import sys, django
if "hide" in sys.argv: sys.modules["sentry_sdk"] = None
django.setup()
if "break" in sys.argv:
    import logging, sentry_sdk
    from django.test import Client
    from claims.views import external
    def broken(token):
        password = "known to one person"
        raise ValueError("it broke\\nDETAIL: Key (email)=(someone@reader.example)")
    external.invitation_of = broken
    asked = Client(headers={"host": "localhost", "cookie": "sessionid=a-cookie", "x-forwarded-for": "203.0.113.9"})
    asked.raise_request_exception = False
    print(asked.get("/review/a-token/?q=a-query").status_code)
    logging.getLogger("claims").error("a page of %s broke", "someone@reader.example")
    sentry_sdk.flush(10)
print("sentry_sdk" in sys.modules)
"""


def run(tmp_path: Path, dsn: str, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "HYPERBOLE_VAR": str(tmp_path / "var"),
        "HYPERBOLE_SENTRY_DSN": dsn, "DATABASE_URL": "", "REDIS_URL": "",
    }  # fmt: skip
    command = [sys.executable, "-c", BREAK, *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100)


def test_it_loads_nothing_where_no_server_is_named(tmp_path: Path) -> None:
    done = run(tmp_path, "")
    assert done.stdout.strip() == "False", done.stderr


def test_it_reports_what_broke_and_nothing_about_who_asked(tmp_path: Path, httpserver: HTTPServer) -> None:
    told: list[str] = []

    def keep(request: Request) -> Response:
        body = request.get_data()
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}[request.headers["Content-Encoding"]]
        told.append(unpack(body).decode())
        return Response("{}")

    httpserver.expect_request("/api/7/envelope/", method="POST").respond_with_handler(keep)
    done = run(tmp_path, f"http://key@127.0.0.1:{httpserver.port}/7", "break")
    assert done.stdout.split() == ["500", "True"], done.stderr
    everything = "\n".join(told)
    assert "ValueError" in everything
    assert "it broke" in everything
    assert "a page of %s broke" in everything
    for private in ("someone@reader", "a-cookie", "203.0.113.9", "a-token", "a-query", "known to one"):
        assert private not in everything, private


def test_it_names_what_is_missing_or_wrong(tmp_path: Path) -> None:
    assert (
        "sentry-sdk is not installed, expected it beside the site"
        in run(tmp_path, "http://key@127.0.0.1:1/7", "hide").stderr
    )
    wrong = run(tmp_path, "not-an-address")
    assert "HYPERBOLE_SENTRY_DSN is (not printed), expected https://key@host/number" in wrong.stderr
