"""Finds the queues of the desk: every module of `claims/desk/queues/` that exports ``QUEUE``."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import claims.desk.queues as folder
from claims.desk.contract import Queue


@cache
def queues() -> dict[str, Queue]:
    """Every queue by name, in the order of the desk; two files with one name are an error."""
    found: dict[str, Queue] = {}
    for module in pkgutil.iter_modules(folder.__path__):
        queue = getattr(importlib.import_module(f"{folder.__name__}.{module.name}"), "QUEUE", None)
        if queue is None:
            continue
        if queue.name in found or queue.name != module.name:
            raise RuntimeError(
                f"claims/desk/queues/{module.name}.py: queue name {queue.name!r} is taken or differs from the file"
            )
        found[queue.name] = queue
    return dict(sorted(found.items(), key=lambda entry: (entry[1].place, entry[0])))
