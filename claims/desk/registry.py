"""Finds the queues of the desk: every module of `claims/desk/queues/` that exports ``QUEUE``."""

from __future__ import annotations

from functools import cache

import claims.desk.queues as folder
from claims.desk.contract import Queue
from science.registry import by_file


@cache
def queues() -> dict[str, Queue]:
    """Every queue by name, in the order of the desk."""
    found = by_file(folder, "QUEUE", Queue)
    return dict(sorted(found.items(), key=lambda entry: (entry[1].place, entry[0])))
