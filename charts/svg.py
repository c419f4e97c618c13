"""A figure on paper: the part of Plotly's schema that ``charts.figure`` writes, as compact SVG.

The server prints this picture, so a page has its chart before any script runs and without one.  It
is laid out for the width it is given and its text is never scaled: call it twice, for a wide and a
narrow column, and let the stylesheet show the fitting one.

Colours are presentation attributes of the light palette inside groups of class ``c-<role>`` whose
``color`` a stylesheet may override, so the picture keeps its colours when it is saved as a file.
"""

from __future__ import annotations

from html import escape

from charts.geometry import trimmed
from charts.style import FONT, FONT_SIZE
from charts.svg_axes import panels_of
from charts.svg_ink import Ink
from charts.svg_planes import draw_plane
from charts.svg_rows import draw_rows, gutters
from science.records import Drawing

WIDE = 720
NARROW = 340
#: Below this width labels of rows move above their lines.
_NARROW_BELOW = 480
_PANEL_GAP = 18


def draw(drawing: Drawing, width: int = WIDE) -> str:
    """Return a drawing as one SVG element for a column of ``width`` CSS pixels.

    Parameters
    ----------
    drawing : Drawing
        A chart's result; its figure must use only what ``charts.figure.compose`` writes.
    width : int
        Width of the view box in CSS pixels; below 480 the labels of rows stand above their lines.

    Returns
    -------
    str
        The element, with ``role="img"``, the title as its label and the finding as its description.

    Raises
    ------
    ValueError
        If the figure has a trace that is not a scatter.
    """
    narrow = width < _NARROW_BELOW
    panels = panels_of(drawing.figure)
    ink = Ink(width)
    edges = gutters(panels, width, narrow=narrow)
    y = 8.0
    for index, panel in enumerate(panels):
        y += _PANEL_GAP if index else 0
        if panel.rows:
            y = draw_rows(ink, panel, y, edges, narrow=narrow)
        else:
            y = draw_plane(ink, panel, y, narrow=narrow)
    kind = "narrow" if narrow else "wide"
    mark = f"chart-{drawing.name.replace('_', '-')}-{kind}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart-svg chart-svg-{kind}" '
        f'viewBox="0 0 {width} {trimmed(y + 4)}" role="img" aria-label="{escape(drawing.title)}" '
        f'aria-describedby="{mark}" font-family="{escape(FONT)}" font-size="{FONT_SIZE}" fill="none">'
        f'<desc id="{mark}">{escape(drawing.finding, quote=False)}</desc>{ink.groups()}</svg>'
    )
