"""A figure on paper: the part of Plotly's schema that ``charts.figure`` writes, as compact SVG.

The server prints this picture, so a page has its chart before any script runs and without one.  It
is laid out for the width it is given and never scaled text: call it twice, for a wide and for a
narrow column, and let the stylesheet show the fitting one.

Colours are presentation attributes with the light palette and classes ``c-<role>`` that a
stylesheet may override, so the picture keeps its colours when it is saved as a file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

from charts.paper import Box, cut_to, marker_path, text_width, trimmed
from charts.scales import Scale, Tick, day_number
from charts.style import FONT, FONT_SIZE, SMALL_SIZE, light
from science.records import Drawing

WIDE = 720
NARROW = 360

_ROW_WIDE = 36
_ROW_NARROW = 46
_TICK_BLOCK = 20
_TITLE_BLOCK = 20
_PANEL_GAP = 18
_PLANE_WIDE = 300
_PLANE_NARROW = 250
_STROKE = 'stroke="currentColor" stroke-width="1.6"'
#: Drawing order, lowest first.
_BAND, _GRID, _AXIS, _LINE, _ERROR, _MARK, _TEXT = range(7)
_DASHES = {"dash": "6 4", "dot": "2 4", "solid": ""}


def draw(drawing: Drawing, width: int = WIDE) -> str:
    """Return a drawing as one SVG element for a column of ``width`` CSS pixels.

    Parameters
    ----------
    drawing : Drawing
        A chart's result; its figure must use only what ``charts.figure.compose`` writes.
    width : int
        Width of the view box in CSS pixels; below 480 row labels move above their lines.

    Returns
    -------
    str
        The element, with ``role="img"``, a label and a description.

    Raises
    ------
    ValueError
        If the figure has a trace that is not a scatter.
    """
    return _Paper(drawing, width).element()


@dataclass
class _Axis:
    """One axis of the figure with its scale in data values."""

    layout: dict[str, Any]
    scale: Scale

    def number(self, value: Any) -> float:
        return day_number(value) if self.scale.kind == "date" else float(value)

    def annotated(self, value: Any) -> float:
        """A place in an annotation, which Plotly gives as a logarithm on logarithmic axes."""
        return 10 ** float(value) if self.scale.kind == "log" else self.number(value)

    def ticks(self, count: int) -> list[Tick]:
        if "tickvals" in self.layout:
            pairs = zip(self.layout["tickvals"], self.layout["ticktext"], strict=True)
            return [Tick(float(value), str(text)) for value, text in pairs]
        return self.scale.ticks(count)


@dataclass
class _Words:
    """What stands beside one row: lines of its label, lines of its note, and whether it is claimed."""

    label: list[str]
    note: list[str]
    claimed: bool

    def width(self) -> float:
        bold = 1.06 if self.claimed else 1.0
        widths = [text_width(line, FONT_SIZE) * bold for line in self.label]
        return max(widths + [text_width(line, SMALL_SIZE) for line in self.note], default=0.0)


@dataclass
class _Panel:
    """The axes of one panel and the traces, shapes and annotations that belong to it."""

    x: _Axis
    y: _Axis
    rows: list[_Words]
    traces: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)


class _Paper:
    """One sheet: places panels from top to bottom and collects the marks."""

    def __init__(self, drawing: Drawing, width: int) -> None:
        self.drawing = drawing
        self.width = width
        self.narrow = width < 480
        self.layers: dict[tuple[int, str, str], list[str]] = {}
        self.taken: list[Box] = []
        self.panels = _panels(drawing.figure)

    # Output ---------------------------------------------------------------------------------

    def put(self, layer: int, role: str, element: str, attributes: str = 'fill="currentColor"') -> None:
        """Add an element; those of one layer, role and manner share a group."""
        self.layers.setdefault((layer, role, attributes), []).append(element)

    def groups(self) -> str:
        """All elements, the lowest layer first."""
        return "".join(
            f'<g class="c-{role}" color="{light(role)}" {attributes}>{"".join(elements)}</g>'
            for (_, role, attributes), elements in sorted(self.layers.items(), key=lambda entry: entry[0][0])
        )

    def text(
        self,
        role: str,
        x: float,
        y: float,
        text: str,
        *,
        anchor: str = "start",
        size: int = FONT_SIZE,
        bold: bool = False,
    ) -> None:
        attributes = 'fill="currentColor"'
        if anchor != "start":
            attributes += f' text-anchor="{anchor}"'
        if size != FONT_SIZE:
            attributes += f' font-size="{size}"'
        if bold:
            attributes += ' font-weight="600"'
        element = f'<text x="{trimmed(x)}" y="{trimmed(y)}">{escape(text, quote=False)}</text>'
        self.put(_TEXT, role, element, attributes)
        self.taken.append(Box.of_text(x, y, text, size, anchor))

    def line(
        self,
        layer: int,
        role: str,
        ends: tuple[float, float, float, float],
        width: float = 1,
        dash: str = "",
    ) -> None:
        x0, y0, x1, y1 = ends
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.put(
            layer,
            role,
            f'<path d="M{trimmed(x0)} {trimmed(y0)}L{trimmed(x1)} {trimmed(y1)}"/>',
            f'stroke="currentColor" stroke-width="{trimmed(width)}"{dashes}',
        )

    def element(self) -> str:
        y = self.legend(8.0)
        for index, panel in enumerate(self.panels):
            if index:
                y += _PANEL_GAP
            y = self.row_panel(panel, y) if panel.rows else self.plane_panel(panel, y)
        suffix = "narrow" if self.narrow else "wide"
        mark = f"chart-{self.drawing.name.replace('_', '-')}-{suffix}"
        height = trimmed(y + 4)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart-svg chart-svg-{suffix}" '
            f'viewBox="0 0 {self.width} {height}" role="img" aria-label="{escape(self.drawing.title)}" '
            f'aria-describedby="{mark}" font-family="{escape(FONT)}" font-size="{FONT_SIZE}" fill="none">'
            f'<desc id="{mark}">{escape(self.drawing.finding, quote=False)}</desc>{self.groups()}</svg>'
        )

    # Legend ---------------------------------------------------------------------------------

    def legend(self, y: float) -> float:
        entries = [
            trace
            for panel in self.panels
            for trace in panel.traces
            if trace.get("showlegend") and "name" in trace
        ]
        if not entries:
            return y
        x, y = 4.0, y + 10
        for trace in entries:
            needed = 16 + text_width(trace["name"], FONT_SIZE) + 18
            if x > 4 and x + needed > self.width:
                x, y = 4.0, y + 20
            role = trace["meta"]["role"]
            self.marker(role, x + 6, y - 4, trace["marker"]["symbol"])
            self.text("ink", x + 17, y, trace["name"])
            x += needed
        return y + 12

    # Rows -----------------------------------------------------------------------------------

    def row_panel(self, panel: _Panel, top: float) -> float:
        values = {int(note["y"]): str(note["text"]) for note in panel.notes if not note["showarrow"]}
        left, right = self.gutters()
        has_bands = any(shape.get("label", {}).get("text") for shape in panel.shapes)
        top += 16 if has_bands else 0
        edges = [top]
        for words in panel.rows:
            edges.append(edges[-1] + self.row_height(words))
        area = Box(left, top, right, edges[-1])
        self.bands(panel, area)
        self.value_axis(panel, area)
        middles = []
        for index, words in enumerate(panel.rows):
            label = self.narrow_words if self.narrow else self.wide_words
            middles.append(label(words, values.get(index, ""), edges[index], edges[index + 1], area))
        for trace in panel.traces:
            self.row_trace(panel, trace, area, middles)
        for note in panel.notes:
            if note["showarrow"]:
                x = self.across(panel.x, panel.x.annotated(note["x"]), area)
                self.arrow(note, x, middles[int(note["y"])])
        return self.axis_labels(panel, area)

    def gutters(self) -> tuple[float, float]:
        """Left and right edge of the plots, the same for all row panels of the sheet."""
        if self.narrow:
            return 8.0, self.width - 8.0
        rows = [words for panel in self.panels for words in panel.rows]
        texts = [str(note["text"]) for panel in self.panels for note in panel.notes if not note["showarrow"]]
        left = min(max(words.width() for words in rows) + 20, 0.43 * self.width)
        widest = max((text_width(text, FONT_SIZE) for text in texts), default=-12.0)
        return left, self.width - min(widest + 20, 0.3 * self.width)

    def row_height(self, words: _Words) -> float:
        if self.narrow:
            return _ROW_NARROW + 16 * (len(words.label) - 1)
        return max(_ROW_WIDE, 10 + 15 * (len(words.label) + len(words.note)))

    def wide_words(self, words: _Words, value: str, top: float, bottom: float, area: Box) -> float:
        """Label and note left of the plot, the value right of it; returns the line of the mark."""
        role = "asserted" if words.claimed else "ink"
        middle = (top + bottom) / 2
        lines = [(line, role, FONT_SIZE) for line in words.label]
        lines += [(line, "muted", SMALL_SIZE) for line in words.note]
        y = middle + 4.5 - 7.5 * (len(lines) - 1)
        for line, line_role, size in lines:
            bold = words.claimed and line_role == "asserted"
            self.text(line_role, 2, y, cut_to(line, area.left - 12, size), size=size, bold=bold)
            y += 15
        if value:
            self.text(role, self.width - 2, middle + 4.5, value, anchor="end", bold=words.claimed)
        return middle

    def narrow_words(self, words: _Words, value: str, top: float, bottom: float, area: Box) -> float:
        """Label and value above the mark, the note left to the table; returns the line of the mark."""
        role = "asserted" if words.claimed else "ink"
        y = top + 16
        room = self.width - 14 - (text_width(value, FONT_SIZE) if value else 0)
        for position, line in enumerate(words.label):
            shown = cut_to(line, room if position == 0 else self.width - 8, FONT_SIZE)
            self.text(role, 2, y, shown, bold=words.claimed)
            if value and position == 0:
                self.text(role, self.width - 2, y, value, anchor="end", bold=words.claimed)
            y += 16
        return bottom - 14

    def row_trace(self, panel: _Panel, trace: dict[str, Any], area: Box, middles: list[float]) -> None:
        role = trace["meta"]["role"]
        xs = [self.across(panel.x, panel.x.number(value), area) for value in trace["x"]]
        if trace["mode"] == "lines":
            line = trace["line"]
            if trace["y"][0] != trace["y"][1]:
                ends = (xs[0], area.top, xs[1], area.bottom)
                self.line(_LINE, role, ends, line["width"], _DASHES[line["dash"]])
                return
            y = middles[trace["y"][0]]
            start, end = min(xs), max(xs)
            if end - start < 5 and line["dash"] == "solid":
                start, end = (start + end) / 2 - 2.5, (start + end) / 2 + 2.5
            self.line(_LINE, role, (start, y, end, y), line["width"], _DASHES[line["dash"]])
            return
        errors = trace.get("error_x")
        for index, (x, row) in enumerate(zip(xs, trace["y"], strict=True)):
            y = middles[row]
            if errors and errors["array"][index] + errors["arrayminus"][index]:
                value = panel.x.number(trace["x"][index])
                low, high = value - errors["arrayminus"][index], value + errors["array"][index]
                self.error_bar(role, self.across(panel.x, low, area), y, self.across(panel.x, high, area), y)
            self.marker(role, x, y, trace["marker"]["symbol"])

    # Planes ---------------------------------------------------------------------------------

    def plane_panel(self, panel: _Panel, top: float) -> float:
        count = 5 if self.narrow else 6
        y_ticks = panel.y.ticks(count)
        self.text("muted", 4, top + 12, _title(panel.y), size=SMALL_SIZE)
        top += 24
        height = _PLANE_NARROW if self.narrow else _PLANE_WIDE
        left = 14 + max((text_width(tick.text, SMALL_SIZE) for tick in y_ticks), default=0)
        area = Box(left, top, self.width - 10, top + height)
        self.bands(panel, area)
        levels = [self.up(panel.y, tick.value, area) for tick in y_ticks]
        grid = "".join(f"M{trimmed(area.left)} {trimmed(y)}H{trimmed(area.right)}" for y in levels)
        self.put(_GRID, "grid", f'<path d="{grid}"/>', 'stroke="currentColor"')
        self.value_axis(panel, area)
        for tick in y_ticks:
            self.text(
                "muted",
                area.left - 8,
                self.up(panel.y, tick.value, area) + 4,
                tick.text,
                anchor="end",
                size=SMALL_SIZE,
            )
        for trace in panel.traces:
            if "markers" not in trace["mode"]:
                self.plane_line(panel, trace, area)
        for trace in panel.traces:
            if "markers" in trace["mode"]:
                self.plane_points(panel, trace, area)
        for note in panel.notes:
            if note["showarrow"]:
                x = self.across(panel.x, panel.x.annotated(note["x"]), area)
                self.arrow(note, x, self.up(panel.y, panel.y.annotated(note["y"]), area))
        for trace in panel.traces:
            self.plane_labels(panel, trace, area)
        return self.axis_labels(panel, area)

    def plane_line(self, panel: _Panel, trace: dict[str, Any], area: Box) -> None:
        ends = [
            (self.across(panel.x, panel.x.number(x), area), self.up(panel.y, panel.y.number(y), area))
            for x, y in zip(trace["x"], trace["y"], strict=True)
        ]
        line = trace["line"]
        for (x0, y0), (x1, y1) in zip(ends, ends[1:], strict=False):
            clipped = area.clip(x0, y0, x1, y1)
            if clipped:
                self.line(_LINE, trace["meta"]["role"], clipped, line["width"], _DASHES[line["dash"]])

    def plane_points(self, panel: _Panel, trace: dict[str, Any], area: Box) -> None:
        role, errors = trace["meta"]["role"], trace.get("error_y")
        for index, (value_x, value_y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
            x = self.across(panel.x, panel.x.number(value_x), area)
            y = self.up(panel.y, value_y, area)
            if errors:
                low = self.up(panel.y, value_y - errors["arrayminus"][index], area)
                high = self.up(panel.y, value_y + errors["array"][index], area)
                self.error_bar(role, x, low, x, high)
            self.marker(role, x, y, trace["marker"]["symbol"])
            self.taken.append(Box(x - 7, y - 7, x + 7, y + 7))

    def plane_labels(self, panel: _Panel, trace: dict[str, Any], area: Box) -> None:
        role = trace["meta"]["role"]
        for value_x, value_y, text in zip(trace["x"], trace["y"], trace.get("text", ()), strict=False):
            if not text:
                continue
            x = self.across(panel.x, panel.x.number(value_x), area)
            y = self.up(panel.y, panel.y.number(value_y), area)
            if "markers" in trace["mode"]:
                places = [
                    (x + 10, y + 4, "start"),
                    (x - 10, y + 4, "end"),
                    (x, y - 12, "middle"),
                    (x, y + 20, "middle"),
                ]
            else:
                at_start = trace["textposition"].endswith("right")
                x, y = min(max(x, area.left), area.right), min(max(y, area.top), area.bottom)
                side = (x + 4, "start") if at_start else (x - 4, "end")
                places = [(side[0], y + shift, side[1]) for shift in (-6, 16, -22, 32)]
            for place_x, place_y, anchor in places:
                box = Box.of_text(place_x, place_y, text, SMALL_SIZE, anchor)
                if area.grown(4).holds(box) and not any(box.meets(other) for other in self.taken):
                    self.text(role, place_x, place_y, text, anchor=anchor, size=SMALL_SIZE)
                    break

    # Shared ---------------------------------------------------------------------------------

    @staticmethod
    def across(axis: _Axis, value: float, area: Box) -> float:
        """Place along x, held inside the area."""
        return area.left + min(max(axis.scale.fraction(value), 0.0), 1.0) * (area.right - area.left)

    @staticmethod
    def up(axis: _Axis, value: float, area: Box) -> float:
        """Place along y, which grows upwards; not held inside, so that lines keep their slope."""
        fraction = axis.scale.fraction(value)
        return area.bottom - fraction * (area.bottom - area.top)

    def bands(self, panel: _Panel, area: Box) -> None:
        for shape in panel.shapes:
            if "domain" in str(shape["yref"]):
                x0, x1 = (self.across(panel.x, panel.x.number(shape[end]), area) for end in ("x0", "x1"))
                y0, y1 = area.top, area.bottom
            else:
                x0, x1 = area.left, area.right
                y1, y0 = (
                    min(max(self.up(panel.y, panel.y.number(shape[end]), area), area.top), area.bottom)
                    for end in ("y0", "y1")
                )
            self.put(
                _BAND,
                "context",
                f'<rect x="{trimmed(x0)}" y="{trimmed(y0)}" width="{trimmed(max(x1 - x0, 1.5))}" '
                f'height="{trimmed(max(y1 - y0, 1.5))}"/>',
            )
            label = shape.get("label", {}).get("text")
            if label and panel.rows:
                wide = text_width(label, SMALL_SIZE)
                self.text(
                    "muted", min(max(x0, 4), self.width - wide - 4), area.top - 5, label, size=SMALL_SIZE
                )
            elif label:
                place = (x0 + 4, y0 + 14)
                self.text("muted", *place, cut_to(label, area.right - x0 - 8, SMALL_SIZE), size=SMALL_SIZE)

    def value_axis(self, panel: _Panel, area: Box) -> None:
        xs = [self.across(panel.x, tick.value, area) for tick in panel.x.ticks(self.tick_count(area))]
        grid = "".join(f"M{trimmed(x)} {trimmed(area.top)}V{trimmed(area.bottom)}" for x in xs)
        self.put(_GRID, "grid", f'<path d="{grid}"/>', 'stroke="currentColor"')
        self.line(_AXIS, "axis", (area.left, area.bottom, area.right, area.bottom))

    def tick_count(self, area: Box) -> int:
        return max(3, int((area.right - area.left) / 72))

    def axis_labels(self, panel: _Panel, area: Box) -> float:
        """Tick texts and the title under an area; returns the bottom of it all."""
        y = area.bottom + 16
        below = False
        end = -1e9
        for tick in panel.x.ticks(self.tick_count(area)):
            x = self.across(panel.x, tick.value, area)
            half = text_width(tick.text, SMALL_SIZE) / 2
            x = min(max(x, half + 2), self.width - half - 2)
            if x - half < end + 6:
                continue
            end = x + half
            self.text("muted", x, y, tick.text, anchor="middle", size=SMALL_SIZE)
            if tick.below:
                wide = text_width(tick.below, SMALL_SIZE) / 2
                place = min(max(x, wide + 2), self.width - wide - 2)
                self.text("muted", place, y + 15, tick.below, anchor="middle", size=SMALL_SIZE)
                below = True
        y += 15 if below else 0
        title = _title(panel.x)
        if title:
            y += 18
            self.text(
                "muted", area.left, y, cut_to(title, self.width - area.left, SMALL_SIZE), size=SMALL_SIZE
            )
        return y + 6

    def error_bar(self, role: str, x0: float, y0: float, x1: float, y1: float) -> None:
        cap = (0, 4) if y0 == y1 else (4, 0)
        path = f"M{trimmed(x0)} {trimmed(y0)}L{trimmed(x1)} {trimmed(y1)}" + "".join(
            f"M{trimmed(x - cap[0])} {trimmed(y - cap[1])}L{trimmed(x + cap[0])} {trimmed(y + cap[1])}"
            for x, y in ((x0, y0), (x1, y1))
        )
        self.put(_ERROR, role, f'<path d="{path}"/>', _STROKE)

    def marker(self, role: str, x: float, y: float, symbol: str) -> None:
        path, filled = marker_path(symbol, x, y)
        if filled:
            self.put(_MARK, role, f'<path d="{path}"/>')
        elif symbol.startswith("line"):
            self.put(_MARK, role, f'<path d="{path}"/>', 'stroke="currentColor" stroke-width="2.2"')
        else:
            hole = f'<path class="c-hole" d="{path}"/>'
            self.put(_MARK, role, hole, f'fill="{light("paper")}" {_STROKE}')

    def arrow(self, note: dict[str, Any], x: float, y: float) -> None:
        """A limit's arrow: from the bar, ``xshift`` to the right and ``yshift`` upwards."""
        along, upwards = note["xshift"], -note["yshift"]
        tip_x, tip_y = x + along, y + upwards
        if along:
            tip_x = min(max(tip_x, 2.0), self.width - 2.0)
        sign_x, sign_y = (along > 0) - (along < 0), (upwards > 0) - (upwards < 0)
        back_x, back_y = tip_x - 6 * sign_x, tip_y - 6 * sign_y
        head = (
            f"M{trimmed(back_x - 4 * sign_y)} {trimmed(back_y - 4 * sign_x)}L{trimmed(tip_x)} {trimmed(tip_y)}"
            f"L{trimmed(back_x + 4 * sign_y)} {trimmed(back_y + 4 * sign_x)}"
        )
        path = f"M{trimmed(x)} {trimmed(y)}L{trimmed(tip_x)} {trimmed(tip_y)}{head}"
        self.put(_ERROR, note["name"], f'<path d="{path}"/>', f'fill="currentColor" {_STROKE}')


