"""The object's path among the planets in three dimensions, with a place for every date of a slider.

Not a claim's chart but the scene of an object's page: a Plotly figure for WebGL, the dates that its
slider steps through, and the same as table rows.  The picture without scripts is the plan of `orbit_3d`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from charts.labels import body_name
from charts.sky import calendar, minute, orbit_sentence, states
from charts.style import FONT, light
from science import planets
from science.observers import JWST, barycentric_state
from science.orbits import ECLIPTIC_FROM_ICRF
from science.records import OrbitSolutionRecord, TableRow

Array = NDArray[np.float64]

#: planet -> (role of its colour, days of one revolution: the whole ellipse is drawn)
PLANETS: dict[str, tuple[str, float]] = {
    "Mercury": ("other", 88.0),
    "Venus": ("series2", 225.0),
    "Earth": ("series1", 365.3),
    "Mars": ("asserted", 687.0),
    "Jupiter": ("series4", 4333.0),
}
_DECIMALS = 4
_ROWS = 20
# so near the Sun that their names would stand on one another; pointing at them names them
_UNNAMED = frozenset({"Sun", "Mercury", "Venus"})
VIEWPOINTS = ("above", "Sun", "Earth", "Mars", "JWST")


@dataclass(frozen=True, slots=True)
class Event:
    """A dated moment to mark on the path."""

    at: datetime
    name: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A figure for WebGL, what its slider needs, and its table twin.

    ``slider`` holds ``dates`` (ISO text, one a day), ``places`` (body -> list of [x, y, z] in au, one a
    date), ``distances`` (from Sun, Earth, Mars and Jupiter, au) and ``traces`` (body -> index of its
    marker's trace).
    """

    figure: dict[str, Any]
    slider: dict[str, Any]
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    caption: str


def ecliptic(positions: Array) -> Array:
    """ICRF positions (n, 3) in the ecliptic of J2000.0."""
    turned: Array = positions @ ECLIPTIC_FROM_ICRF.T
    return turned


def planet_path(planet: str, middle: datetime, count: int = 90) -> Array:
    """One revolution of a planet about a date, (count, 3) in au, ecliptic of J2000.0."""
    days = PLANETS[planet][1]
    first, last = middle - timedelta(days=days / 2), middle + timedelta(days=days / 2)
    instants = calendar(first, last, count)
    return ecliptic(planets.heliocentric_positions((planets.body_id(planet),), instants.tdb)[:, 0, :])


