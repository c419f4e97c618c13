"""A panel of rows on paper: labels beside or above the line, values in a column of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from charts.geometry import Box, cut_to, text_width
from charts.style import FONT_SIZE, SMALL_SIZE
from charts.svg_axes import (
    Panel,
    Words,
    band_names_height,
    draw_axis_labels,
    draw_bands,
    draw_value_axis,
)
from charts.svg_ink import COVER, DASHES, LINE, Ink

_WIDE_ROW = 36
_NARROW_ROW = 46
_LINE_PITCH = 15


def gutters(panels: Sequence[Panel], width: float, *, narrow: bool) -> tuple[float, float]:
    """Return the left and right edge of the plots, the same for all row panels of a sheet."""
    rows = [words for panel in panels for words in panel.rows]
    if narrow or not rows:
        return 8.0, width - 8.0
    left = min(max(words.width() for words in rows) + 20, 0.43 * width)
    texts = [text_width(text, FONT_SIZE) for panel in panels for text in panel.row_texts.values()]
    return left, width - (min(max(texts) + 20, 0.3 * width) if texts else 8)


def draw_rows(ink: Ink, panel: Panel, top: float, edges: tuple[float, float], *, narrow: bool) -> float:
    """Draw a panel of rows from ``top`` between the two edges; returns its bottom."""
    top += band_names_height(panel, edges, ink.width)
    tops = [top]
    for words in panel.rows:
        tops.append(tops[-1] + _row_height(words, narrow=narrow))
    area = Box(edges[0], top, edges[1], tops[-1])
    draw_bands(ink, panel, area)
    draw_value_axis(ink, panel, area)
    values = panel.row_texts
    write = _words_above if narrow else _words_beside
    middles = [
        write(ink, words, values.get(index, ""), tops[index], tops[index + 1], area)
        for index, words in enumerate(panel.rows)
    ]
    for trace in panel.traces:
        _draw_trace(ink, panel, trace, area, middles)
    for note in panel.notes:
        if note["showarrow"]:
            x = panel.x.across(panel.x.annotated(note["x"]), area)
            ink.arrow(note["name"], x, middles[int(note["y"])], note["xshift"], note["yshift"])
    return draw_axis_labels(ink, panel, area)


def _row_height(words: Words, *, narrow: bool) -> float:
    if narrow:
        return _NARROW_ROW + 16 * (len(words.label) - 1)
    return max(_WIDE_ROW, 10 + _LINE_PITCH * (len(words.label) + len(words.note)))


def _words_beside(ink: Ink, words: Words, value: str, top: float, bottom: float, area: Box) -> float:
    """Label and note left of the plot, the value right of it; returns the line of the mark."""
    role = "asserted" if words.claimed else "ink"
    middle = (top + bottom) / 2
    lines = [(line, role, FONT_SIZE) for line in words.label]
    lines += [(line, "muted", SMALL_SIZE) for line in words.note]
    y = middle + 4.5 - _LINE_PITCH / 2 * (len(lines) - 1)
    for line, line_role, size in lines:
        bold = line_role == "asserted"
        ink.text(line_role, 2, y, cut_to(line, area.left - 12, size), size=size, bold=bold)
        y += _LINE_PITCH
    if value:
        ink.text(role, ink.width - 2, middle + 4.5, value, anchor="end", bold=words.claimed)
    return middle


def _words_above(ink: Ink, words: Words, value: str, top: float, bottom: float, area: Box) -> float:
    """Label and value above the mark, the note left to the table; returns the line of the mark."""
    role = "asserted" if words.claimed else "ink"
    y = top + 16
    room = ink.width - 14 - (text_width(value, FONT_SIZE) * 1.06 if value else 0)
    boxes = []
    for position, line in enumerate(words.label):
        shown = cut_to(line, room if position == 0 else ink.width - 8, FONT_SIZE)
        boxes.append(ink.text(role, 2, y, shown, bold=words.claimed))
        y += 16
    if value:
        boxes.append(ink.text(role, ink.width - 2, top + 16, value, anchor="end", bold=words.claimed))
    for box in boxes:
        # a guide line runs through all rows: paper behind the words keeps them readable
        ink.box(COVER, "paper", box.grown(1.5))
    return bottom - 14


def _draw_trace(ink: Ink, panel: Panel, trace: dict[str, Any], area: Box, middles: list[float]) -> None:
    role = trace["meta"]["role"]
    xs = [panel.x.across(panel.x.number(value), area) for value in trace["x"]]
    if trace["mode"] == "lines":
        line = trace["line"]
        dash = DASHES[line["dash"]]
        if trace["y"][0] != trace["y"][1]:
            ink.line(LINE, role, (xs[0], area.top, xs[1], area.bottom), width=line["width"], dash=dash)
            return
        y = middles[trace["y"][0]]
        start, end = min(xs), max(xs)
        if end - start < 5 and not dash:
            start, end = (start + end) / 2 - 2.5, (start + end) / 2 + 2.5
        ink.line(LINE, role, (start, y, end, y), width=line["width"], dash=dash)
        return
    errors = trace.get("error_x")
    for index, (x, row) in enumerate(zip(xs, trace["y"], strict=True)):
        y = middles[row]
        if errors and errors["array"][index] + errors["arrayminus"][index]:
            value = panel.x.number(trace["x"][index])
            low = panel.x.across(value - errors["arrayminus"][index], area)
            high = panel.x.across(value + errors["array"][index], area)
            ink.error_bar(role, low, y, high, y)
        ink.marker(role, x, y, trace["marker"]["symbol"])
