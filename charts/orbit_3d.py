"""The path through the Solar System as a plan: seen from the north of the ecliptic, planets where they were.

The scene in three dimensions stands on the object's page (`orbit_scene`); its path hardly leaves the plane
of the planets, so that a plan, which prints, loses little.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from charts.figure import compose
from charts.labels import body_name
from charts.orbit_scene import ecliptic, planet_path
from charts.panels import Group, Line, PlanePanel, Point
from charts.registry import Chart
from charts.sky import calendar, checks_named, day, minute, moment, orbit_sentence, rounded, states
from charts.wording import asserted_line, format_asserted
from science import planets
from science.encounters import perihelion
from science.records import ChartSubject, Drawing, OrbitSolutionRecord, TableRow
from science.timescales import from_utc

_COLUMNS = ("What", "Value", "Where and when", "Source")
_BEFORE_D, _AFTER_D = 150, 200
_PLANETS = {"Earth": "series1", "Mars": "asserted", "Jupiter": "series4"}
_POINTS = 101


def draws(subject: ChartSubject) -> Drawing | None:
    """Return the plan of the passage, None without an orbit."""
    if subject.solution is None:
        return None
    dates = [moment(params["epoch"]) for params in checks_named(subject, "position_at_epoch")]
    return plan(subject.solution, dates, subject)


def plan(
    solution: OrbitSolutionRecord, dates: list[datetime] | None = None, subject: ChartSubject | None = None
) -> Drawing:
    """The plan of an object's passage.

    Parameters
    ----------
    solution
        The orbit to draw.
    dates
        Moments to mark beside perihelion.
    subject
        The claim whose assertions open the table, if it is drawn for one.
    """
    name = body_name(solution.body)
    epoch = solution.epoch_tdb_jd
    near = states(solution, _utc(epoch - 390), _utc(epoch + 390))
    closest = perihelion(near)
    first, last = closest.utc - timedelta(days=_BEFORE_D), closest.utc + timedelta(days=_AFTER_D)
    marked = [when for when in (dates or []) if first <= when <= last]
    table = states(solution, first - timedelta(days=2), last + timedelta(days=2))
    path = ecliptic(table.position(calendar(first, last, _POINTS).tdb))
    outermost = float(np.max(np.linalg.norm(path, axis=1)))
    shown = [planet for planet in _PLANETS if planet != "Jupiter" or outermost > 4.5]
    lines = [
        Line(rounded(ring[:, 0], 3), rounded(ring[:, 1], 3), _PLANETS[planet], planet, "dot", 1.0)
        for planet in shown
        for ring in (planet_path(planet, closest.utc, 73),)
    ]
    lines.append(Line(rounded(path[:, 0], 3), rounded(path[:, 1], 3), "measured", name, width=2.2))
    moments = [(closest.utc, f"perihelion, {day(closest.utc)}"), *((when, day(when)) for when in marked)]
    at = ecliptic(table.position(from_utc([when for when, _ in moments]).tdb))
    groups = [
        Group("Sun", "series2", (Point(0.0, 0.0, hover="Sun", label="Sun"),)),
        Group(
            "dates",
            "measured",
            tuple(
                Point(round(float(x), 3), round(float(y), 3), hover=f"{label} ({minute(when)})", label=label)
                for (when, label), (x, y, _) in zip(moments, at, strict=True)
            ),
        ),
    ]
    tilt = 180.0 - solution.elements.inclination_deg if solution.elements else None
    reach = float(np.ceil(max(np.max(np.abs(path[:, :2])), 1.7) * 10) / 10) + 0.3
    panel = PlanePanel(
        "Towards the vernal equinox, au",
        "In the plane of the ecliptic, au",
        "linear",
        "linear",
        tuple(groups),
        tuple(lines),
        x_range=(-reach, reach),
        y_range=(-reach * 0.72, reach * 0.72),
        legend=False,
        same_scale=True,
    )
    rows = [asserted_line(claim) for claim in (subject.asserted if subject else ()) if format_asserted(claim)]
    rows.append(
        TableRow(
            (
                f"Perihelion of {name}",
                f"{closest.distance_au:.6f} au, {closest.relative_speed_km_s:.2f} km/s",
                minute(closest.utc),
                "computed here",
            )
        )
    )
    for when in [first + (last - first) * share for share in (0.0, 0.25, 0.5, 0.75, 1.0)] + marked:
        instants = from_utc([when])
        x, y, z = ecliptic(table.position(instants.tdb))[0]
        earth = ecliptic(planets.heliocentric_positions((399,), instants.tdb)[:, 0, :])[0]
        away = float(np.linalg.norm(np.array([x, y, z]) - earth))
        rows.append(
            TableRow(
                (
                    f"{name}",
                    f"x {x:.3f}, y {y:.3f}, z {z:.3f} au; {away:.3f} au from the Earth".replace("-", "−"),
                    minute(when),
                    "computed here",
                )
            )
        )
    plane = (
        f", in a plane tilted {tilt:.1f} degrees against the planets' and run the other way"
        if tilt is not None and tilt < 90
        else ""
    )
    return Drawing(
        name="orbit_3d",
        title=f"The path of {name}",
        figure=compose([panel]),
        columns=_COLUMNS,
        rows=tuple(rows),
        finding=f"{name} swung by the Sun on {day(closest.utc)} at {closest.distance_au:.3f} au and {closest.relative_speed_km_s:.1f} km/s{plane}.",
        caption=f"Seen from the north of the ecliptic of J2000.0; dotted: one revolution of {', '.join(shown)}. {orbit_sentence(solution)}",
    )  # fmt: skip


def _utc(tdb_jd: float) -> datetime:
    from science.timescales import as_datetime, from_tdb_jd

    return as_datetime(from_tdb_jd([tdb_jd]).utc[0])


CHART = Chart("orbit_3d", "Which way did it go?", draws)
