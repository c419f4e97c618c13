"""From panels of marks to one Plotly figure: plain dictionaries and lists, ready for JSON.

Two kinds of panel are enough for most questions: rows (one labelled line per fact, all on one value
axis) and planes (one quantity against another).  Panels are stacked and never share an axis, so
that no axis carries two units.

Only a small part of Plotly's schema is used, because ``charts.svg`` draws the same figure on paper:
scatter traces, x and y errors, rectangles, annotations.  Every trace says its role in ``meta``;
annotations and shapes say it in ``name``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from textwrap import wrap
from typing import Any, Literal

from charts.labels import shortened
from charts.numbers import NBSP
from charts.scales import Scale, ScaleKind, day_number, padded
from charts.style import FONT, FONT_SIZE, SYMBOLS, light
from science.records import Limit

ROW_PX = 38
_EXTRA_LINE_PX = 14
_LABEL_CHARACTERS = 36
_NOTE_CHARACTERS = 40
PLANE_PX = 300
AXIS_PX = 62
ARROW_PX = 26
_CHARACTER_PX = 6.6

Value = float | str


@dataclass(frozen=True, slots=True)
class Mark:
    """One value: where it lies, how sure it is, and what it is called when pointed at.

    ``off_scale`` marks a value (such as a claimed zero) that a logarithmic axis cannot hold; it is
    drawn at the edge with an arrow.
    """

    value: Value
    role: str
    plus: float | None = None
    minus: float | None = None
    limit: Limit = "value"
    hover: str = ""
    symbol: str | None = None
    off_scale: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of the value axis: an observing run, an instrument's range, an expected release."""

    start: Value
    end: Value
    role: str
    hover: str = ""
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled line of a row panel."""

    label: str
    note: str
    text: str
    marks: tuple[Mark | Interval, ...]
    claimed: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """A dashed line through all rows at one value."""

    value: Value
    role: str


@dataclass(frozen=True, slots=True)
class Band:
    """A shaded stretch of an axis with its name."""

    start: Value
    end: Value
    label: str
    axis: Literal["x", "y"] = "x"


@dataclass(frozen=True, slots=True)
class RowPanel:
    """Labelled lines on one value axis."""

    title: str
    kind: ScaleKind
    rows: tuple[Row, ...]
    guides: tuple[Guide, ...] = ()
    bands: tuple[Band, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A value ``y`` at ``x``, with its error or limit along y."""

    x: Value
    y: float
    plus: float | None = None
    minus: float | None = None
    limit: Limit = "value"
    hover: str = ""
    hollow: bool = False
    symbol: str = "circle"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Points of one kind: one colour, one name."""

    name: str
    role: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line on a plane, named at its end."""

    xs: tuple[Value, ...]
    ys: tuple[float, ...]
    role: str
    label: str = ""
    dash: str = "solid"
    width: float = 1.5
    label_at: Literal["start", "end"] = "end"


@dataclass(frozen=True, slots=True)
class PlanePanel:
    """One quantity against another."""

    x_title: str
    y_title: str
    x_kind: ScaleKind
    y_kind: ScaleKind
    groups: tuple[Group, ...]
    lines: tuple[Line, ...] = ()
    bands: tuple[Band, ...] = ()
    x_range: tuple[float, float] | None = None
    y_range: tuple[float, float] | None = None
    legend: bool = True


@dataclass
class _Sheet:
    """What is gathered while panels are laid out one below the other."""

    traces: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)
    axes: dict[str, dict[str, Any]] = field(default_factory=dict)


def compose(panels: Sequence[RowPanel | PlanePanel]) -> dict[str, Any]:
    """Return the Plotly figure of panels stacked from top to bottom.

    Raises
    ------
    ValueError
        If there is no panel, or a panel has nothing to place on its axis.
    """
    if not panels:
        raise ValueError("figure: expected at least one panel")
    heights = [_height(panel) for panel in panels]
    total = sum(heights)
    sheet = _Sheet()
    top = 0
    right = 24.0
    legend = any(isinstance(panel, PlanePanel) and panel.legend for panel in panels)
    for number, (panel, height) in enumerate(zip(panels, heights, strict=True), start=1):
        domain = [round(1 - (top + height - AXIS_PX) / total, 5), round(1 - top / total, 5)]
        if isinstance(panel, RowPanel):
            _row_panel(sheet, panel, number, domain)
            right = max(right, 16 + _CHARACTER_PX * max(len(row.text) for row in panel.rows))
        else:
            _plane_panel(sheet, panel, number, domain)
        top += height
    layout: dict[str, Any] = {
        "template": "none",
        "height": total + (56 if legend else 20),
        "margin": {"l": 12, "r": round(right), "t": 48 if legend else 12, "b": 8},
        "font": {"family": FONT, "size": FONT_SIZE, "color": light("ink")},
        "paper_bgcolor": light("paper"),
        "plot_bgcolor": light("paper"),
        "hovermode": "closest",
        "showlegend": legend,
        **sheet.axes,
    }
    if legend:
        layout["legend"] = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "xanchor": "left"}
    if sheet.shapes:
        layout["shapes"] = sheet.shapes
    if sheet.annotations:
        layout["annotations"] = sheet.annotations
    return {"data": sheet.traces, "layout": layout}