def orbit_scene(
    solution: OrbitSolutionRecord, first: datetime, last: datetime, events: Sequence[Event] = ()
) -> Scene:
    """The scene of an object between two instants.

    Parameters
    ----------
    solution
        The orbit to draw.
    first, last
        Ends of the slider, which steps by whole days.
    events
        Moments to mark on the path; those outside the interval are left out.
    """
    table = states(solution, first - timedelta(days=1), last + timedelta(days=1))
    steps = (last - first).days + 1
    instants = calendar(first, first + timedelta(days=steps - 1), steps)
    path = ecliptic(table.position(instants.tdb))
    name = body_name(solution.body)
    middle = first + (last - first) / 2
    traces = [_dot("Sun", np.zeros((1, 3)), "series2", 6)]
    for planet, (role, _) in PLANETS.items():
        traces.append(_curve(planet, planet_path(planet, middle), role, 2))
    traces.append(_curve(name, path, "measured", 5))
    marked = [event for event in events if first <= event.at <= last]
    if marked:
        at = ecliptic(table.position(calendar_of(marked)))
        traces.append(_events(marked, at))
    places = {name: path} | {
        planet: ecliptic(planets.heliocentric_positions((planets.body_id(planet),), instants.tdb)[:, 0, :])
        for planet in PLANETS
    }
    sun_at = planets.position(10, instants.tdb)
    webb = ecliptic(barycentric_state(JWST, instants)[0] - sun_at)
    moving: dict[str, int] = {}
    for body, where in places.items():
        moving[body] = len(traces)
        traces.append(
            _dot(body, where[:1], "measured" if body == name else PLANETS[body][0], 5 if body == name else 3)
        )
    distances = {
        "Sun": np.linalg.norm(path, axis=1),
        **{planet: np.linalg.norm(path - places[planet], axis=1) for planet in ("Earth", "Mars", "Jupiter")},
    }
    reach = float(np.ceil(np.max(np.abs(path)) + 0.2))
    axis = {
        "range": [-reach, reach], "title": {"text": ""}, "showbackground": False, "gridcolor": light("grid"),
        "zerolinecolor": light("grid"), "showspikes": False, "tickfont": {"size": 10},
    }  # fmt: skip
    figure = {
        "data": traces,
        "layout": {
            "template": "none",
            "height": 520,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "font": {"family": FONT, "size": 12, "color": light("ink")},
            "paper_bgcolor": light("paper"),
            "showlegend": False,
            "scene": {
                "xaxis": axis,
                "yaxis": axis,
                "zaxis": axis | {"range": [-reach / 2, reach / 2]},
                "aspectmode": "manual",
                "aspectratio": {"x": 1.6, "y": 1.6, "z": 0.8},
                "camera": {"eye": {"x": 0.0, "y": -0.9, "z": 1.1}},
            },
        },
    }
    slider = {
        "body": name,
        "dates": [text.astype("datetime64[m]").item().isoformat() + "Z" for text in instants.utc],
        "places": {
            body: np.round(where, _DECIMALS).tolist() for body, where in (places | {"JWST": webb}).items()
        },
        "distances": {body: np.round(values, _DECIMALS).tolist() for body, values in distances.items()},
        "traces": moving,
        "reach": reach,
    }
    return Scene(
        figure=figure,
        slider=slider,
        columns=("Date", "From the Sun", "From the Earth", "From Mars", "From Jupiter"),
        rows=tuple(
            TableRow(
                (minute(instants.utc[index]), *(f"{distances[body][index]:.3f} au" for body in distances))
            )
            for index in range(0, steps, max(1, steps // _ROWS))
        ),
        caption="Ecliptic of J2000.0, distances in au, Sun at the middle; each planet on one whole revolution; Webb at the "
        f"Lagrange point L2. {orbit_sentence(solution)}",
    )


def calendar_of(events: Sequence[Event]) -> Array:
    """TDB days past J2000.0 of events."""
    from science.timescales import from_utc

    return from_utc([event.at for event in events]).tdb


def _curve(name: str, places: Array, role: str, width: int) -> dict[str, Any]:
    rounded = np.round(places, _DECIMALS)
    return {
        "type": "scatter3d", "mode": "lines", "name": name, "x": rounded[:, 0].tolist(), "y": rounded[:, 1].tolist(),
        "z": rounded[:, 2].tolist(), "line": {"color": light(role), "width": width}, "meta": {"role": role},
        "hoverinfo": "name",
    }  # fmt: skip


def _dot(name: str, place: Array, role: str, size: int) -> dict[str, Any]:
    x, y, z = (round(float(value), _DECIMALS) for value in place[0])
    return {
        "type": "scatter3d", "mode": "markers" if name in _UNNAMED else "markers+text", "name": name, "x": [x], "y": [y],
        "z": [z], "text": [name], "textposition": "top center", "textfont": {"color": light("ink"), "size": 11},
        "marker": {"color": light(role), "size": size}, "meta": {"role": role}, "hoverinfo": "name",
    }  # fmt: skip


def _events(events: Sequence[Event], at: Array) -> dict[str, Any]:
    rounded = np.round(at, _DECIMALS)
    return {
        "type": "scatter3d", "mode": "markers+text", "name": "events", "x": rounded[:, 0].tolist(),
        "y": rounded[:, 1].tolist(), "z": rounded[:, 2].tolist(), "text": [event.name for event in events],
        "hovertext": [f"{event.name}, {minute(event.at)}" for event in events], "hoverinfo": "text",
        "textposition": "middle right", "textfont": {"color": light("muted"), "size": 11}, "marker": {"color": light("asserted"), "size": 5, "symbol": "diamond"},
        "meta": {"role": "asserted"},
    }  # fmt: skip
