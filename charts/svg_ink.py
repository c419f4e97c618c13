"""Ink on paper: texts, lines, marks and arrows, gathered by layer and role into few groups."""

from __future__ import annotations

from html import escape

from charts.geometry import Box, marker_path, trimmed
from charts.style import FONT_SIZE, light

#: Drawing order, lowest first.
BAND, GRID, AXIS, LINE, COVER, ERROR, HOLE, MARK, TEXT = range(9)
DASHES = {"dash": "6 4", "dot": "2 4", "solid": ""}

_FILL = 'fill="currentColor"'
_STROKE = 'stroke="currentColor" stroke-width="1.6"'


class Ink:
    """Everything that is drawn on one sheet of a given width."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.layers: dict[tuple[int, str, str], list[str]] = {}
        #: Where text or a mark already stands, for labels that must not collide.
        self.taken: list[Box] = []

    def groups(self) -> str:
        """Return all elements as SVG, the lowest layer first."""
        return "".join(
            f'<g class="c-{role}" color="{light(role)}" {attributes}>{"".join(elements)}</g>'
            for (_, role, attributes), elements in sorted(self.layers.items(), key=lambda entry: entry[0][0])
        )

    def put(self, layer: int, role: str, element: str, attributes: str = _FILL) -> None:
        """Add an element; those of one layer, role and manner share a group."""
        self.layers.setdefault((layer, role, attributes), []).append(element)

    def path(self, layer: int, role: str, path: str, *, width: float = 1, dash: str = "") -> None:
        """Add a stroked path."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.put(
            layer,
            role,
            f'<path d="{path}"/>',
            f'stroke="currentColor" stroke-width="{trimmed(width)}"{dashes}',
        )

    def line(
        self,
        layer: int,
        role: str,
        ends: tuple[float, float, float, float],
        *,
        width: float = 1,
        dash: str = "",
    ) -> None:
        """Add a straight line from (x0, y0) to (x1, y1)."""
        x0, y0, x1, y1 = (trimmed(end) for end in ends)
        self.path(layer, role, f"M{x0} {y0}L{x1} {y1}", width=width, dash=dash)

    def box(self, layer: int, role: str, box: Box) -> None:
        """Add a filled rectangle."""
        width, height = trimmed(box.right - box.left), trimmed(box.bottom - box.top)
        self.put(
            layer,
            role,
            f'<rect x="{trimmed(box.left)}" y="{trimmed(box.top)}" width="{width}" height="{height}"/>',
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
    ) -> Box:
        """Add a text with its baseline at ``y``; returns the box it covers."""
        attributes = _FILL
        if anchor != "start":
            attributes += f' text-anchor="{anchor}"'
        if size != FONT_SIZE:
            attributes += f' font-size="{size}"'
        if bold:
            attributes += ' font-weight="600"'
        element = f'<text x="{trimmed(x)}" y="{trimmed(y)}">{escape(text, quote=False)}</text>'
        self.put(TEXT, role, element, attributes)
        box = Box.of_text(x, y, text, size, anchor)
        self.taken.append(box)
        return box

    def error_bar(self, role: str, x0: float, y0: float, x1: float, y1: float) -> None:
        """Add an error bar with caps across its ends."""
        across, down = (0, 4) if y0 == y1 else (4, 0)
        caps = "".join(
            f"M{trimmed(x - across)} {trimmed(y - down)}L{trimmed(x + across)} {trimmed(y + down)}"
            for x, y in ((x0, y0), (x1, y1))
        )
        path = f"M{trimmed(x0)} {trimmed(y0)}L{trimmed(x1)} {trimmed(y1)}{caps}"
        self.put(ERROR, role, f'<path d="{path}"/>', _STROKE)

    def marker(self, role: str, x: float, y: float, symbol: str) -> None:
        """Add a mark; an open one is filled with paper so that lines do not show through."""
        path, filled = marker_path(symbol, x, y)
        if symbol.startswith("line"):
            self.put(MARK, role, f'<path d="{path}"/>', 'stroke="currentColor" stroke-width="2.2"')
            return
        if not filled:
            self.put(HOLE, "paper", f'<path d="{path}"/>')
        self.put(MARK, role, f'<path d="{path}"/>', _FILL if filled else _STROKE)

    def arrow(self, role: str, x: float, y: float, right: float, up: float) -> None:
        """Add an arrow that leaves (x, y) for a number of pixels to the right or upwards."""
        tip_x, tip_y = x + right, y - up
        if right:
            tip_x = min(max(tip_x, 2.0), self.width - 2.0)
        sign_x, sign_y = (right > 0) - (right < 0), (up < 0) - (up > 0)
        back_x, back_y = tip_x - 6 * sign_x, tip_y - 6 * sign_y
        head = (
            f"M{trimmed(back_x - 4 * sign_y)} {trimmed(back_y - 4 * sign_x)}L{trimmed(tip_x)} {trimmed(tip_y)}"
            f"L{trimmed(back_x + 4 * sign_y)} {trimmed(back_y + 4 * sign_x)}"
        )
        path = f"M{trimmed(x)} {trimmed(y)}L{trimmed(tip_x)} {trimmed(tip_y)}{head}"
        self.put(ERROR, role, f'<path d="{path}"/>', f"{_FILL} {_STROKE}")
        self.taken.append(Box(min(x, tip_x) - 5, min(y, tip_y) - 5, max(x, tip_x) + 5, max(y, tip_y) + 5))