def _title(axis: _Axis) -> str:
    return str(axis.layout.get("title", {}).get("text", ""))


def _panels(figure: dict[str, Any]) -> list[_Panel]:
    layout = figure["layout"]
    panels: dict[str, _Panel] = {}
    number = 1
    while f"xaxis{'' if number == 1 else number}" in layout:
        suffix = "" if number == 1 else str(number)
        x, y = layout[f"xaxis{suffix}"], layout[f"yaxis{suffix}"]
        rows = [_row_words(text) for text in y["ticktext"]] if "ticktext" in y else []
        panels[f"x{suffix}"] = _Panel(_axis(x), _axis(y), rows)
        number += 1
    for trace in figure["data"]:
        if trace["type"] != "scatter":
            raise ValueError(f"svg: trace of type {trace['type']!r}, expected scatter")
        panels[trace["xaxis"]].traces.append(trace)
    by_y = {key.replace("x", "y"): panel for key, panel in panels.items()}
    for shape in layout.get("shapes", ()):
        panels[shape["xref"].removesuffix(" domain")].shapes.append(shape)
    for note in layout.get("annotations", ()):
        by_y[note["yref"]].notes.append(note)
    return list(panels.values())


def _axis(layout: dict[str, Any]) -> _Axis:
    low, high = layout["range"]
    kind = layout.get("type", "linear")
    if kind == "log":
        return _Axis(layout, Scale("log", 10**low, 10**high))
    if kind == "date":
        return _Axis(layout, Scale("date", day_number(low), day_number(high)))
    return _Axis(layout, Scale("linear", float(low), float(high)))


def _row_words(text: str) -> _Words:
    """Label and note lines of a row, from the text of its tick."""
    label, note = [], []
    claimed = False
    for line in text.split("<br>"):
        claimed = claimed or line.startswith("<b>")
        (note if line.startswith("<i>") else label).append(unescape(re.sub(r"</?[bi]>", "", line)))
    return _Words(label, note, claimed)
