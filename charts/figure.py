"""From panels of marks to one Plotly figure: plain dictionaries and lists, ready for JSON.

Panels are stacked and never share an axis, so that no axis carries two units.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from charts.figure_planes import add_plane
from charts.figure_rows import add_rows, row_px
from charts.panels import PlanePanel, RowPanel
from charts.style import FONT, FONT_SIZE, light
from charts.traces import Sheet

PLANE_PX = 300
MAP_PX = 460
AXIS_PX = 62
_CHARACTER_PX = 7.4


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
    sheet = Sheet()
    top = 0
    right = 24.0
    legend = any(isinstance(panel, PlanePanel) and panel.legend for panel in panels)
    for number, (panel, height) in enumerate(zip(panels, heights, strict=True), start=1):
        domain = [round(1 - (top + height - AXIS_PX) / total, 5), round(1 - top / total, 5)]
        if isinstance(panel, RowPanel):
            add_rows(sheet, panel, number, domain)
            right = max(right, 16 + _CHARACTER_PX * max(len(row.text) for row in panel.rows))
        else:
            add_plane(sheet, panel, number, domain)
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
        return AXIS_PX + (MAP_PX if panel.same_scale else PLANE_PX)
    return AXIS_PX + len(panel.rows) * max(row_px(row) for row in panel.rows)
