"""The services there are: every file of this folder that exports SERVICE."""

from __future__ import annotations

from functools import cache

from ephemeris import services as folder
from ephemeris.services.contract import Service
from science.registry import by_file


@cache
def services() -> dict[str, Service]:
    """Every service by its name."""
    return by_file(folder, "SERVICE", Service)


@cache
def hosts() -> frozenset[str]:
    """Every host that a service may be asked at."""
    return frozenset(host for service in services().values() for host in service.hosts)
