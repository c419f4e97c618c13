"""Several passages on one sheet: the shape of each path, laid into one plane, closest point to the right.

Not a chart of one claim: it is drawn for the page that compares the objects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from charts.figure import compose
from charts.labels import body_name
from charts.panels import Group, Line, PlanePanel, Point
from charts.sky import rounded
from science.records import Drawing, Elements, OrbitSolutionRecord, TableRow

_COLUMNS = (
    "Object",
    "Closest to the Sun",
    "Eccentricity",
    "Speed far from the Sun",
    "Turned by",
    "Orbit solution",
)
_REACH_AU = 5.6
_HEIGHT_AU = 3.4
_RIGHT_AU = 3.8
_POINTS = 241
# semi-major axes for orientation only, and the direction in which the name stands
_CIRCLES = (("Earth", 1.0, (0.0, 1.0)), ("Mars", 1.524, (0.0, -1.0)), ("Jupiter", 5.203, (-1.0, 0.0)))
_ROLES = ("series1", "series2", "series3", "series4", "series5", "series6")


@dataclass(frozen=True, slots=True)
class Passage:
    """One object's osculating path and the speed far from the Sun that its solution gives."""

    solution: OrbitSolutionRecord
    elements: Elements
    excess_speed_km_s: float


def turning_angle_deg(eccentricity: float) -> float:
    """The angle by which the Sun bends a hyperbolic path: 2 arcsin(1/e), degrees.

    References
    ----------
    Murray and Dermott, Solar System Dynamics, section 2.4 (asymptotes of a hyperbola).

    >>> round(turning_angle_deg(2.0), 6)
    60.0
    """
    return float(np.degrees(2.0 * np.arcsin(1.0 / eccentricity)))


def draw_passages(passages: Sequence[Passage]) -> Drawing:
    """The paths of several objects, each in its own plane and turned so that its closest point lies right.

    Parameters
    ----------
    passages
        The objects in the order of their discovery.
    """
    lines = [
        Line(rounded(ring[0], 3), rounded(ring[1], 3), "axis", "", "dot", 1.0)
        for _, radius, _ in _CIRCLES
        for ring in (_circle(radius),)
    ]
    paths = [_path(passage.elements) for passage in passages]
    # names at alternate ends, outermost first: two paths may leave the sheet side by side
    outermost = sorted(range(len(paths)), key=lambda place: -paths[place][0][-1])
    for place, (passage, role, (x, y)) in enumerate(zip(passages, _ROLES, paths, strict=False)):
        end: Literal["start", "end"] = "start" if outermost.index(place) % 2 == 0 else "end"
        name = body_name(passage.solution.body)
        lines.append(Line(rounded(x, 3), rounded(y, 3), role, name, width=2.2, label_at=end))
    groups = [
        Group("Sun", "series2", (Point(0.0, 0.0, hover="Sun", label="Sun"),)),
        Group(
            "planets",
            "muted",
            tuple(
                Point(radius * x, radius * y, hover=f"Distance of {name}", label=name)
                for name, radius, (x, y) in _CIRCLES
            ),
        ),
    ]
    fastest = max(passages, key=lambda passage: passage.excess_speed_km_s)
    straightest = max(passages, key=lambda passage: passage.elements.eccentricity)
    panel = PlanePanel(
        "Towards the closest point, au",
        "In the plane of each path, au",
        "linear",
        "linear",
        tuple(groups),
        tuple(lines),
        x_range=(-_REACH_AU, _RIGHT_AU),
        y_range=(-_HEIGHT_AU, _HEIGHT_AU),
        legend=False,
        same_scale=True,
    )
    finding = (
        f"{body_name(fastest.solution.body)} is the fastest of the {_NUMBERS.get(len(passages), len(passages))}, "
        f"{fastest.excess_speed_km_s:.1f} km/s far from the Sun, and "
        f"{'its' if straightest is fastest else body_name(straightest.solution.body) + ' has the'} path "
        f"{'is ' if straightest is fastest else ''}bent least, by {turning_angle_deg(straightest.elements.eccentricity):.0f}°."
    )
    return Drawing(
        name="passages",
        title="The shapes of the paths",
        figure=compose([panel]),
        columns=_COLUMNS,
        rows=tuple(
            TableRow(
                (
                    body_name(passage.solution.body),
                    f"{passage.elements.perihelion_distance_au:.4f} au",
                    f"{passage.elements.eccentricity:.3f}",
                    f"{passage.excess_speed_km_s:.2f} km/s",
                    f"{turning_angle_deg(passage.elements.eccentricity):.0f}°",
                    f"{passage.solution.solution_id} ({passage.solution.producer})",
                )
            )
            for passage in passages
        ),
        finding=finding,
        caption=(
            "Each path lies in a plane of its own; here they are laid into one, the Sun in its place and the closest "
            "point to the right. Dotted: the mean distances of Earth, Mars and Jupiter. Drawn from osculating elements, "
            "for the shape; numbers of positions come from integrated orbits."
        ),
    )


_NUMBERS = {2: "two", 3: "three", 4: "four"}


def _circle(radius: float) -> tuple[np.ndarray, np.ndarray]:
    angle = np.linspace(0.0, 2.0 * np.pi, 73)
    return radius * np.cos(angle), radius * np.sin(angle)


def _path(elements: Elements) -> tuple[np.ndarray, np.ndarray]:
    """The conic from one edge of the sheet to the other, perihelion on the positive x axis, au."""
    semi_latus = elements.perihelion_distance_au * (1.0 + elements.eccentricity)
    # where r reaches well beyond the sheet; a hyperbola has r = infinity at arccos(-1/e)
    cosine = (semi_latus / (1.6 * _REACH_AU) - 1.0) / elements.eccentricity
    widest = np.arccos(np.clip(cosine, -1.0, 1.0))
    anomaly = np.linspace(-widest, widest, _POINTS)
    r = semi_latus / (1.0 + elements.eccentricity * np.cos(anomaly))
    x, y = r * np.cos(anomaly), r * np.sin(anomaly)
    # to the edge of the sheet and no further, so that a name at the end of the line stands on it
    on_sheet = (x > -_REACH_AU) & (np.abs(y) < _HEIGHT_AU)
    return x[on_sheet], y[on_sheet]
