"""Every kind of answer carries the headers that keep browsers on the reader's side."""

import json

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from claims.exports.frames import POLICY as EMBED_POLICY
from config.csp_reports import LARGEST, MOST_A_MINUTE, reported_today
from tests.security.surface import EVERYTHING, FRAMES, MACHINES, PRIVATE, PUBLIC

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", EVERYTHING)
def test_it_sends_the_headers_that_every_answer_carries(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code < 500
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "base-uri 'none'" in policy
    assert answer["Reporting-Endpoints"] == 'csp="/csp-report"'
    assert "Server" not in answer
    assert "X-Powered-By" not in answer


@pytest.mark.parametrize("path", EVERYTHING)
def test_it_sends_browsers_to_https_and_keeps_them_there_where_the_site_is_on_https(
    client: Client, settings, path: str
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    if path not in ("/healthz", "/readyz"):
        plain = client.get(path)
        assert plain.status_code == 301
        assert plain["Location"].startswith("https://")
    secure = client.get(path, secure=True)
    assert secure["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


def test_it_lets_nobody_frame_a_page_but_the_embeds(client: Client) -> None:
    for path in (*PUBLIC, *PRIVATE):
        answer = client.get(path)
        assert answer["X-Frame-Options"] == "DENY", path
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], path
    for path in FRAMES:
        answer = client.get(path)
        assert "X-Frame-Options" not in answer
        assert answer["Content-Security-Policy"] == EMBED_POLICY
        assert "script-src" not in EMBED_POLICY, "default-src 'none' forbids scripts in a frame"


def test_it_lets_other_sites_load_open_data_and_nothing_else(client: Client) -> None:
    for path in (*MACHINES, *FRAMES):
        answer = client.get(path)
        if answer.get("Access-Control-Allow-Origin") or path in FRAMES:
            assert answer["Cross-Origin-Resource-Policy"] == "cross-origin", path
    assert client.get("/feed.json")["Access-Control-Allow-Origin"] == "*"
    for path in (*PUBLIC, *PRIVATE):
        answer = client.get(path, headers={"origin": "https://elsewhere.example"})
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin", path
        assert "Access-Control-Allow-Origin" not in answer, path
        assert "Access-Control-Allow-Credentials" not in answer, path


def test_it_leaves_no_private_page_in_a_cache_on_the_way(admin_client: Client) -> None:
    for path in PRIVATE:
        assert "no-store" in admin_client.get(path, follow=True)["Cache-Control"], path


def test_its_public_pages_set_no_cookie(client: Client) -> None:
    for path in (*PUBLIC, *MACHINES, *FRAMES):
        assert not client.get(path).cookies, path


OLD = {
    "csp-report": {
        "document-uri": "https://hyperbole.example/?secret",
        "violated-directive": "img-src 'self'",
    }
}
NEW = [{"type": "csp-violation", "body": {"effectiveDirective": "script-src-elem", "blockedURL": "inline"}}]


def report(client: Client, content: object, kind: str = "application/csp-report") -> int:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return client.generic("POST", "/csp-report", body, content_type=kind).status_code


def test_it_counts_what_browsers_report_and_keeps_nothing_of_it(client: Client, caplog) -> None:
    assert report(client, OLD) == 204
    assert report(client, NEW, "application/reports+json") == 204
    assert report(client, {"csp-report": {"violated-directive": "made-up\nlog line"}}) == 204
    assert reported_today() == {"img-src": 1, "script-src-elem": 1, "other": 1}
    assert "secret" not in caplog.text
    assert "made-up" not in caplog.text


def test_it_takes_no_harm_from_reports(client: Client) -> None:
    for content in (b"{", b"[" * 5000, b"null", [1, [], None], {"csp-report": 7}, {"csp-report": {"x": 1}}):
        assert report(client, content) == 204
    assert report(client, b"x" * (LARGEST + 1)) == 413
    assert report(client, OLD, "text/plain") == 415
    assert client.get("/csp-report").status_code == 405
    cache.clear()
    assert report(client, NEW * 5000, "application/reports+json") == 413
    for _ in range(MOST_A_MINUTE // 20 + 5):
        report(client, NEW * 100, "application/reports+json")
    assert sum(reported_today().values()) <= 2 * MOST_A_MINUTE, "a minute may turn meanwhile"


def test_its_policy_names_where_to_report() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["report-uri"] == "/csp-report"
    assert directives["report-to"] == "csp"
