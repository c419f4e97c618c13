"""The units for systemd and the proxy's example name what exists: commands, queues, modules, variables."""

import configparser
import importlib.util
import re
from pathlib import Path

import pytest
from django.conf import settings

from config.celery import app

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


def unit(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in path.read_text().splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_it_starts_what_there_is(path: Path) -> None:
    configparser.ConfigParser(strict=False, interpolation=None).read_string(path.read_text())
    told = unit(path)
    for command in [*told["ExecStart"], *told.get("ExecStartPre", [])]:
        if module := re.search(r"python -m (\w+)", command):
            assert importlib.util.find_spec(module[1]), command
        if "manage.py" in command:
            from django.core.management import get_commands

            assert re.search(r"manage.py (\w+)", command)[1] in get_commands()
    assert told["User"] == ["hyperbole"]
    assert told["NoNewPrivileges"] == ["yes"]
    assert told["ReadWritePaths"] == ["/srv/hyperbole/state"]
    assert told["SystemCallFilter"] == ["@system-service"]
    assert told["CapabilityBoundingSet"] == [""]


def test_its_workers_together_take_every_queue() -> None:
    target = (DEPLOY / "systemd" / "hyperbole.target").read_text()
    named = re.findall(r"hyperbole-worker@([\w-]+)\.service", target)
    taken = {queue for name in named for queue in name.split("-")}
    assert taken == {queue.name for queue in app.conf.task_queues}
    for name in re.findall(r"hyperbole-\w+@?", target.partition("Wants=")[2]):
        assert (DEPLOY / "systemd" / f"{name}.service").exists()


def test_its_proxy_keeps_forwarded_headers_to_itself_and_limits_bodies_as_the_site_does() -> None:
    proxy = (DEPLOY / "nginx.conf").read_text()
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in proxy
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in proxy
    assert "client_max_body_size 1m;" in proxy
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE <= 1 << 20
