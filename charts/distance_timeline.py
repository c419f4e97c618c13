"""How far the object was from planets and the Sun, day by day, with its closest approaches."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from charts.figure import compose
from charts.labels import body_name
from charts.numbers import format_asserted
from charts.panels import Group, Line, PlanePanel, Point
from charts.registry import Chart
from charts.scales import day_number
from charts.sky import calendar, checks_named, day, iso, minute, moment, orbit_sentence, rounded, states
from charts.style import SERIES, SHAPES
from charts.wording import asserted_line, measured_line
from science import planets
from science.constants import J2000_JD
from science.encounters import close_approaches
from science.records import ChartSubject, CloseApproach, Drawing, MeasurementRecord, TableRow
from science.state_table import StateTable
from science.timescales import as_datetime, from_tdb_jd, from_utc

_AROUND_D = 130
_POINTS = 121
_COLUMNS = ("What", "Value", "Where and when", "Source")
_DEFAULT = ("Earth", "Mars")
_YEAR_D = 400.0


def draws(subject: ChartSubject) -> Drawing | None:
    """Return the distances about the claimed passage, None without an orbit."""
    solution = subject.solution
    if solution is None:
        return None
    first, last, bodies = _span(subject)
    table = states(solution, first - timedelta(days=2), last + timedelta(days=2))
    instants = calendar(first, last, _POINTS)
    place, sun = table.position(instants.tdb), planets.position(10, instants.tdb)
    apart = {
        body: np.linalg.norm(place + sun - planets.position(planets.body_id(body), instants.tdb), axis=1)
        for body in bodies
    }
    apart["the Sun"] = np.linalg.norm(place, axis=1)
    passages = [passage for body in bodies if (passage := _nearest(table, body, first, last)) is not None]
    discoveries = [] if bodies else _discoveries(subject, table)
    claims = [
        claim
        for claim in subject.asserted
        if claim.quantity == "close_approach_distance" and claim.value is not None
    ]
    lines = [
        Line(iso(instants), rounded(distance, 4), SERIES[number], f"from {body}")
        for number, (body, distance) in enumerate(apart.items())
        if body != "the Sun"
    ]
    lines.append(
        Line(iso(instants), rounded(apart["the Sun"], 4), "other", "from the Sun", "dot", label_at="start")
    )
    lines += [
        Line((iso(instants)[0], iso(instants)[-1]), (claim.value or 0.0,) * 2, "asserted",
             f"claimed {format_asserted(claim)}", "dash", label_at="start")
        for claim in claims
    ]  # fmt: skip
    top = max(max(line.ys) for line in lines)
    panel = PlanePanel(
        "Date (UTC)",
        "Distance, au",
        "date",
        "linear",
        tuple(_mark(passage, bodies.index(passage.target)) for passage in passages)
        + tuple(_discovery_group(discoveries)),
        tuple(lines),
        x_range=(day_number(first), day_number(last)),
        y_range=(-0.02 * top if claims else 0.0, top * 1.04),
        legend=False,
    )
    rows = [asserted_line(claim) for claim in subject.asserted if format_asserted(claim)]
    rows += [
        TableRow(
            (f"Closest approach to {passage.target}",
             f"{passage.distance_au:.6f} au ({passage.distance_km / 1e6:,.3f} million km), {passage.relative_speed_km_s:.2f} km/s",
             minute(passage.utc), "computed here")
        )
        for passage in passages
    ]  # fmt: skip
    rows += [
        measured_line(row, subject.body, cited=row.key in subject.cited_keys) for row, _, _ in discoveries
    ]
    rows += [
        TableRow(
            (
                f"Distance from {body}",
                f"{distance[index]:.3f} au",
                minute(instants.utc[index]),
                "computed here",
            )
        )
        for body, distance in apart.items()
        for index in range(0, _POINTS, _POINTS // 4)
    ]
    return Drawing(
        name="distance_timeline",
        title=f"How far {body_name(subject.body)} was",
        figure=compose([panel]),
        columns=_COLUMNS,
        rows=tuple(rows),
        finding=_finding(subject, passages, discoveries, float(apart["the Sun"][0]), bodies, first, last),
        caption=f"Marks: {'closest approaches' if bodies else 'first report'}. {orbit_sentence(solution)}",
    )


def _nearest(table: StateTable, body: str, first: datetime, last: datetime) -> CloseApproach | None:
    start, stop = (float(from_utc(when).tdb[0]) + J2000_JD for when in (first, last))
    found = close_approaches(table, body, start_tdb_jd=start, stop_tdb_jd=stop)
    return min(found, key=lambda passage: passage.distance_au) if found else None


def _discoveries(subject: ChartSubject, table: StateTable) -> list[tuple[MeasurementRecord, datetime, float]]:
    """Discovery dates on record, with the distance from the Sun on that day."""
    found = []
    for row in subject.measurements:
        if row.quantity == "discovery_epoch" and row.body == subject.body and row.value_time:
            when = moment(row.value_time)
            found.append((row, when, float(np.linalg.norm(table.position(from_utc(when).tdb)))))
    return found


def _discovery_group(discoveries: list[tuple[MeasurementRecord, datetime, float]]) -> list[Group]:
    points = tuple(
        Point(f"{when:%Y-%m-%d}", round(r, 3), hover=f"discovery, {day(when)}", label="first report")
        for _, when, r in discoveries
    )
    return [Group("discovery", "measured", points)] if points else []


def _finding(
    subject: ChartSubject,
    passages: list[CloseApproach],
    discoveries: list[tuple[MeasurementRecord, datetime, float]],
    r_first: float,
    bodies: list[str],
    first: datetime,
    last: datetime,
) -> str:
    name = body_name(subject.body)
    if discoveries:
        _, when, r = discoveries[0]
        return f"{name} was first reported on {day(when)}, {r:.1f} au from the Sun; in {first + timedelta(days=30):%Y} it was {r_first:.0f} au away."
    if not passages:
        return (
            f"{name} had no closest approach to {' or '.join(bodies)} between {day(first)} and {day(last)}."
        )
    said = [
        f"nearest to {passage.target} on {day(passage.utc)} at {passage.distance_au:.3f} au, {passage.distance_km / 1e6:.1f} million km"
        for passage in passages
    ]
    return f"{name} was {' and '.join(said)}."


def _span(subject: ChartSubject) -> tuple[datetime, datetime, list[str]]:
    """First and last instant, and the bodies to measure from; none when the claim speaks of years."""
    perihelion = _perihelion(subject)
    said = [
        moment(claim.value_time)
        for claim in subject.asserted
        if claim.quantity == "discovery_epoch" and claim.value_time is not None
    ]
    if said:
        return min([*said, perihelion]) - timedelta(days=30), perihelion + timedelta(days=_AROUND_D), []
    checks = checks_named(subject, "close_approach", "distance_in_radii", "position_at_epoch")
    bodies = [str(params["body"]) for params in checks if "body" in params]
    dates = [
        moment(params[key])
        for params in checks
        for key in ("window_from", "window_to", "epoch")
        if key in params
    ]
    near = [when for when in dates if abs((when - perihelion).days) <= _YEAR_D] or [perihelion]
    middle = min(near) + (max(near) - min(near)) / 2
    reach = timedelta(days=max(_AROUND_D, (max(near) - min(near)).days // 2 + 60))
    return middle - reach, middle + reach, list(dict.fromkeys(bodies or _DEFAULT))


def _mark(passage: CloseApproach, number: int) -> Group:
    point = Point(
        f"{passage.utc:%Y-%m-%dT%H:%M}",
        passage.distance_au,
        hover=f"{passage.target}, {minute(passage.utc)}: {passage.distance_au:.4f} au",
        symbol=SHAPES[number],
        label=f"{passage.distance_au:.3f} au",
    )
    return Group(f"nearest to {passage.target}", SERIES[number], (point,))


def _perihelion(subject: ChartSubject) -> datetime:
    solution = subject.solution
    if solution is None:
        raise ValueError(f"{subject.slug}: expected an orbit")
    if solution.elements is not None:
        return as_datetime(from_tdb_jd(solution.elements.perihelion_time_tdb_jd).utc[0])
    from science.orbits import elements_from_state, state_vector  # only where the producer gave a state

    elements = elements_from_state(state_vector(solution), solution.epoch_tdb_jd)
    return as_datetime(from_tdb_jd(elements.perihelion_time_tdb_jd).utc[0])


CHART = Chart("distance_timeline", "How near did it come, and when?", draws)
