"""A version's chart, drawn once and kept: a frozen version always gives the same picture."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson
from django.core.cache import cache

from charts.registry import drawing_of
from charts.svg import NARROW, WIDE, draw
from claims.models import VerdictVersion
from claims.records import chart_subject, from_json, to_json
from science.records import ChartSubject, Citation, Drawing, TableRow

log = logging.getLogger(__name__)

# an hour: a corrected drawing reaches every page without anybody clearing anything
KEPT_S = 3600
LONG_TABLE = 14
_NOTHING = b"nothing to draw"


@dataclass(frozen=True, slots=True)
class ShownChart:
    """A drawing as a page shows it: pictures for wide and narrow paper, table, words, figure."""

    name: str
    title: str
    finding: str
    caption: str
    wide: str
    narrow: str
    figure: dict[str, Any]
    columns: tuple[str, ...] = ()
    rows: tuple[TableRow, ...] = ()
    sources: tuple[Citation, ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether the table would push the rest of the page away and scrolls by itself instead."""
        return len(self.rows) > LONG_TABLE

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The table's lines: each cell with the name of its column and, the last that is not empty, its source's link."""
        found = []
        for row in self.rows:
            filled = max((place for place, cell in enumerate(row.cells) if cell), default=0)
            links = [row.link if place == filled and place else None for place in range(len(row.cells))]
            found.append({"cells": list(zip(self.columns, row.cells, links, strict=True))})
        return found


def chart_of(version: VerdictVersion) -> ShownChart | None:
    """The chart of a published version; None where it has no number that a figure could show."""
    document, subject = version.document, version.chart_subject
    if document is None or subject is None:
        return None
    what = f"{document['slug']} v{version.number}"
    return _kept(version.content_sha256, lambda: _drawn(chart_subject(subject), document["chart"]), what)


def shown(subject: ChartSubject, name: str) -> ShownChart | None:
    """A chart of what stands on record now; the same facts are drawn once."""
    return _kept(
        f"{name}:{sha256(repr(subject).encode()).hexdigest()}",
        lambda: _drawn(subject, name),
        f"{name} of {subject.slug}",
    )


def kept_drawing(
    key: str, draws: Callable[[], Drawing | None], sources: tuple[Citation, ...] = ()
) -> ShownChart | None:
    """A drawing that belongs to no claim, kept under a key that names all it was drawn from."""

    def drawn() -> ShownChart | None:
        drawing = draws()
        return None if drawing is None else _shown(drawing, sources)

    return _kept(key, drawn, key)


def _kept(key: str, draws: Callable[[], ShownChart | None], what: str) -> ShownChart | None:
    kept = cache.get(f"drawing:{key}")
    if kept is None:
        try:
            drawn = draws()
        except Exception:
            # one chart that fails must not take words, numbers and tables from the reader
            log.exception("the chart %s was not drawn", what)
            return None
        cache.set(f"drawing:{key}", orjson.dumps(to_json(drawn)) if drawn else _NOTHING, KEPT_S)
        return drawn
    found: ShownChart | None = None if kept == _NOTHING else from_json(ShownChart, orjson.loads(kept))
    return found


def _drawn(subject: ChartSubject, name: str) -> ShownChart | None:
    drawing = drawing_of(subject, name or None)
    if drawing is None:
        return None
    cited = {row.key: row.citation for row in subject.measurements}
    cited |= {row.key: row.citation for row in subject.campaigns if row.citation}
    sources = [cited[row.key] for row in drawing.rows if row.key in cited]
    return _shown(drawing, tuple({source.key: source for source in sources}.values()))


def _shown(drawing: Drawing, sources: tuple[Citation, ...]) -> ShownChart:
    return ShownChart(
        name=drawing.name,
        title=drawing.title,
        finding=drawing.finding,
        caption=drawing.caption,
        columns=drawing.columns,
        rows=drawing.rows,
        sources=sources,
        wide=draw(drawing, WIDE),
        narrow=draw(drawing, NARROW),
        figure=drawing.figure,
    )
