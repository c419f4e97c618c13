"""Settings come from the environment and refuse, by name, what they do not understand."""

import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import settings as loaded
from config.environment import database_from_url, redis_urls

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "HYPERBOLE_MODE": "production",
    "HYPERBOLE_SITE_URL": "https://hyperbole.example",
    "SECRET_KEY": "k7Qm3xVt9RbLw2ZsYh6NcJf4PdGa8TuEo5XiKq1BvMnCzW0yHrSj",
    "DATABASE_URL": "postgresql://hyperbole:se%2Fcret@database:5432/hyperbole",
    "REDIS_URL": "redis://queue:6379/0",
    "HYPERBOLE_BEHIND_PROXY": "on",
}


@pytest.fixture
def settings_with(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Return a function that reads the settings afresh under given variables."""

    def read(**variables: str) -> dict[str, Any]:
        for name in loaded.ENVIRONMENT.known:
            monkeypatch.delenv(name, raising=False)
        for name, value in {"HYPERBOLE_VAR": str(tmp_path / "var"), **variables}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "config" / "settings.py"))

    return read


def documented() -> set[str]:
    return set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def test_it_documents_every_variable_it_reads_and_no_other() -> None:
    only_compose = {"POSTGRES_PASSWORD"}
    assert documented() - only_compose == loaded.ENVIRONMENT.known


def test_it_reads_variables_nowhere_but_in_the_settings() -> None:
    pattern = re.compile(r"""(?:environ(?:\.get\(|\[)|getenv\()\s*["'](\w+)""")
    readers = [
        f"{path.relative_to(ROOT)}: {name}"
        for app in ("config", "claims", "ephemeris", "charts", "science")
        for path in (ROOT / app).rglob("*.py")
        for name in pattern.findall(path.read_text())
    ]
    assert readers == ["config/management/commands/up.py: PORT"]  # it tells its children the port it found


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"HYPERBOLE_MODE": "prod"}, "HYPERBOLE_MODE is 'prod', expected one of embedded, production"),
        ({"PORT": "http"}, "PORT is 'http', expected a whole number from 0 to 65535"),
        ({"PORT": "70000"}, "PORT is '70000'"),
        ({"HYPERBOLE_DEBUG": "yes"}, "HYPERBOLE_DEBUG is 'yes', expected one of on, off"),
        ({"HYPERBOLE_WEB_THREADS": "0"}, "HYPERBOLE_WEB_THREADS is '0'"),
        ({"DATABASE_URL": "mysql://u:pw@h/d"}, "DATABASE_URL is 'mysql://h/d', expected postgresql://"),
        ({"DATABASE_URL": "postgresql://u:pw@h"}, "DATABASE_URL is 'postgresql://h'"),
        ({"DATABASE_URL": "postgresql://u:pw@h:port/d"}, "DATABASE_URL is 'h:port/d', expected a port"),
        ({"REDIS_URL": "amqp://u:pw@h"}, "REDIS_URL is 'amqp://h', expected redis://"),
        ({"HYPERBOLE_MAIL": "imap://u:pw@h"}, "HYPERBOLE_MAIL is 'imap://h', expected console, smtp://"),
        ({"HYPERBOLE_MAIL": "smtp://u:pw@h?tls=no"}, "HYPERBOLE_MAIL is 'smtp://h?tls=no', expected console"),
        ({"REDIS_URL": "redis://h/zero"}, "REDIS_URL is 'redis://h/zero'"),
        (
            {"HYPERBOLE_SITE_URL": "hyperbole.example"},
            "HYPERBOLE_SITE_URL is 'hyperbole.example', expected scheme",
        ),
        (
            {"HYPERBOLE_WEBSUB_HUB": "http://hub.example/"},
            "HYPERBOLE_WEBSUB_HUB is 'http://hub.example/', expected an address such as https:",
        ),
        ({"HYPERBOLE_LOG_LEVEL": "loud"}, "HYPERBOLE_LOG_LEVEL is 'loud', expected one of DEBUG"),
        ({"HYPERBOLE_VAR": "/dev/null/var"}, "HYPERBOLE_VAR is '/dev/null/var', expected a folder"),
        (
            {"HYPERBOLE_WEB_TREADS": "4"},
            "HYPERBOLE_WEB_TREADS is not a setting; was HYPERBOLE_WEB_THREADS meant",
        ),
        ({**PRODUCTION, "SECRET_KEY": ""}, "SECRET_KEY is not set, expected a secret of 50 characters"),
        ({**PRODUCTION, "DATABASE_URL": ""}, "DATABASE_URL is not set"),
        ({**PRODUCTION, "REDIS_URL": ""}, "REDIS_URL is not set"),
        ({**PRODUCTION, "HYPERBOLE_SITE_URL": ""}, "HYPERBOLE_SITE_URL is not set"),
        ({**PRODUCTION, "HYPERBOLE_SITE_URL": "http://hyperbole.example"}, "expected an https:// address"),
        ({**PRODUCTION, "HYPERBOLE_DEBUG": "on"}, "HYPERBOLE_DEBUG is 'on', expected off when"),
    ],
)
def test_it_stops_at_a_wrong_value_naming_variable_value_and_what_is_allowed(
    settings_with: Any, variables: dict[str, str], message: str
) -> None:
    with pytest.raises(ImproperlyConfigured) as error:
        settings_with(**variables)
    assert message in str(error.value)
    assert "pw" not in str(error.value), "a password is printed"


