"""An object's passage in four timelines: distance, speed, angle from the Sun, predicted brightness.

Not a claim's chart but one of an object's page, with the days that claims speak of along its foot.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from charts.figure import compose
from charts.labels import body_name
from charts.orbit_scene import Event
from charts.panels import Band, Group, Line, PlanePanel, Point
from charts.scales import day_number
from charts.sky import calendar, day, iso, minute, orbit_sentence, rounded, states
from charts.style import SHAPES
from science import planets
from science.checks.field_of_regard import LIMITS_DEG
from science.constants import AU_D_IN_KM_S
from science.ephemerides import ephemeris
from science.photometry import WEAKNESS
from science.records import CloseApproach, Drawing, EphemerisRows, MagnitudeLaw, OrbitSolutionRecord, TableRow
from science.timescales import Instants

Array = NDArray[np.float64]

_POINTS = 151
_TABLE_ROWS = 15
_COLUMNS = (
    "Date (UTC)",
    "RA, deg",
    "Dec, deg",
    "From the Earth",
    "From Mars",
    "From the Sun",
    "Speed",
    "Angle from the Sun",
    "Magnitude",
)
_ROLES = {"Earth": "series1", "Mars": "asserted"}


def motion_timelines(
    solution: OrbitSolutionRecord,
    law: MagnitudeLaw | None,
    first: datetime,
    last: datetime,
    passages: Sequence[CloseApproach] = (),
    spoken_of: Sequence[Event] = (),
) -> Drawing:
    """The timelines of an object between two instants.

    Parameters
    ----------
    solution
        The orbit.
    law
        Magnitude law; without one the last timeline is left out.
    first, last
        Ends of the time axis.
    passages
        Closest approaches to mark.
    spoken_of
        Days that claims speak of, with the claims' titles.
    """
    table = states(solution, first - timedelta(days=2), last + timedelta(days=2))
    instants = calendar(first, last, _POINTS)
    rows = ephemeris(table, "500", instants, law=law)
    place, motion = table.state(instants.tdb)
    r = np.linalg.norm(place, axis=1)
    speed = np.linalg.norm(motion, axis=1) * AU_D_IN_KM_S
    sun = planets.position(10, instants.tdb)
    apart = {
        body: np.linalg.norm(place + sun - planets.position(planets.body_id(body), instants.tdb), axis=1)
        for body in _ROLES
    }
    name = body_name(solution.body)
    span = (day_number(first), day_number(last))
    panels = [_distances(instants, r, apart, span, passages, [e for e in spoken_of if first <= e.at <= last])]
    panels.append(_panel("Speed about the Sun, km/s", instants, speed, span))
    panels.append(_elongation(instants, rows, span))
    if rows.t_mag is not None:
        panels.append(_panel("Magnitude by the law (larger is fainter)", instants, rows.t_mag, span))
    near = [passage for passage in passages if first <= passage.utc <= last]
    said = [_passage_words(passage) for passage in near]
    brightness = f" Brightness: {WEAKNESS}" if law else ""
    return Drawing(
        name="motion_timelines",
        title=f"{name} day by day",
        figure=compose(panels),
        columns=_COLUMNS if law else _COLUMNS[:-1],
        rows=tuple(_lines(instants, r, apart, speed, rows)),
        finding=f"{name} came {', '.join(said)}." if said else f"The path of {name} from {day(first)} to {day(last)}.",
        caption=f"Directions (ICRF, astrometric) and angle from the Sun as seen from the Earth's centre; shaded: where Webb may point. {'Diamonds along the foot: days that claims speak of. ' if spoken_of else ''}{orbit_sentence(solution)}"
        f"{f' Law of {law.solution_id}.' if law else ''}{brightness}",
    )  # fmt: skip


def _passage_words(passage: CloseApproach) -> str:
    target = "the Sun" if passage.target == "Sun" else passage.target
    return f"nearest to {target} on {day(passage.utc)} ({passage.distance_au:.3f} au)"


def _distances(
    instants: Instants,
    r: Array,
    apart: dict[str, Array],
    span: tuple[float, float],
    passages: Sequence[CloseApproach],
    spoken_of: Sequence[Event],
) -> PlanePanel:
    lines = [
        Line(
            iso(instants),
            rounded(away, 3),
            _ROLES[body],
            f"from {body}",
            # near the end of the interval both run together
            label_at="start" if body == "Mars" else "end",
        )
        for body, away in apart.items()
    ]
    lines.append(Line(iso(instants), rounded(r, 3), "other", "from the Sun", "dot", label_at="start"))
    groups = []
    for number, passage in enumerate(passages):
        point = Point(
            f"{passage.utc:%Y-%m-%dT%H:%M}",
            round(passage.distance_au, 4),
            hover=f"{_passage_words(passage)}, {minute(passage.utc)}",
            symbol=SHAPES[number % len(SHAPES)],
            label=passage.target,
        )
        groups.append(Group(f"nearest to {passage.target}", _ROLES.get(passage.target, "series4"), (point,)))
    days: dict[str, list[str]] = {}
    for event in spoken_of:
        days.setdefault(f"{event.at:%Y-%m-%d}", []).append(event.name)
    if days:
        marks = tuple(
            Point(on, 0.0, hover=f"{on}: {'; '.join(titles)}", symbol="diamond")
            for on, titles in sorted(days.items())
        )
        groups.append(Group("days that claims speak of", "measured", marks))
    top = max(float(np.max(r)), *(float(np.max(away)) for away in apart.values()))
    return PlanePanel(
        "", "Distance, au", "date", "linear",
        tuple(groups), tuple(lines), x_range=span, y_range=(-0.03 * top, top * 1.04), legend=False,
    )  # fmt: skip


def _panel(title: str, instants: Instants, values: Array, span: tuple[float, float]) -> PlanePanel:
    low, high = float(np.min(values)), float(np.max(values))
    margin = 0.06 * (high - low)
    return PlanePanel(
        "", title, "date", "linear", (), (Line(iso(instants), rounded(values, 3), "measured", ""),),
        x_range=span, y_range=(low - margin, high + margin), legend=False,
    )  # fmt: skip


def _elongation(instants: Instants, rows: EphemerisRows, span: tuple[float, float]) -> PlanePanel:
    if rows.elongation_deg is None:
        raise ValueError(f"{rows.body}: no elongation from {rows.observer.name}")
    low, high = LIMITS_DEG["JWST"]
    return PlanePanel(
        "", "Angle from the Sun, degrees", "date", "linear", (),
        (Line(iso(instants), rounded(rows.elongation_deg, 2), "measured", ""),),
        (Band(low, high, "Webb may point", "y"),), x_range=span, y_range=(0.0, 180.0), legend=False,
    )  # fmt: skip


def _lines(
    instants: Instants, r: Array, apart: dict[str, Array], speed: Array, rows: EphemerisRows
) -> list[TableRow]:
    found = []
    for index in range(0, _POINTS, (_POINTS - 1) // (_TABLE_ROWS - 1)):
        cells = [
            minute(instants.utc[index]),
            f"{rows.ra_deg[index]:.4f}",
            f"{rows.dec_deg[index]:+.4f}".replace("-", "\u2212"),
            *(f"{away[index]:.3f} au" for away in apart.values()),
            f"{r[index]:.3f} au",
            f"{speed[index]:.2f} km/s",
            "" if rows.elongation_deg is None else f"{rows.elongation_deg[index]:.1f}°",
        ]
        if rows.t_mag is not None:
            cells.append(f"{rows.t_mag[index]:.1f}")
        found.append(TableRow(tuple(cells)))
    return found
