"""A plane as Plotly traces: one quantity against another."""

from __future__ import annotations

import math

from charts.panels import Group, PlanePanel, Point
from charts.scales import Scale, ScaleKind, padded
from charts.style import light
from charts.traces import (
    ARROW_PX,
    Sheet,
    axis_layout,
    band_shape,
    limit_arrow,
    marker,
    number_on,
    set_errors,
    suffix_of,
    trace_on,
)


def add_plane(sheet: Sheet, panel: PlanePanel, number: int, domain: list[float]) -> None:
    """Add a plane to a sheet, as its axes number ``number``."""
    suffix = suffix_of(number)
    axes = {"x": f"x{suffix}", "y": f"y{suffix}"}
    x_scale, y_scale = plane_scales(panel)
    sheet.axes[f"xaxis{suffix}"] = axis_layout(panel.x_title, panel.x_kind, x_scale, anchor=axes["y"]) | {
        "domain": [0, 1]
    }
    sheet.axes[f"yaxis{suffix}"] = axis_layout(panel.y_title, panel.y_kind, y_scale, anchor=axes["x"]) | {
        "domain": domain,
        "automargin": True,
    }
    if panel.same_scale:
        sheet.axes[f"yaxis{suffix}"] |= {"scaleanchor": axes["x"], "constrain": "domain"}
        sheet.axes[f"xaxis{suffix}"] |= {"constrain": "domain"}
    sheet.shapes += [band_shape(band, axes) for band in panel.bands]
    for line in panel.lines:
        trace = trace_on(axes, line.role, list(line.xs), list(line.ys), "lines")
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


def _plane_group(sheet: Sheet, panel: PlanePanel, group: Group, axes: dict[str, str]) -> None:
    by_symbol: dict[str, list[Point]] = {}
    for point in group.points:
        symbol = "line-ew" if point.limit != "value" else point.symbol
        by_symbol.setdefault(f"{symbol}-open" if point.hollow or symbol == "line-ew" else symbol, []).append(
            point
        )
        if point.limit != "value":
            arrow = limit_arrow(
                point.x,
                round(math.log10(point.y), 5) if panel.y_kind == "log" else point.y,
                axes,
                panel.x_kind,
                group.role,
                (0, -ARROW_PX if point.limit == "upper" else ARROW_PX),
            )
            sheet.annotations.append(arrow)
    # the legend shows the first trace of a group: a mark rather than a limit's bar
    ordered = sorted(by_symbol.items(), key=lambda entry: entry[0].startswith("line"))
    for position, (symbol, points) in enumerate(ordered):
        labelled = any(point.label for point in points)
        trace = trace_on(
            axes,
            group.role,
            [point.x for point in points],
            [point.y for point in points],
            "markers+text" if labelled and group.labels != "print" else "markers",
        )
        trace["marker"] = marker(group.role, symbol, 14 if symbol == "line-ew-open" else 10)
        set_errors(trace, "error_y", [(point.plus, point.minus) for point in points], group.role)
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
                "textposition": "middle right" if group.labels == "print" else group.labels,
                "textfont": {"color": light(group.role), "size": 12},
            }
        sheet.traces.append(trace)


def plane_scales(panel: PlanePanel) -> tuple[Scale, Scale]:
    """Return the scales of a plane that hold all its points, errors and level bands."""
    points = [point for group in panel.groups for point in group.points]
    xs = [number_on(point.x, panel.x_kind) for point in points]
    ys = [point.y for point in points]
    for point in points:
        if point.plus is not None and point.minus is not None:
            ys += [point.y + point.plus, point.y - point.minus]
    for band in panel.bands:
        target = xs if band.axis == "x" else ys
        kind = panel.x_kind if band.axis == "x" else panel.y_kind
        target += [number_on(band.start, kind), number_on(band.end, kind)]
    for line in panel.lines:
        if line.role == "asserted":
            ys += line.ys
    if panel.y_kind == "log":
        ys = [value for value in ys if value > 0]
    lower = any(point.limit == "upper" for point in points)
    upper = any(point.limit == "lower" for point in points)
    x_scale = (
        _with_margin(panel.x_kind, panel.x_range)
        if panel.x_range
        else padded(panel.x_kind, xs, left=0.08, right=0.08)
    )
    y_scale = (
        _with_margin(panel.y_kind, panel.y_range)
        if panel.y_range
        else padded(panel.y_kind, ys, left=0.16 if lower else 0.08, right=0.16 if upper else 0.1)
    )
    return x_scale, y_scale


def _with_margin(kind: ScaleKind, ends: tuple[float, float]) -> Scale:
    """A scale a hair wider than its ends: what lies on an end, such as a line's name, is still inside."""
    low, high = ends
    if kind == "log":
        hair = (high / low) ** 0.004
        return Scale(kind, low / hair, high * hair)
    hair = (high - low) * 0.004
    return Scale(kind, low - hair, high + hair)
