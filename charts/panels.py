"""What a figure is made of: panels of rows and planes, marks, lines, bands.

Two kinds of panel are enough for most questions: rows (one labelled line per fact, all on one value
axis) and planes (one quantity against another).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from charts.scales import ScaleKind
from science.records import Limit

Value = float | str


@dataclass(frozen=True, slots=True)
class Mark:
    """One value: where it lies, how sure it is, and what it is called when pointed at.

    ``off_scale`` marks a value (such as a claimed zero) that a logarithmic axis cannot hold; it is
    drawn at the edge with an arrow.
    """

    value: Value
    role: str
    plus: float | None = None
    minus: float | None = None
    limit: Limit = "value"
    hover: str = ""
    symbol: str | None = None
    off_scale: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of the value axis: an observing run, an instrument's range, an expected release."""

    start: Value
    end: Value
    role: str
    hover: str = ""
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled line of a row panel."""

    label: str
    note: str
    text: str
    marks: tuple[Mark | Interval, ...]
    claimed: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """A dashed line through all rows at one value."""

    value: Value
    role: str


@dataclass(frozen=True, slots=True)
class Band:
    """A shaded stretch of an axis with its name."""

    start: Value
    end: Value
    label: str
    axis: Literal["x", "y"] = "x"


@dataclass(frozen=True, slots=True)
class RowPanel:
    """Labelled lines on one value axis."""

    title: str
    kind: ScaleKind
    rows: tuple[Row, ...]
    guides: tuple[Guide, ...] = ()
    bands: tuple[Band, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A value ``y`` at ``x``, with its error or limit along y."""

    x: Value
    y: float
    plus: float | None = None
    minus: float | None = None
    limit: Limit = "value"
    hover: str = ""
    hollow: bool = False
    symbol: str = "circle"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Points of one kind: one colour, one name.

    Labels stand right of the marks or above that; with ``print`` only where the printed picture finds
    room for them, since the interactive figure cannot keep crowded labels apart.
    """

    name: str
    role: str
    points: tuple[Point, ...]
    labels: Literal["middle right", "top right", "print"] = "middle right"


@dataclass(frozen=True, slots=True)
class Line:
    """A line on a plane, named at its end."""

    xs: tuple[Value, ...]
    ys: tuple[float, ...]
    role: str
    label: str = ""
    dash: str = "solid"
    width: float = 1.5
    label_at: Literal["start", "end"] = "end"


@dataclass(frozen=True, slots=True)
class PlanePanel:
    """One quantity against another; with ``same_scale`` a map, whose circles stay round."""

    x_title: str
    y_title: str
    x_kind: ScaleKind
    y_kind: ScaleKind
    groups: tuple[Group, ...]
    lines: tuple[Line, ...] = ()
    bands: tuple[Band, ...] = ()
    x_range: tuple[float, float] | None = None
    y_range: tuple[float, float] | None = None
    legend: bool = True
    #: a map: one unit is as long across as it is up
    same_scale: bool = False
