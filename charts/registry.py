"""The charts there are: every file of this folder that exports ``CHART``."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType

from science.records import ChartSubject, Drawing

FALLBACK = "asserted_vs_measured"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart by name: the question it answers, and how it draws a claim's facts.

    ``draws`` returns None where the subject has nothing that this chart could show.
    """

    name: str
    question: str
    draws: Callable[[ChartSubject], Drawing | None]


@cache
def charts() -> dict[str, Chart]:
    """Return every chart by name; raise ValueError if two files claim the same one."""
    package = __package__ or "charts"
    names = [module.name for module in pkgutil.iter_modules(import_module(package).__path__)]
    return collected(import_module(f"{package}.{name}") for name in names)


def collected(modules: Iterable[ModuleType]) -> dict[str, Chart]:
    """Return the charts that modules export, by name.

    Raises
    ------
    ValueError
        If two modules export a chart of one name.
    """
    found: dict[str, Chart] = {}
    for module in modules:
        chart = getattr(module, "CHART", None)
        if chart is None:
            continue
        if chart.name in found:
            raise ValueError(
                f"chart {chart.name!r}: two files of charts/ export it, {module.__name__} is one"
            )
        found[chart.name] = chart
    return found


def drawing_of(subject: ChartSubject, name: str | None) -> Drawing | None:
    """Return the named chart of a subject, or the general one where the named has nothing to draw.

    A name that no file exports yet falls back too; None means that the claim has no number at all.
    """
    chosen = charts().get(name or FALLBACK)
    drawing = chosen.draws(subject) if chosen is not None else None
    if drawing is None and name != FALLBACK:
        drawing = charts()[FALLBACK].draws(subject)
    return drawing
