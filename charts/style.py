"""What ink means: colours, marks and sizes by role, for light and dark paper.

A role says what a mark is (asserted, measured, a limit), never how it looks.  Each role has its
own shape or dash beside its colour, so that a chart reads in greyscale and by colour-blind eyes.
Hues follow Okabe and Ito's colour-universal set (https://jfly.uni-koeln.de/color/), darkened or
lightened until text in them has a contrast of at least 4.5 to 1 on its paper.
"""

from __future__ import annotations

from typing import Final

#: Role -> (colour on light paper, colour on dark paper).  The same names are CSS custom properties
#: ``--chart-<role>`` of the stylesheet.
PALETTE: Final[dict[str, tuple[str, str]]] = {
    "paper": ("#ffffff", "#12181f"),
    "ink": ("#1d2733", "#e8ecf1"),
    "muted": ("#586474", "#a3afbd"),
    "grid": ("#e3e7ec", "#2b3541"),
    "axis": ("#8b96a3", "#6d7987"),
    "asserted": ("#b34700", "#ff9e4a"),
    "measured": ("#005f9e", "#6db9f2"),
    "limit": ("#005f9e", "#6db9f2"),
    "other": ("#6b7684", "#97a3b1"),
    "context": ("#dfe8dd", "#26352b"),
    "released": ("#00694d", "#4fc79f"),
    "series1": ("#005f9e", "#6db9f2"),
    "series2": ("#8a5a00", "#e6b34d"),
    "series3": ("#00694d", "#4fc79f"),
    "series4": ("#98447a", "#e29ac6"),
    "series5": ("#3d4650", "#c3ccd6"),
    "series6": ("#5e4fa2", "#b3a5ee"),
}

#: Roles that carry text or a mark and so need contrast; the rest are areas and hairlines.
READABLE_ROLES: Final = tuple(role for role in PALETTE if role not in ("paper", "grid", "axis", "context"))

#: Up to six species on one plane: a colour and a shape for each.
SERIES: Final = ("series1", "series2", "series3", "series4", "series5", "series6")
SHAPES: Final = ("circle", "square", "triangle-up", "pentagon", "triangle-down", "cross")

#: No web font: the reader's own interface face, with figures of equal width.
FONT: Final = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif'
FONT_SIZE: Final = 13
SMALL_SIZE: Final = 12

#: Marks by role on a row of values; shapes differ as well as colours.
SYMBOLS: Final[dict[str, str]] = {
    "asserted": "diamond",
    "measured": "circle",
    "other": "circle-open",
    "released": "square",
}


def light(role: str) -> str:
    """Return the colour of a role on light paper."""
    return PALETTE[role][0]
