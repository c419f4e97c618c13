"""The axes of a figure on paper: where a value lies, ticks, titles, bands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from charts.geometry import Box, cut_to, text_width, trimmed
from charts.scales import Scale, Tick, day_number
from charts.style import FONT_SIZE, SMALL_SIZE
from charts.svg_ink import AXIS, BAND, GRID, Ink

_NAME_LINE = 15
_TICK_PITCH = 72
_DATE_PITCH = 48


@dataclass
class Axis:
    """One axis of the figure with its scale in data values."""

    layout: dict[str, Any]
    scale: Scale

    @classmethod
    def of(cls, layout: dict[str, Any]) -> Axis:
        """Return the axis of a Plotly layout, whose range is in logarithms on logarithmic axes."""
        low, high = layout["range"]
        kind = layout.get("type", "linear")
        if kind == "log":
            return cls(layout, Scale("log", 10**low, 10**high))
        if kind == "date":
            return cls(layout, Scale("date", day_number(low), day_number(high)))
        return cls(layout, Scale("linear", float(low), float(high)))

    @property
    def title(self) -> str:
        """The title, empty if there is none."""
        return str(self.layout.get("title", {}).get("text", ""))

    def number(self, value: Any) -> float:
        """Return a value of a trace or shape as a number on the scale."""
        return day_number(value) if self.scale.kind == "date" else float(value)

    def annotated(self, value: Any) -> float:
        """Return a place of an annotation, which Plotly gives as a logarithm on logarithmic axes."""
        return 10 ** float(value) if self.scale.kind == "log" else self.number(value)

    def ticks(self, count: int) -> list[Tick]:
        """Return the ticks that the figure fixes, else about ``count`` round ones."""
        if "tickvals" in self.layout:
            pairs = zip(self.layout["tickvals"], self.layout["ticktext"], strict=True)
            return [Tick(float(value), str(text)) for value, text in pairs]
        return self.scale.ticks(count)

    def across(self, value: float, area: Box) -> float:
        """Return the place of a value along x, held inside the area."""
        return area.left + min(max(self.scale.fraction(value), 0.0), 1.0) * (area.right - area.left)

    def up(self, value: float, area: Box) -> float:
        """Return the place of a value along y, not held inside, so that lines keep their slope."""
        return area.bottom - self.scale.fraction(value) * (area.bottom - area.top)


@dataclass
class Words:
    """What stands beside one row: lines of its label, lines of its note, and whether it is claimed."""

    label: list[str]
    note: list[str]
    claimed: bool

    @classmethod
    def of(cls, text: str) -> Words:
        """Return the words of a row's tick text: bold is claimed, italic is the note."""
        words = cls([], [], False)
        for line in text.split("<br>"):
            words.claimed = words.claimed or line.startswith("<b>")
            lines = words.note if line.startswith("<i>") else words.label
            lines.append(unescape(re.sub(r"</?[bi]>", "", line)))
        return words

    def width(self) -> float:
        """Return the width of the widest line in CSS pixels."""
        bold = 1.06 if self.claimed else 1.0
        widths = [text_width(line, FONT_SIZE) * bold for line in self.label]
        return max(widths + [text_width(line, SMALL_SIZE) for line in self.note], default=0.0)


@dataclass
class Panel:
    """The axes of one panel and the traces, shapes and annotations that belong to it."""

    x: Axis
    y: Axis
    rows: list[Words]
    traces: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def row_texts(self) -> dict[int, str]:
        """The value texts of a row panel by row."""
        return {int(note["y"]): str(note["text"]) for note in self.notes if not note["showarrow"]}


def panels_of(figure: dict[str, Any]) -> list[Panel]:
    """Return the panels of a figure from top to bottom.

    Raises
    ------
    ValueError
        If a trace is not a scatter.
    """
    layout = figure["layout"]
    panels: dict[str, Panel] = {}
    suffix, number = "", 1
    while f"xaxis{suffix}" in layout:
        y = layout[f"yaxis{suffix}"]
        rows = [Words.of(text) for text in y.get("ticktext", ())]
        panels[f"x{suffix}"] = Panel(Axis.of(layout[f"xaxis{suffix}"]), Axis.of(y), rows)
        number += 1
        suffix = str(number)
    for trace in figure["data"]:
        if trace["type"] != "scatter":
            raise ValueError(f"svg: trace of type {trace['type']!r}, expected scatter")
        panels[trace["xaxis"]].traces.append(trace)
    for shape in layout.get("shapes", ()):
        panels[shape["xref"].removesuffix(" domain")].shapes.append(shape)
    for note in layout.get("annotations", ()):
        panels[note["yref"].replace("y", "x")].notes.append(note)
    return list(panels.values())