def _height(panel: RowPanel | PlanePanel) -> int:
    if isinstance(panel, PlanePanel):
        return AXIS_PX + PLANE_PX
    return AXIS_PX + len(panel.rows) * max(_row_px(row) for row in panel.rows)


def _suffix(number: int) -> str:
    return "" if number == 1 else str(number)


def _number(value: Value, kind: ScaleKind) -> float:
    return day_number(value) if kind == "date" else float(value)


def _axis(title: str, kind: ScaleKind, scale: Scale, *, anchor: str) -> dict[str, Any]:
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
    if kind == "log":
        axis |= {"exponentformat": "power", "dtick": 1 if scale.high / scale.low > 30 else "D2"}
    elif kind == "linear":
        axis["exponentformat"] = "power"
    return axis


def _plotly_range(kind: ScaleKind, scale: Scale) -> list[Any]:
    if kind == "log":
        return [round(math.log10(scale.low), 5), round(math.log10(scale.high), 5)]
    if kind == "date":
        return [_iso(scale.low), _iso(scale.high)]
    return [float(f"{scale.low:.8g}"), float(f"{scale.high:.8g}")]


def _iso(days: float) -> str:
    return datetime.fromtimestamp(days * 86400.0, tz=UTC).strftime("%Y-%m-%dT%H:%M")


def _marker(role: str, symbol: str, size: int = 10) -> dict[str, Any]:
    return {
        "symbol": symbol,
        "size": size,
        "color": light(role),
        "line": {"width": 1.6 if symbol.endswith("open") else 0, "color": light(role)},
    }


