"""The small geometry of a printed chart: boxes, widths of words, shapes of marks."""

from __future__ import annotations

from dataclasses import dataclass

_NARROW_CHARACTERS = frozenset("il.,:;|'!()[]/ftrj1I \u00a0\u202f⁻¹")
_WIDE_CHARACTERS = frozenset("mwMW@%—…×±≈")


def text_width(text: str, size: float) -> float:
    """Return the width of a text in CSS pixels, a little generous, for an interface face."""
    units = 0.0
    for character in text:
        if character in "\u202f":
            units += 0.25
        elif character in _WIDE_CHARACTERS:
            units += 0.9
        elif character in _NARROW_CHARACTERS:
            units += 0.38 if character not in "1I" else 0.6
        elif character.isupper():
            units += 0.7
        else:
            units += 0.61
    return units * size


def cut_to(text: str, room: float, size: float) -> str:
    """Return a text that fits a width, cut with an ellipsis if it must be."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip(" ,;:-(") + "…" if text else ""


def trimmed(number: float) -> str:
    """Return a coordinate with at most one decimal."""
    text = f"{number:.1f}"
    return text.removesuffix(".0") if text != "-0.0" else "0"


def marker_path(symbol: str, x: float, y: float) -> tuple[str, bool]:
    """Return the path of a mark around a point, and whether it is filled.

    Raises
    ------
    ValueError
        If the symbol is not one that the charts use.
    """
    filled = not symbol.endswith("-open")
    name = symbol.removesuffix("-open")
    if name == "circle":
        r = 5
        path = f"M{trimmed(x - r)} {trimmed(y)}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"
    elif name == "diamond":
        path = f"M{trimmed(x)} {trimmed(y - 7)}l7 7l-7 7l-7 -7z"
    elif name == "square":
        path = f"M{trimmed(x - 4.5)} {trimmed(y - 4.5)}h9v9h-9z"
    elif name == "triangle-up":
        path = f"M{trimmed(x)} {trimmed(y - 6)}l5.5 10h-11z"
    elif name == "triangle-down":
        path = f"M{trimmed(x)} {trimmed(y + 6)}l-5.5 -10h11z"
    elif name == "cross":
        path = f"M{trimmed(x - 2)} {trimmed(y - 6)}h4v4h4v4h-4v4h-4v-4h-4v-4h4z"
    elif name == "pentagon":
        path = f"M{trimmed(x)} {trimmed(y - 6)}l5.7 4.1l-2.2 6.7h-7l-2.2 -6.7z"
    elif name == "line-ns":
        return f"M{trimmed(x)} {trimmed(y - 7)}v14", False
    elif name == "line-ew":
        return f"M{trimmed(x - 7)} {trimmed(y)}h14", False
    else:
        raise ValueError(f"mark {symbol!r}: expected a symbol that charts.style names")
    return path, filled


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in CSS pixels; ``top`` is the smaller y."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of_text(cls, x: float, y: float, text: str, size: float, anchor: str) -> Box:
        """Return the box of a text whose baseline is at ``y``."""
        width = text_width(text, size)
        left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
        return cls(left, y - 0.8 * size, left + width, y + 0.25 * size)

    def meets(self, other: Box) -> bool:
        """Return whether two boxes overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Return whether another box lies inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def grown(self, by: float) -> Box:
        """Return a box with a margin added on every side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def clip(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float] | None:
        """Return the part of a line inside the box (Liang and Barsky 1984), None if there is none."""
        start, end = 0.0, 1.0
        across, down = x1 - x0, y1 - y0
        edges = (
            (-across, x0 - self.left),
            (across, self.right - x0),
            (-down, y0 - self.top),
            (down, self.bottom - y0),
        )
        for slope, room in edges:
            if slope == 0:
                if room < 0:
                    return None
                continue
            at = room / slope
            if slope < 0:
                start = max(start, at)
            else:
                end = min(end, at)
        if start > end:
            return None
        return (x0 + start * across, y0 + start * down, x0 + end * across, y0 + end * down)