def band_names_height(panel: Panel, edges: tuple[float, float], width: float) -> float:
    """Return the height that the names of upright bands take above their panel."""
    lines = {line for _, _, line in _band_names(panel, edges, width)}
    return _NAME_LINE * len(lines) + (2 if lines else 0)


def _band_names(panel: Panel, edges: tuple[float, float], width: float) -> list[tuple[str, float, int]]:
    """Names of upright bands with their left end and the line they stand on, 0 being the lowest."""
    area = Box(edges[0], 0, edges[1], 0)
    ends: list[float] = []
    names = []
    for shape in panel.shapes:
        name = shape.get("label", {}).get("text")
        if not name or "domain" not in str(shape["yref"]):
            continue
        wide = text_width(name, SMALL_SIZE)
        left = min(max(panel.x.across(panel.x.number(shape["x0"]), area), 2), width - wide - 2)
        line = next((number for number, end in enumerate(ends) if left > end + 8), len(ends))
        ends[line:] = [left + wide, *ends[line + 1 :]]
        names.append((name, left, line))
    return names


def draw_bands(ink: Ink, panel: Panel, area: Box) -> None:
    """Draw the shaded stretches of a panel; names of upright ones stand above it, of level ones inside."""
    for shape in panel.shapes:
        if "domain" in str(shape["yref"]):
            x0, x1 = (panel.x.across(panel.x.number(shape[end]), area) for end in ("x0", "x1"))
            ink.box(BAND, "context", Box(x0, area.top, max(x1, x0 + 1.5), area.bottom))
            continue
        y1, y0 = (
            min(max(panel.y.up(panel.y.number(shape[end]), area), area.top), area.bottom)
            for end in ("y0", "y1")
        )
        ink.box(BAND, "context", Box(area.left, y0, area.right, max(y1, y0 + 1.5)))
        name = shape.get("label", {}).get("text")
        if name:
            shown = cut_to(name, area.right - area.left - 8, SMALL_SIZE)
            ink.text("muted", area.left + 4, y0 + 14, shown, size=SMALL_SIZE)
    for name, left, line in _band_names(panel, (area.left, area.right), ink.width):
        ink.text("muted", left, area.top - 5 - _NAME_LINE * line, name, size=SMALL_SIZE)


def draw_value_axis(ink: Ink, panel: Panel, area: Box) -> None:
    """Draw the vertical grid and the base line of a panel."""
    xs = [panel.x.across(tick.value, area) for tick in panel.x.ticks(_tick_count(panel, area))]
    top, bottom = trimmed(area.top), trimmed(area.bottom)
    ink.path(GRID, "grid", "".join(f"M{trimmed(x)} {top}V{bottom}" for x in xs))
    ink.line(AXIS, "axis", (area.left, area.bottom, area.right, area.bottom))


def draw_axis_labels(ink: Ink, panel: Panel, area: Box) -> float:
    """Write tick texts and the title under an area; returns the bottom of it all."""
    y = area.bottom + 16
    below = False
    end = below_end = -1e9
    for tick in panel.x.ticks(_tick_count(panel, area)):
        half = text_width(tick.text, SMALL_SIZE) / 2
        x = min(max(panel.x.across(tick.value, area), half + 2), ink.width - half - 2)
        if x - half >= end + 6:
            end = x + half
            ink.text("muted", x, y, tick.text, anchor="middle", size=SMALL_SIZE)
        if tick.below:
            half = text_width(tick.below, SMALL_SIZE) / 2
            x = min(max(x, half + 2), ink.width - half - 2)
            if x - half >= below_end + 6:
                below_end = x + half
                ink.text("muted", x, y + 15, tick.below, anchor="middle", size=SMALL_SIZE)
                below = True
    y += 15 if below else 0
    if panel.x.title:
        y += 18
        ink.text(
            "muted", area.left, y, cut_to(panel.x.title, ink.width - area.left, SMALL_SIZE), size=SMALL_SIZE
        )
    return y + 6


def _tick_count(panel: Panel, area: Box) -> int:
    pitch = _DATE_PITCH if panel.x.scale.kind == "date" else _TICK_PITCH
    return max(3, int((area.right - area.left) / pitch))
