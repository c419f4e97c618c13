"""The compose file names only what exists.  No daemon runs here: what it says is checked, not started."""

import importlib
import importlib.metadata
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands
from django.urls import resolve

from config import settings
from config.celery import app

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "docker-compose.yml").read_text()
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)["services"]
OURS = ("prepare", "web", "worker", "beat")
DOCKERFILE = (ROOT / "Dockerfile").read_text()
STAGES = DOCKERFILE.split("\nFROM ")


def image_command() -> list[str]:
    found = re.search(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    assert found, "the image has no command"
    return yaml.safe_load(found[1])


def commands() -> list[tuple[str, list[str]]]:
    """Return every command that runs in our image, a shell's line taken apart."""
    found = []
    for name in OURS:
        words = SERVICES[name].get("command", image_command())
        lines = words[2].split("&&") if words[:2] == ["sh", "-c"] else [shlex.join(words)]
        check = SERVICES[name].get("healthcheck", {}).get("test", [])
        if check and check[0] == "CMD-SHELL" and check[1].startswith(("celery", "python")):
            lines.append(check[1])
        found += [(name, shlex.split(line)) for line in lines]
    return found


@pytest.mark.parametrize(("service", "words"), commands())
def test_it_runs_programs_and_modules_that_exist(service: str, words: list[str]) -> None:
    scripts = {entry.name for entry in importlib.metadata.entry_points(group="console_scripts")}
    if words[:2] == ["python", "manage.py"]:
        assert words[2] in get_commands()
        return
    assert words[0] in scripts
    if words[0] == "granian":
        module, name = words[-1].split(":")
        assert callable(getattr(importlib.import_module(module), name))
    if words[0] == "celery":
        assert importlib.import_module(words[words.index("--app") + 1]).celery_app is app


def test_it_lets_the_worker_listen_to_every_queue() -> None:
    command = SERVICES["worker"]["command"]
    listened = command[command.index("--queues") + 1].split(",")
    assert set(listened) == set(app.amqp.queues)
    assert SERVICES["worker"]["environment"]["REMAP_SIGTERM"] == "SIGQUIT"


def test_it_asks_health_paths_that_the_site_has() -> None:
    asked = re.findall(r"http://127\.0\.0\.1:8000(/\w+)", TEXT)
    assert asked
    for path in asked:
        assert resolve(path).url_name == path.strip("/")
        assert any(re.match(pattern, path.strip("/")) for pattern in settings.SECURE_REDIRECT_EXEMPT)


def test_it_watches_the_health_of_every_lasting_service() -> None:
    for name, service in SERVICES.items():
        assert name == "prepare" or service["healthcheck"]["test"], name
        for needed, condition in service.get("depends_on", {}).items():
            known = {
                "service_healthy": "healthcheck" in SERVICES[needed],
                "service_completed_successfully": SERVICES[needed]["restart"] == "no",
            }
            assert known[condition["condition"]], f"{name} waits for {needed}"


def test_it_uses_one_image_and_variables_that_are_documented() -> None:
    assert {SERVICES[name]["image"] for name in OURS} == {"hyperbole"}
    documented = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert set(re.findall(r"\$\{([A-Z_]+)", TEXT)) <= documented
    for name in OURS:
        assert set(SERVICES[name]["environment"]) <= settings.ENVIRONMENT.known | {"REMAP_SIGTERM"}


def test_it_has_no_secret_of_its_own() -> None:
    for secret in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        uses = re.findall(rf"\$\{{{secret}([^}}]*)\}}", TEXT)
        assert uses
        assert all(use.startswith(":?") for use in uses), f"{secret} must have no default"
        assert re.search(rf"^{secret}=$", (ROOT / ".env.example").read_text(), re.MULTILINE)


def test_it_keeps_the_database_where_postgresql_18_puts_it() -> None:
    assert SERVICES["database"]["image"] == "postgres:18"
    assert SERVICES["database"]["volumes"] == ["database:/var/lib/postgresql"]
    assert SERVICES["queue"]["image"] == "valkey/valkey:9"
    declared = set(yaml.safe_load(TEXT)["volumes"])
    mounted = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert mounted == declared


def test_it_builds_the_image_from_files_that_exist_and_runs_it_without_root() -> None:
    copied = [
        word
        for stage in STAGES
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", stage, re.MULTILINE)
        for word in line.split()
    ]
    assert {"config", "claims", "ephemeris", "charts", "science", "templates", "static", "data"} <= set(
        copied
    )
    let_in = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    for name in copied:
        assert (ROOT / name).exists(), name
        assert name.split("/")[0] in let_in, name
    assert re.search(r"^USER hyperbole$", STAGES[-1], re.MULTILINE)
