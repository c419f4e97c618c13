"""Pieces of Plotly's schema in the house style: axes, traces, errors, arrows, bands.

Only a small part of the schema is used, because ``charts.svg`` draws the same figure on paper.
Every trace says its role in ``meta``; annotations and shapes say it in ``name``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from charts.numbers import NBSP
from charts.panels import Band, Value
from charts.scales import Scale, ScaleKind, day_number
from charts.style import light

#: Length of a limit's arrow.
ARROW_PX = 26


@dataclass
class Sheet:
    """What is gathered while panels are laid out one below the other."""

    traces: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)
    axes: dict[str, dict[str, Any]] = field(default_factory=dict)


def suffix_of(number: int) -> str:
    """How Plotly numbers axes: nothing for the first, then 2, 3, ..."""
    return "" if number == 1 else str(number)


def number_on(value: Value, kind: ScaleKind) -> float:
    """A value as a number on its axis: days since 1970 for dates."""
    return day_number(str(value)) if kind == "date" else float(value)


def axis_layout(title: str, kind: ScaleKind, scale: Scale, *, anchor: str) -> dict[str, Any]:
    """An axis of the house style with its range."""
    axis: dict[str, Any] = {
        "type": kind,
        "anchor": anchor,
        "title": {"text": title, "standoff": 8},
        "gridcolor": light("grid"),
        "linecolor": light("axis"),
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": light("axis"),
    }
    axis["range"] = _plotly_range(kind, scale)
    if kind == "log" and scale.high / scale.low > 30:
        axis |= {"exponentformat": "power", "dtick": 1}
    elif kind == "log" and anchor.startswith("y"):
        # within a decade or so Plotly would write a bare 2 for 0.2; on a y axis fixed ticks mean rows
        ticks = scale.ticks(6)
        axis |= {
            "tickmode": "array",
            "tickvals": [float(f"{tick.value:.8g}") for tick in ticks],
            "ticktext": [tick.text for tick in ticks],
        }
    elif kind == "log":
        axis |= {"exponentformat": "power", "dtick": "D2"}
    elif kind == "linear":
        axis["exponentformat"] = "power"
    return axis


def _plotly_range(kind: ScaleKind, scale: Scale) -> list[Any]:
    if kind == "log":
        return [round(math.log10(scale.low), 5), round(math.log10(scale.high), 5)]
    if kind == "date":
        return [iso_instant(scale.low), iso_instant(scale.high)]
    return [float(f"{scale.low:.8g}"), float(f"{scale.high:.8g}")]


def iso_instant(days: float) -> str:
    """A number of days since 1970 as an ISO instant (UTC) to the minute."""
    return datetime.fromtimestamp(days * 86400.0, tz=UTC).strftime("%Y-%m-%dT%H:%M")


def marker(role: str, symbol: str, size: int = 10) -> dict[str, Any]:
    """A mark in the colour of its role."""
    return {
        "symbol": symbol,
        "size": size,
        "color": light(role),
        "line": {"width": 1.6 if symbol.endswith("open") else 0, "color": light(role)},
    }


def limit_arrow(
    x: Value, y: float, axes: dict[str, str], kind: ScaleKind, role: str, step: tuple[int, int]
) -> dict[str, Any]:
    """An arrow that leaves a limit's bar by ``step`` pixels (right, up)."""
    place = round(math.log10(float(x)), 5) if kind == "log" else x
    return {
        "name": role,
        "x": place,
        "y": y,
        "xref": axes["x"],
        "yref": axes["y"],
        "text": "",
        "showarrow": True,
        "arrowhead": 2,
        "arrowsize": 0.9,
        "arrowwidth": 1.6,
        "arrowcolor": light(role),
        "xshift": step[0],
        "yshift": step[1],
        "ax": -step[0],
        "ay": step[1],
    }


def band_shape(band: Band, axes: dict[str, str]) -> dict[str, Any]:
    """A band as a rectangle behind the marks; shapes take data values even on logarithmic axes."""
    along, across = ("x", "y") if band.axis == "x" else ("y", "x")
    return {
        "type": "rect",
        "name": "context",
        "layer": "below",
        f"{along}ref": axes[along],
        f"{across}ref": f"{axes[across]} domain",
        f"{along}0": band.start,
        f"{along}1": band.end,
        f"{across}0": 0,
        f"{across}1": 1,
        "line": {"width": 0},
        "fillcolor": light("context"),
        "label": {"text": band.label, "textposition": "top left", "font": {"size": 11}},
    }


def trace_on(axes: dict[str, str], role: str, xs: list[Any], ys: list[Any], mode: str) -> dict[str, Any]:
    """A scatter trace of one role on one pair of axes."""
    return {
        "type": "scatter",
        "mode": mode,
        "x": xs,
        "y": ys,
        "xaxis": axes["x"],
        "yaxis": axes["y"],
        "meta": {"role": role},
        "showlegend": False,
        "cliponaxis": False,
    }


def set_errors(
    trace: dict[str, Any], axis: str, errors: list[tuple[float | None, float | None]], role: str
) -> None:
    """Give a trace its errors along ``axis``, if any point has one."""
    if all(plus is None for plus, _ in errors):
        return
    trace[axis] = {
        "type": "data",
        "symmetric": False,
        "array": [plus or 0.0 for plus, _ in errors],
        "arrayminus": [minus or 0.0 for _, minus in errors],
        "color": light(role),
        "thickness": 1.6,
        "width": 4,
    }


def with_unit(title: str, unit: str) -> str:
    """Return an axis title with its unit: ``Nucleus radius (km)``."""
    return f"{title}{NBSP}({unit})" if unit else title
