"""What an attacker would try first, on every address of the site."""

import io
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from claims.models import Approval, EditorialLog, ReaderReport, VerdictVersion
from claims.spreadsheets import cell
from config.logs import logging_settings
from tests.claims import publishing
from tests.claims.doors import signed_in
from tests.security.surface import EVERYTHING, PUBLIC

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
# without a session; the form of readers takes down only what bears its own seal
OPEN_TO_PROGRAMS = ("/api/", "/csp-report", "/report/", "/check/")


def addresses() -> Iterator[str]:
    """One example of every pattern that the site answers, those of the admin included."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
        for one in patterns:
            route = before + str(one.pattern)
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, route)
            else:
                path = re.sub(r"<(?:version|int):\w+>", "1", route)
                path = re.sub(r"<[^<>]*>", "x", path)
                yield "/" + re.sub(r"\(\?P.*?\)|[\^$\\]|\(.*\)", "x", path)

    yield from walk(get_resolver().url_patterns, "")


def state() -> tuple[int, ...]:
    return (
        EditorialLog.objects.count(), VerdictVersion.objects.count(), Approval.objects.count(), User.objects.count(),
        ReaderReport.objects.count(),
    )  # fmt: skip


def test_it_takes_no_post_without_its_own_token(admin_user: User) -> None:
    forger = signed_in(admin_user)
    forger.handler.enforce_csrf_checks, forger.raise_request_exception = True, False
    before, seen = state(), 0
    for path in addresses():
        answer = forger.post(path, {"title": "forged", "action": "delete_selected"})
        seen += 1
        if not path.startswith(OPEN_TO_PROGRAMS):
            assert answer.status_code in (301, 403, 404, 405), f"{path}: {answer.status_code}"
            if answer.status_code == 301:
                assert answer["Location"].startswith("/"), path
    assert seen > 150
    assert state() == before


def test_it_shows_the_desk_to_nobody_who_has_no_role_there(client: Client) -> None:
    private = [path for path in addresses() if path.startswith("/admin/") and "login" not in path]
    assert len(private) > 100
    client.raise_request_exception = False
    for path in private:
        answer = client.get(path)
        assert answer.status_code in (301, 302, 404, 405), f"{path}: {answer.status_code}"
        assert answer.status_code in (404, 405) or answer["Location"].startswith("/"), path
    client.force_login(User.objects.create_user("visitor", is_staff=True))
    draft = publishing.draft(publishing.claim("under-wraps"))
    for path in (
        f"/admin/claims/verdictversion/{draft.pk}/change/",
        f"/admin/claims/claim/{draft.claim_id}/change/",
        f"/admin/claims/verdictversion/{draft.pk}/delete/",
        f"/admin/claims/verdictversion/{draft.pk}/history/",
        "/admin/auth/user/",
        "/admin/claims/signin/",
    ):
        assert client.get(path).status_code in (403, 404), path


def test_it_lets_no_form_carry_what_only_the_editing_rules_write(rf, admin_user: User) -> None:
    from django.contrib import admin

    request = rf.get("/admin/")
    request.user = admin_user
    sacred = {
        "state", "author", "number", "review_level", "published_at", "document", "chart_subject", "content_sha256",
        "current_version", "shown_topic", "shown_verdict", "first_published_at", "withdrawn_at", "approver", "voided_at", "row_hash", "previous_hash",
    }  # fmt: skip
    seen = 0
    for model, shown in admin.site._registry.items():
        if model._meta.app_label not in ("claims", "ephemeris"):
            continue
        seen += 1
        if shown.has_change_permission(request) or shown.has_add_permission(request):
            fields = set(shown.get_form(request)().fields)
            assert not fields & sacred, f"{model.__name__}: {sorted(fields & sacred)}"
    assert seen > 15


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "a b", ""]
)
def test_it_answers_to_its_own_names_only(client: Client, host: str) -> None:
    for path in ("/", "/feed.json", "/admin/login/"):
        answer = client.get(path, headers={"host": host} if host else {}, HTTP_HOST=host)
        assert answer.status_code == 400, path
        assert "evil" not in answer.content.decode()


def test_it_prints_its_own_address_whatever_a_proxy_header_says(client: Client) -> None:
    forged = {
        "x-forwarded-host": "evil.example",
        "forwarded": "host=evil.example",
        "x-original-url": "/admin/",
    }
    for path in EVERYTHING:
        answer = client.get(path, headers=forged)
        assert "evil.example" not in answer.getvalue().decode(errors="replace"), path
        assert "evil.example" not in answer.get("Location", ""), path


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example", "//evil.example/x", "/\\evil.example/x", "/%5cevil.example", "/claims//evil.example",
        "/admin/login/?next=https://evil.example/", "/admin/?next=//evil.example/", "/claims?next=//evil.example",
        "/api/v1/claims?x=//evil.example/", "/admin/r/1/evil/", "/admin//evil.example",
    ],
)  # fmt: skip
def test_it_sends_nobody_elsewhere(client: Client, path: str) -> None:
    answer = client.get(path)
    place = answer.get("Location", "/")
    assert re.match(r"/(?![/\\])", place), place


def test_it_returns_after_signing_in_to_a_page_of_its_own(client: Client) -> None:
    publishing.person("traveller", is_staff=True)
    for target in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        client.logout()
        fields = {"username": "traveller", "password": "traveller-password", "next": target}
        answer = client.post(f"/admin/login/?next={target}", fields)
        if answer.status_code == 302:
            assert re.match(r"/(?![/\\])", answer["Location"]), answer["Location"]


def test_it_says_the_same_to_a_wrong_password_and_to_a_name_that_nobody_has(client: Client) -> None:
    publishing.person("known", is_staff=True)
    pages = []
    for name in ("known", "nobody"):
        answer = client.post("/admin/login/", {"username": name, "password": "wrong-password"}, follow=True)
        page = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1", answer.content.decode())
        pages.append((answer.status_code, page.replace(name, "NAME")))
    assert pages[0] == pages[1]


def test_it_leaves_no_formula_in_a_table() -> None:
    for text in (
        "=1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "-2+3+cmd|' /C calc'!A0",
        '+HYPERLINK("x")',
        "=cmd|' /C'!A0",
    ):
        assert cell(text) == f"'{text}"
    for harmless in ("-0.5 ± 0.1 km", "+3", "3I/ATLAS", "", None, -1.3, "a = b", "−1.3"):
        assert cell(harmless) == harmless


def test_no_cell_of_the_published_tables_begins_a_formula(client: Client) -> None:
    table = client.get("/claims/manhattan-sized.csv")
    assert table.status_code == 200
    text = table.getvalue().decode()
    assert not re.search(r'(?:^|,)"?[=@\t]', text, re.MULTILINE)


def lines_of(
    style: str, message: str, *arguments: object, exception: Exception | None = None, **extra: object
) -> list[str]:
    out = io.StringIO()
    made = logging_settings("INFO", style)["formatters"]["structured"]
    formatter = made.pop("()")(**made)
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter)
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, arguments, None)
    record.__dict__.update(extra)
    if exception is not None:
        record.exc_info = (type(exception), exception, exception.__traceback__)
    handler.emit(record)
    return out.getvalue().splitlines()


@pytest.mark.parametrize("style", ["text", "json"])
def test_it_writes_one_line_whatever_stands_in_it(style: str) -> None:
    forged = "/claims/\r\n2026-11-25T00:00:00Z [info] signed in as chief editor\x1b[2J\u2028x\x85y"
    lines = lines_of(style, "Not Found: %s", forged, agent=forged)
    assert len(lines) == 1
    assert "\x1b" not in lines[0]


@pytest.mark.parametrize("style", ["text", "json"])
def test_it_logs_where_an_error_was_and_not_what_the_variables_held(style: str) -> None:
    def sign_in(password: str) -> None:
        raise RuntimeError("broken on purpose")

    try:
        sign_in("hunter2")
    except RuntimeError as error:
        told = "\n".join(lines_of(style, "failed", exception=error))
    assert "broken on purpose" in told
    assert "sign_in" in told
    assert "password" not in told
    assert told.count("hunter2") <= told.count('sign_in("hunter2")'), "only the line of code that says it"


def test_it_logs_a_hostile_address_in_one_line(client: Client, caplog) -> None:
    client.get("/claims/%0d%0aWARNING%20forged/")
    assert caplog.records
    for record in caplog.records:
        assert len(lines_of("text", record.getMessage())) == 1


def test_it_keeps_secrets_out_of_error_pages_and_logs(client: Client, settings, monkeypatch, caplog) -> None:
    from claims.views import dashboard

    settings.REMEMBERED = "hunter2-database"

    def fail(*arguments: object, **named: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(dashboard, "render", fail)
    client.raise_request_exception = False
    secrets = {"authorization": "Bearer hunter2-token", "cookie": "sessionid=hunter2-session"}
    answer = client.get("/", headers=secrets)
    assert answer.status_code == 500
    page = answer.content.decode()
    out = [
        line for record in caplog.records
        for line in (record.getMessage(), str(record.exc_text or ""), *lines_of("json", record.getMessage()))
    ]  # fmt: skip
    for told in (page, *out):
        assert "hunter2" not in told
        assert settings.SECRET_KEY not in told
    for telling in ("Traceback", "RuntimeError", "broken on purpose", "File &quot;", str(ROOT)):
        assert telling not in page


def test_it_keeps_passwords_of_its_servers_out_of_what_it_says(tmp_path: Path) -> None:
    program = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "reader = Client(raise_request_exception=False, headers={'host': 'localhost'})\n"
        "for path in ('/readyz', '/', '/api/v1/claims/'):\n"
        "    answer = reader.get(path)\n"
        "    print(path, answer.status_code, answer.content.decode())\n"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "HYPERBOLE_VAR": str(tmp_path),
        "DATABASE_URL": "postgresql://somebody:hunter2@127.0.0.1:1/nothing",
        "REDIS_URL": "redis://:hunter2@127.0.0.1:1/0",
        "SECRET_KEY": "hunter2-key",
    }
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "/readyz 503" in done.stdout
    assert "/ 503" in done.stdout
    assert "/api/v1/claims/ 503" in done.stdout
    assert '"title":"Not available now"' in done.stdout
    assert "hunter2" not in done.stdout + done.stderr


def test_its_queue_reads_json_and_nothing_else() -> None:
    from config.celery import app

    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == app.conf.result_serializer == "json"
    pickling = re.compile(r"\b(pickle|marshal|shelve|dill)\b|yaml\.load\b|\beval\(|\bexec\(")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for folder in ("config", "claims", "ephemeris", "charts", "science")
        for path in (ROOT / folder).rglob("*.py")
        for line in path.read_text().splitlines()
        if pickling.search(line) and not line.lstrip().startswith(("#", '"""'))
    ]
    assert found == []


def test_its_public_pages_take_reading_only(client: Client) -> None:
    before = state()
    for path in PUBLIC:
        for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE"):
            answer = client.generic(method, path, b"{}", content_type="application/json")
            assert answer.status_code in (200, 400, 403, 405), f"{method} {path}"
    assert state() == before
