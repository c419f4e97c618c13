"""A chart as files: its table, its picture, and everything about it as JSON."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from charts.style import light
from claims.drawings import ShownChart
from claims.spreadsheets import cell

LINK_COLUMN = "Link"
_VIEW_BOX = re.compile(r'viewBox="0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"')


def table_csv(chart: ShownChart, about: dict[str, Any]) -> str:
    """The rows of a chart's table, each with the address of its source (RFC 4180)."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([*chart.columns, LINK_COLUMN])
    for row in chart.rows:
        table.writerow([*map(cell, row.cells), row.link or ""])
    return text.getvalue()


def size_of(chart: ShownChart) -> tuple[int, int]:
    """Width and height of the wide picture in pixels.

    Raises
    ------
    ValueError
        If the picture is not of our own writer.
    """
    found = _VIEW_BOX.search(chart.wide)
    if found is None:
        raise ValueError(f"{chart.name}: a picture without a view box")
    return round(float(found[1])), round(float(found[2]))


def picture_svg(chart: ShownChart, about: dict[str, Any]) -> str:
    """The picture for wide paper as a file of its own, with its size and paper."""
    width, height = size_of(chart)
    start, end = chart.wide.split(">", 1)
    paper = f'<rect width="{width}" height="{height}" fill="{light("paper")}"/>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{start} width="{width}" height="{height}">{paper}{end}\n'


def whole_json(chart: ShownChart, about: dict[str, Any]) -> str:
    """Words, table, sources and Plotly figure, with ``about``: addresses, day and licence."""
    whole = {
        "title": chart.title,
        "finding": chart.finding,
        "caption": chart.caption,
        **about,
        "sources": [
            {
                "id": source.key, "title": source.title, "authors": source.authors, "year": source.year,
                "tier": source.tier, "url": source.url, "doi": source.doi, "arxiv": source.arxiv,
            }
            for source in chart.sources
        ],
        "columns": list(chart.columns),
        "rows": [{"cells": list(row.cells), "url": row.link, "id": row.key} for row in chart.rows],
        "figure": chart.figure,
    }  # fmt: skip
    return orjson.dumps(whole).decode()


@dataclass(frozen=True, slots=True)
class ChartFile:
    """A form of chart: extension, media type, and how it is written."""

    extension: str
    media_type: str
    writes: Callable[[ShownChart, dict[str, Any]], str]


CHART_FILES = {
    form.extension: form
    for form in (
        ChartFile("csv", "text/csv; charset=utf-8; header=present", table_csv),
        ChartFile("svg", "image/svg+xml; charset=utf-8", picture_svg),
        ChartFile("json", "application/json", whole_json),
    )
}
