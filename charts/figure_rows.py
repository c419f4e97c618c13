"""A panel of rows as Plotly traces: one labelled line per fact, all on one value axis."""

from __future__ import annotations

from textwrap import wrap

from charts.labels import shortened
from charts.panels import Interval, Mark, Row, RowPanel
from charts.scales import Scale, padded
from charts.style import SYMBOLS, light
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

ROW_PX = 38
_EXTRA_LINE_PX = 14
_LABEL_CHARACTERS = 36
_NOTE_CHARACTERS = 40


def add_rows(sheet: Sheet, panel: RowPanel, number: int, domain: list[float]) -> None:
    """Add a panel of rows to a sheet, as its axes number ``number``."""
    suffix = suffix_of(number)
    axes = {"x": f"x{suffix}", "y": f"y{suffix}"}
    scale = _row_scale(panel)
    sheet.axes[f"xaxis{suffix}"] = axis_layout(panel.title, panel.kind, scale, anchor=axes["y"]) | {
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
    sheet.shapes += [band_shape(band, axes) for band in panel.bands]
    for guide in panel.guides:
        sheet.traces.append(
            trace_on(axes, guide.role, [guide.value, guide.value], [-0.5, count - 0.5], "lines")
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


def row_px(row: Row) -> int:
    """Height that a row needs for its label and note."""
    return ROW_PX + _EXTRA_LINE_PX * max(0, _row_tick(row).count("<br>") - 1)


def _row_scale(panel: RowPanel) -> Scale:
    values: list[float] = []
    arrows = {"left": False, "right": False}
    for row in panel.rows:
        for mark in row.marks:
            if isinstance(mark, Interval):
                values += [number_on(mark.start, panel.kind), number_on(mark.end, panel.kind)]
            elif not mark.off_scale:
                centre = number_on(mark.value, panel.kind)
                values.append(centre)
                if mark.plus is not None and mark.minus is not None:
                    values += [centre + mark.plus, centre - mark.minus]
                arrows["left"] |= mark.limit == "upper"
                arrows["right"] |= mark.limit == "lower"
            else:
                arrows["left"] |= mark.limit == "value"
    for band in panel.bands:
        values += [number_on(band.start, panel.kind), number_on(band.end, panel.kind)]
    if panel.kind == "linear" and sum(len(row.marks) for row in panel.rows) == 1:
        # a lonely value says most against zero
        values.append(0.0)
    if panel.kind == "log":
        values = [value for value in values if value > 0]
    return padded(
        panel.kind, values, left=0.14 if arrows["left"] else 0.05, right=0.14 if arrows["right"] else 0.05
    )


def _row_marks(sheet: Sheet, panel: RowPanel, axes: dict[str, str], scale: Scale) -> None:
    gathered: dict[tuple[str, str], list[tuple[Mark, int]]] = {}
    for index, row in enumerate(panel.rows):
        for mark in row.marks:
            if isinstance(mark, Interval):
                trace = trace_on(axes, mark.role, [mark.start, mark.end], [index, index], "lines")
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
                    limit_arrow(
                        place, index, axes, panel.kind, mark.role, (-ARROW_PX if left else ARROW_PX, 0)
                    )
                )
    for (role, symbol), marks in gathered.items():
        trace = trace_on(
            axes,
            role,
            [scale.low if mark.off_scale else mark.value for mark, _ in marks],
            [index for _, index in marks],
            "markers",
        )
        trace["marker"] = marker(role, symbol, 14 if symbol == "line-ns-open" else 11)
        set_errors(trace, "error_x", [(mark.plus, mark.minus) for mark, _ in marks], role)
        trace |= {"hovertext": [mark.hover for mark, _ in marks], "hoverinfo": "text"}
        sheet.traces.append(trace)
