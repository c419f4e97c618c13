"""The kinds of charts there are: every file of this folder that exports ``KIND``."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from claims.site_charts.contract import Kind, SiteChart


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by name; ValueError if two files export one name."""
    package = __package__ or "claims.site_charts"
    found: dict[str, Kind] = {}
    for module in pkgutil.iter_modules(import_module(package).__path__):
        kind = getattr(import_module(f"{package}.{module.name}"), "KIND", None)
        if kind is None:
            continue
        if kind.name in found:
            raise ValueError(f"kind of chart {kind.name!r}: two files export it, {module.name} is one")
        found[kind.name] = kind
    return found


def site_chart(key: str, generation: str) -> SiteChart | None:
    """The chart of a name; None for a name that no chart has, or that has nothing to draw."""
    name, _, subject = key.partition("-")
    kind = kinds().get(name)
    if kind is None or subject not in kind.subjects():
        return None
    return kind.gathers(subject, generation)


def keys() -> list[str]:
    """The names of all charts that may be asked for."""
    return [kind.key(subject) for kind in kinds().values() for subject in kind.subjects()]
