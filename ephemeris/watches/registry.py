"""The watches there are: every file of this folder that exports WATCH."""

from __future__ import annotations

from functools import cache

from ephemeris import watches as folder
from ephemeris.watches.contract import Watch
from science.registry import by_file


@cache
def watches() -> dict[str, Watch]:
    """Every watch by its name."""
    return by_file(folder, "WATCH", Watch)


@cache
def hosts() -> frozenset[str]:
    """Every host that a watch may ask."""
    return frozenset(host for watch in watches().values() for host in watch.hosts)