def _limit_arrow(
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


# Rows -------------------------------------------------------------------------------------------


def _row_panel(sheet: _Sheet, panel: RowPanel, number: int, domain: list[float]) -> None:
    suffix = _suffix(number)
    axes = {"x": f"x{suffix}", "y": f"y{suffix}"}
    scale = _row_scale(panel)
    sheet.axes[f"xaxis{suffix}"] = _axis(panel.title, panel.kind, scale, anchor=axes["y"]) | {
        "domain": [0, 1]
    }
    if panel.ticks:
        kept = [(value, text) for value, text in panel.ticks if 0 <= scale.fraction(value) <= 1]
        sheet.axes[f"xaxis{suffix}"] |= {
            "tickmode": "array",
            "tickvals": [value for value, _ in kept],
            "ticktext": [text for _, text in kept],
        }
        sheet.axes[f"xaxis{suffix}"].pop("dtick", None)
    count = len(panel.rows)
    sheet.axes[f"yaxis{suffix}"] = {
        "anchor": axes["x"],
        "domain": domain,
        "range": [count - 0.5, -0.5],
        "tickmode": "array",
        "tickvals": list(range(count)),
        "ticktext": [_row_tick(row) for row in panel.rows],
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
    for band in panel.bands:
        sheet.shapes.append(
            {
                "type": "rect",
                "name": "context",
                "layer": "below",
                "xref": axes["x"],
                "yref": f"{axes['y']} domain",
                "x0": band.start,
                "x1": band.end,
                "y0": 0,
                "y1": 1,
                "line": {"width": 0},
                "fillcolor": light("context"),
                "label": {"text": band.label, "textposition": "top left", "font": {"size": 11}},
            }
        )
    for guide in panel.guides:
        sheet.traces.append(
            _trace(axes, guide.role, [guide.value, guide.value], [-0.5, count - 0.5], "lines")
            | {"line": {"color": light(guide.role), "width": 1.5, "dash": "dash"}, "hoverinfo": "skip"}
        )
    _row_marks(sheet, panel, axes, scale)
    for index, row in enumerate(panel.rows):
        if row.text:
            sheet.annotations.append(
                {
                    "name": "asserted" if row.claimed else "ink",
                    "text": row.text,
                    "x": 1,
                    "xref": "paper",
                    "xanchor": "left",
                    "xshift": 10,
                    "y": index,
                    "yref": axes["y"],
                    "showarrow": False,
                }
            )


def _row_tick(row: Row) -> str:
    labels = [f"<b>{line}</b>" if row.claimed else line for line in _wrapped(row.label, _LABEL_CHARACTERS)]
    return "<br>".join([*labels, *(f"<i>{line}</i>" for line in _wrapped(row.note, _NOTE_CHARACTERS))])


def _wrapped(text: str, characters: int) -> list[str]:
    """A label in at most two lines; what does not fit is cut and marked."""
    lines = wrap(text, characters, break_long_words=False, break_on_hyphens=False)
    if len(lines) <= 2:
        return lines
    return [lines[0], shortened(" ".join(lines[1:]), characters)]


def _row_px(row: Row) -> int:
    return ROW_PX + _EXTRA_LINE_PX * max(0, _row_tick(row).count("<br>") - 1)


def _row_scale(panel: RowPanel) -> Scale:
    values: list[float] = []
    arrows = {"left": False, "right": False}
    for row in panel.rows:
        for mark in row.marks:
            if isinstance(mark, Interval):
                values += [_number(mark.start, panel.kind), _number(mark.end, panel.kind)]
            elif not mark.off_scale:
                centre = _number(mark.value, panel.kind)
                values.append(centre)
                if mark.plus is not None and mark.minus is not None:
                    values += [centre + mark.plus, centre - mark.minus]
                arrows["left"] |= mark.limit == "upper"
                arrows["right"] |= mark.limit == "lower"
            else:
                arrows["left"] |= mark.limit == "value"
    for band in panel.bands:
        values += [_number(band.start, panel.kind), _number(band.end, panel.kind)]
    if panel.kind == "log":
        values = [value for value in values if value > 0]
    return padded(
        panel.kind, values, left=0.14 if arrows["left"] else 0.05, right=0.14 if arrows["right"] else 0.05
    )


def _row_marks(sheet: _Sheet, panel: RowPanel, axes: dict[str, str], scale: Scale) -> None:
    gathered: dict[tuple[str, str], list[tuple[Mark, int]]] = {}
    for index, row in enumerate(panel.rows):
        for mark in row.marks:
            if isinstance(mark, Interval):
                trace = _trace(axes, mark.role, [mark.start, mark.end], [index, index], "lines")
                trace["line"] = {
                    "color": light(mark.role),
                    "width": 2 if mark.dashed else 9,
                    "dash": "dot" if mark.dashed else "solid",
                }
                trace |= {"hovertext": [mark.hover, mark.hover], "hoverinfo": "text"}
                sheet.traces.append(trace)
                continue
            symbol = mark.symbol or SYMBOLS.get(mark.role, "circle")
            if mark.limit != "value" and not row.claimed:
                symbol = "line-ns-open"
            gathered.setdefault((mark.role, symbol), []).append((mark, index))
            if mark.limit != "value" or mark.off_scale:
                place = scale.low if mark.off_scale else mark.value
                left = mark.limit == "upper" or (mark.off_scale and mark.limit == "value")
                sheet.annotations.append(
                    _limit_arrow(
                        place, index, axes, panel.kind, mark.role, (-ARROW_PX if left else ARROW_PX, 0)
                    )
                )
    for (role, symbol), marks in gathered.items():
        trace = _trace(
            axes,
            role,
            [scale.low if mark.off_scale else mark.value for mark, _ in marks],
            [index for _, index in marks],
            "markers",
        )
        trace["marker"] = _marker(role, symbol, 14 if symbol == "line-ns-open" else 11)
        _errors(trace, "error_x", [(mark.plus, mark.minus) for mark, _ in marks], role)
        trace |= {"hovertext": [mark.hover for mark, _ in marks], "hoverinfo": "text"}
        sheet.traces.append(trace)


# Planes -----------------------------------------------------------------------------------------


def _plane_panel(sheet: _Sheet, panel: PlanePanel, number: int, domain: list[float]) -> None:
    suffix = _suffix(number)
    axes = {"x": f"x{suffix}", "y": f"y{suffix}"}
    x_scale, y_scale = plane_scales(panel)
    sheet.axes[f"xaxis{suffix}"] = _axis(panel.x_title, panel.x_kind, x_scale, anchor=axes["y"]) | {
        "domain": [0, 1]
    }
    sheet.axes[f"yaxis{suffix}"] = _axis(panel.y_title, panel.y_kind, y_scale, anchor=axes["x"]) | {
        "domain": domain,
        "automargin": True,
    }
    for band in panel.bands:
        along, across = ("x", "y") if band.axis == "x" else ("y", "x")
        sheet.shapes.append(
            {
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
        )
    for line in panel.lines:
        trace = _trace(axes, line.role, list(line.xs), list(line.ys), "lines")
        trace |= {
            "line": {"color": light(line.role), "width": line.width, "dash": line.dash},
            "hoverinfo": "skip",
        }
        if line.label:
            at = 0 if line.label_at == "start" else -1
            texts = [""] * len(line.xs)
            texts[at] = line.label
            trace |= {
                "mode": "lines+text",
                "text": texts,
                "textposition": "top right" if at == 0 else "top left",
                "textfont": {"color": light(line.role), "size": 12},
            }
        sheet.traces.append(trace)
    for group in panel.groups:
        _plane_group(sheet, panel, group, axes)


def _plane_group(sheet: _Sheet, panel: PlanePanel, group: Group, axes: dict[str, str]) -> None:
    by_symbol: dict[str, list[Point]] = {}
    for point in group.points:
        symbol = "line-ew" if point.limit != "value" else point.symbol
        by_symbol.setdefault(f"{symbol}-open" if point.hollow or symbol == "line-ew" else symbol, []).append(
            point
        )
        if point.limit != "value":
            arrow = _limit_arrow(
                point.x,
                round(math.log10(point.y), 5) if panel.y_kind == "log" else point.y,
                axes,
                panel.x_kind,
                group.role,
                (0, -ARROW_PX if point.limit == "upper" else ARROW_PX),
            )
            sheet.annotations.append(arrow)
    for position, (symbol, points) in enumerate(by_symbol.items()):
        labelled = any(point.label for point in points)
        trace = _trace(
            axes,
            group.role,
            [point.x for point in points],
            [point.y for point in points],
            "markers+text" if labelled else "markers",
        )
        trace["marker"] = _marker(group.role, symbol, 14 if symbol == "line-ew-open" else 10)
        _errors(trace, "error_y", [(point.plus, point.minus) for point in points], group.role)
        trace |= {
            "hovertext": [point.hover for point in points],
            "hoverinfo": "text",
            "name": group.name,
            "legendgroup": group.name,
        }
        if panel.legend and position == 0:
            trace["showlegend"] = True
        if labelled:
            trace |= {
                "text": [point.label for point in points],
                "textposition": "middle right",
                "textfont": {"color": light(group.role), "size": 12},
            }
        sheet.traces.append(trace)


def plane_scales(panel: PlanePanel) -> tuple[Scale, Scale]:
    """Return the scales of a plane that hold all its points, errors and level bands."""
    points = [point for group in panel.groups for point in group.points]
    xs = [_number(point.x, panel.x_kind) for point in points]
    ys = [point.y for point in points]
    for point in points:
        if point.plus is not None and point.minus is not None:
            ys += [point.y + point.plus, point.y - point.minus]
    for band in panel.bands:
        target = xs if band.axis == "x" else ys
        kind = panel.x_kind if band.axis == "x" else panel.y_kind
        target += [_number(band.start, kind), _number(band.end, kind)]
    if panel.y_kind == "log":
        ys = [value for value in ys if value > 0]
    lower = any(point.limit == "upper" for point in points)
    upper = any(point.limit == "lower" for point in points)
    x_scale = (
        Scale(panel.x_kind, *panel.x_range)
        if panel.x_range
        else padded(panel.x_kind, xs, left=0.08, right=0.08)
    )
    y_scale = (
        Scale(panel.y_kind, *panel.y_range)
        if panel.y_range
        else padded(panel.y_kind, ys, left=0.16 if lower else 0.08, right=0.16 if upper else 0.1)
    )
    return x_scale, y_scale


# Traces -----------------------------------------------------------------------------------------


def _trace(axes: dict[str, str], role: str, xs: list[Any], ys: list[Any], mode: str) -> dict[str, Any]:
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


def _errors(
    trace: dict[str, Any], axis: str, errors: list[tuple[float | None, float | None]], role: str
) -> None:
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
