"""The watches there are: every file of this folder that exports WATCH."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from ephemeris import watches as folder
from ephemeris.watches.contract import Watch


@cache
def watches() -> dict[str, Watch]:
    """Every watch by its name."""
    found: dict[str, Watch] = {}
    for module in sorted(pkgutil.iter_modules(folder.__path__), key=lambda module: module.name):
        watch = getattr(importlib.import_module(f"{folder.__name__}.{module.name}"), "WATCH", None)
        if watch is None:
            continue
        if watch.name in found or watch.name != module.name:
            raise RuntimeError(
                f"ephemeris/watches/{module.name}.py: name {watch.name!r} is taken or differs from the file"
            )
        found[watch.name] = watch
    return found


@cache
def hosts() -> frozenset[str]:
    """Every host that a watch may ask."""
    return frozenset(host for watch in watches().values() for host in watch.hosts)
