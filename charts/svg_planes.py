"""A plane on paper: points with errors and limits, lines with their names."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from charts.geometry import Box, text_width, trimmed
from charts.style import FONT_SIZE, SMALL_SIZE
from charts.svg_axes import (
    Panel,
    band_names_height,
    draw_axis_labels,
    draw_bands,
    draw_value_axis,
)
from charts.svg_ink import COVER, DASHES, GRID, LINE, Ink

_WIDE_HEIGHT = 300
_NARROW_HEIGHT = 250


def draw_plane(ink: Ink, panel: Panel, top: float, *, narrow: bool) -> float:
    """Draw a plane from ``top``, with its own legend; returns its bottom."""
    y_ticks = panel.y.ticks(5 if narrow else 6)
    ink.text("muted", 2, top + 12, panel.y.title, size=SMALL_SIZE)
    top = draw_legend(ink, panel, top + 16) + 8
    left = 12 + max((text_width(tick.text, SMALL_SIZE) for tick in y_ticks), default=0)
    edges = (left, ink.width - 10)
    top += band_names_height(panel, edges, ink.width)
    area = Box(left, top, edges[1], top + _height(panel, edges[1] - left, narrow=narrow))
    draw_bands(ink, panel, area)
    levels = [panel.y.up(tick.value, area) for tick in y_ticks]
    ends = f"{trimmed(area.left)} {{}}H{trimmed(area.right)}"
    ink.path(GRID, "grid", "".join("M" + ends.format(trimmed(y)) for y in levels))
    draw_value_axis(ink, panel, area)
    for tick, y in zip(y_ticks, levels, strict=True):
        ink.text("muted", area.left - 8, y + 4, tick.text, anchor="end", size=SMALL_SIZE)
    for trace in panel.traces:
        if "markers" in trace["mode"]:
            _draw_points(ink, panel, trace, area)
        else:
            _draw_line(ink, panel, trace, area)
    for note in panel.notes:
        if note["showarrow"]:
            x = panel.x.across(panel.x.annotated(note["x"]), area)
            y = panel.y.up(panel.y.annotated(note["y"]), area)
            ink.arrow(note["name"], x, y, note["xshift"], note["yshift"])
    for trace in panel.traces:
        _write_labels(ink, panel, trace, area)
    return draw_axis_labels(ink, panel, area)


def _height(panel: Panel, width: float, *, narrow: bool) -> float:
    if "scaleanchor" in panel.y.layout:  # a map: one unit is as long across as it is up
        across, up = (abs(axis.scale.high - axis.scale.low) for axis in (panel.x, panel.y))
        return width * up / across
    return _NARROW_HEIGHT if narrow else _WIDE_HEIGHT


def draw_legend(ink: Ink, panel: Panel, top: float) -> float:
    """Draw the marks of a plane with their names, wrapped to the width; returns the bottom."""
    entries = [trace for trace in panel.traces if trace.get("showlegend")]
    if not entries:
        return top
    x, y = 2.0, top + 16
    for trace in entries:
        needed = 16 + text_width(trace["name"], FONT_SIZE) + 16
        if x > 2 and x + needed > ink.width:
            x, y = 2.0, y + 20
        ink.marker(trace["meta"]["role"], x + 6, y - 4.5, trace["marker"]["symbol"])
        ink.text("ink", x + 17, y, trace["name"])
        x += needed
    return y + 6


def _draw_line(ink: Ink, panel: Panel, trace: dict[str, Any], area: Box) -> None:
    ends = [
        (panel.x.scale.fraction(panel.x.number(x)), panel.y.up(panel.y.number(y), area))
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    places = [(area.left + fraction * (area.right - area.left), y) for fraction, y in ends]
    line = trace["line"]
    for (x0, y0), (x1, y1) in pairwise(places):
        clipped = area.clip(x0, y0, x1, y1)
        if clipped:
            ink.line(LINE, trace["meta"]["role"], clipped, width=line["width"], dash=DASHES[line["dash"]])


def _draw_points(ink: Ink, panel: Panel, trace: dict[str, Any], area: Box) -> None:
    role, errors = trace["meta"]["role"], trace.get("error_y")
    for index, (value_x, value_y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        x = panel.x.across(panel.x.number(value_x), area)
        y = panel.y.up(value_y, area)
        if errors and errors["array"][index] + errors["arrayminus"][index]:
            low = min(panel.y.up(value_y - errors["arrayminus"][index], area), area.bottom)
            ink.error_bar(role, x, low, x, panel.y.up(value_y + errors["array"][index], area))
        ink.marker(role, x, y, trace["marker"]["symbol"])
        ink.taken.append(Box(x - 7, y - 7, x + 7, y + 7))


def _write_labels(ink: Ink, panel: Panel, trace: dict[str, Any], area: Box) -> None:
    """Write each label where it meets nothing; one that finds no room is left to the table."""
    role = trace["meta"]["role"]
    for value_x, value_y, text in zip(trace["x"], trace["y"], trace.get("text", ()), strict=False):
        if not text:
            continue
        x = panel.x.across(panel.x.number(value_x), area)
        y = panel.y.up(panel.y.number(value_y), area)
        if "markers" in trace["mode"]:
            shift = -5 if trace["textposition"] == "top right" else 4
            places = [
                (x + 10, y + shift, "start"),
                (x - 10, y + shift, "end"),
                (x, y - 12, "middle"),
                (x, y + 20, "middle"),
            ]
        else:
            y = min(max(y, area.top), area.bottom)
            side_x, anchor = (x + 4, "start") if trace["textposition"].endswith("right") else (x - 4, "end")
            places = [(side_x, y + shift, anchor) for shift in (-6, 16, -22, 32)]
        for place_x, place_y, anchor in places:
            box = Box.of_text(place_x, place_y, text, SMALL_SIZE, anchor)
            if area.grown(4).holds(box) and not any(box.meets(other) for other in ink.taken):
                ink.text(role, place_x, place_y, text, anchor=anchor, size=SMALL_SIZE)
                # a little narrower than the estimate, which is generous for most faces
                spare = 0.05 * (box.right - box.left)
                left = box.left + (spare if anchor == "end" else 0)
                ink.box(
                    COVER,
                    "paper",
                    Box(left, box.top, box.right - (spare if anchor == "start" else 0), box.bottom),
                )
                break
