"""The services there are: every file of this folder that exports SERVICE."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from ephemeris import services as folder
from ephemeris.services.contract import Service


@cache
def services() -> dict[str, Service]:
    """Every service by its name."""
    found: dict[str, Service] = {}
    for module in sorted(pkgutil.iter_modules(folder.__path__), key=lambda module: module.name):
        service = getattr(importlib.import_module(f"{folder.__name__}.{module.name}"), "SERVICE", None)
        if service is None:
            continue
        if service.name in found or service.name != module.name:
            raise RuntimeError(
                f"ephemeris/services/{module.name}.py: name {service.name!r} is taken or differs from the file"
            )
        found[service.name] = service
    return found


@cache
def hosts() -> frozenset[str]:
    """Every host that a service may be asked at."""
    return frozenset(host for service in services().values() for host in service.hosts)