def test_it_makes_one_secret_key_for_the_embedded_set_up_and_keeps_it(
    settings_with: Any, tmp_path: Path
) -> None:
    first, second = settings_with()["SECRET_KEY"], settings_with()["SECRET_KEY"]
    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert settings_with(HYPERBOLE_VAR=str(tmp_path / "other"))["SECRET_KEY"] != first


def test_it_is_embedded_without_any_variable(settings_with: Any, tmp_path: Path) -> None:
    settings = settings_with()
    assert settings["EMBEDDED"]
    assert not settings["DEBUG"]
    assert settings["DATABASES"]["default"]["NAME"] == str(tmp_path / "var" / "hyperbole.sqlite3")
    assert settings["DATABASES"]["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert settings["ALLOWED_HOSTS"] == ["127.0.0.1", "[::1]", "localhost"]
    assert not settings["SESSION_COOKIE_SECURE"], "on the loopback there is no TLS"


def test_it_is_strict_in_production(settings_with: Any) -> None:
    settings = settings_with(**PRODUCTION, HYPERBOLE_HOSTS="a.example, b.example")
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert {"hyperbole.example", "a.example", "b.example"} < set(settings["ALLOWED_HOSTS"])
    assert "*" not in settings["ALLOWED_HOSTS"]
    assert settings["DATABASES"]["default"]["PASSWORD"] == "se/cret"


def test_it_allows_no_inline_script_and_no_other_origin() -> None:
    directives = loaded.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == ["'self'"]
    everything = " ".join(source for sources in directives.values() for source in sources)
    assert "unsafe-eval" not in everything
    assert "http" not in everything
    assert [name for name, sources in directives.items() if "'unsafe-inline'" in sources] == [
        "style-src-attr"
    ]


def test_it_reads_the_addresses_of_servers() -> None:
    assert redis_urls("REDIS_URL", "redis://:pw@host:6380/3") == (
        "redis://:pw@host:6380/3",
        "redis://:pw@host:6380/4",
    )
    assert redis_urls("REDIS_URL", "unix:///run/valkey.sock") == (
        "redis+socket:///run/valkey.sock?virtual_host=0",
        "unix:///run/valkey.sock?db=1",
    )
    database = database_from_url("DATABASE_URL", "postgresql://me@/site?host=/run/postgresql&sslmode=disable")
    assert (database["USER"], database["NAME"], database["HOST"]) == ("me", "site", "/run/postgresql")
    assert database["OPTIONS"] == {
        "connect_timeout": 5,
        "application_name": "hyperbole",
        "sslmode": "disable",
    }
    assert database_from_url("DATABASE_URL", "sqlite:////srv/site.sqlite3")["NAME"] == "/srv/site.sqlite3"


def test_it_passes_the_deployment_check_of_django(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "HYPERBOLE_VAR": str(tmp_path),
            "HYPERBOLE_STATIC_ROOT": str(tmp_path),
            **PRODUCTION,
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout + done.stderr


def test_it_names_a_task_and_an_expiry_for_every_periodic_job() -> None:
    from config.celery import app

    app.loader.import_default_modules()
    for name, entry in loaded.SCHEDULE.items():
        assert entry["task"] in app.tasks, f"{name}: no task {entry['task']}"
        assert entry["options"]["expires"] > 0
        json.dumps(entry["kwargs"])


def test_processes_of_a_worker_give_way_to_those_that_somebody_waits_for() -> None:
    program = (
        "import os, config.celery; from celery.signals import worker_process_init as begins; before = os.nice(0); "
        "begins.send(sender=None); print(os.nice(0) - before)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    # the kernel knows nothing beyond 19
    assert 0 < int(done.stdout.split()[-1]) <= 10, done.stderr
