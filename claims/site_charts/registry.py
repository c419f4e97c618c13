"""The kinds of charts there are: every file of this folder that exports ``KIND``."""

from __future__ import annotations

from functools import cache

from claims import site_charts as folder
from claims.site_charts.contract import Kind, SiteChart
from science.registry import by_file


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by name."""
    return by_file(folder, "KIND", Kind)


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
