"""The object in an observer's sky: its height through a night at a site, or its angle from a planet."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from charts.figure import compose
from charts.labels import body_name
from charts.panels import Band, Group, Line, PlanePanel, Point
from charts.registry import Chart
from charts.scales import day_number
from charts.sky import calendar, checks_named, iso, minute, moment, orbit_sentence, rounded, states
from charts.wording import asserted_line, format_asserted
from science import observers
from science.checks.pointing import EVERYDAY
from science.encounters import nearest_on_sky
from science.ephemerides import apparent_separation_deg, ephemeris
from science.records import ChartSubject, Drawing, OrbitSolutionRecord, TableRow

_AROUND_H = 14
_COLUMNS = ("What", "Value", "Where and when", "Source")
_DARK_DEG = -6.0


def draws(subject: ChartSubject) -> Drawing | None:
    """Return the track that the claim's check speaks of; the pass of Mars in the Earth's sky otherwise."""
    solution = subject.solution
    if solution is None:
        return None
    sites = checks_named(subject, "sky_position_at_site")
    if sites:
        return _night(subject, solution, str(sites[0]["site"]), moment(sites[0]["epoch"]))
    apart = checks_named(subject, "angular_separation")
    if apart:
        params = apart[0]
        return _separation(
            subject, solution, str(params["observer"]), str(params["first"]),
            moment(params["window_from"]), moment(params["window_to"]) + timedelta(days=1),
        )  # fmt: skip
    dated = checks_named(subject, "position_at_epoch")
    if dated:
        middle = moment(dated[0]["epoch"])
        return _separation(
            subject, solution, "Earth", "Mars", middle - timedelta(days=20), middle + timedelta(days=20)
        )
    return None


def _night(subject: ChartSubject, solution: OrbitSolutionRecord, site: str, epoch: datetime) -> Drawing:
    place = observers.observer(EVERYDAY.get(site.lower(), site))
    first, last = epoch - timedelta(hours=_AROUND_H), epoch + timedelta(hours=_AROUND_H)
    table = states(solution, first, last)
    instants = calendar(first, last, 169)
    rows = ephemeris(table, place, instants)
    if rows.alt_deg is None or rows.sun_alt_deg is None or rows.az_deg is None:
        raise ValueError(f"{site}: expected a place with a horizon")
    times = iso(instants)
    dark = rows.sun_alt_deg < _DARK_DEG
    edges = np.flatnonzero(np.diff(dark.astype(int)))
    starts = ([0] if dark[0] else []) + [int(edge) + 1 for edge in edges if not dark[edge]]
    ends = [int(edge) for edge in edges if dark[edge]] + ([len(dark) - 1] if dark[-1] else [])
    bands = tuple(
        Band(times[start], times[end], "night" if number == 0 else "")
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    )
    at = ephemeris(table, place, [epoch])
    if at.alt_deg is None or at.sun_alt_deg is None or at.az_deg is None:
        raise ValueError(f"{site}: expected a place with a horizon")
    point = Point(
        f"{epoch:%Y-%m-%dT%H:%M}",
        round(float(at.alt_deg[0]), 2),
        hover=minute(epoch),
        symbol="diamond",
        label="claimed time",
    )
    panel = PlanePanel(
        "Time (UTC)",
        "Height above the horizon, degrees",
        "date",
        "linear",
        (Group("claimed time", "asserted", (point,)),),
        (
            Line(times, rounded(rows.alt_deg, 2), "measured", body_name(subject.body)),
            Line(times, rounded(rows.sun_alt_deg, 2), "series2", "Sun", "dash", label_at="start"),
            Line((times[0], times[-1]), (0.0, 0.0), "axis", ""),
        ),
        bands,
        x_range=(day_number(first), day_number(last)),
        y_range=(-90.0, 90.0),
        legend=False,
    )
    local = f", {_clock(float(at.lmst_h[0]))} local mean solar time" if at.lmst_h is not None else ""
    altitude, sun = float(at.alt_deg[0]), float(at.sun_alt_deg[0])
    lines = [asserted_line(claim) for claim in subject.asserted if format_asserted(claim)]
    lines.append(
        TableRow(
            ("At the claimed time", f"altitude {altitude:.1f}, azimuth {float(at.az_deg[0]):.1f}, Sun {sun:.1f} degrees".replace("-", "−"),
             f"{place.name}, {minute(epoch)}{local}", "computed here")
        )
    )  # fmt: skip
    lines += [
        TableRow(
            (body_name(subject.body), f"altitude {rows.alt_deg[index]:.1f}, Sun {rows.sun_alt_deg[index]:.1f} degrees".replace("-", "−"),
             minute(instants.utc[index]), "computed here")
        )
        for index in range(0, len(times), 12)
    ]  # fmt: skip
    light = "in the dark" if sun < _DARK_DEG else "in daylight or twilight"
    return Drawing(
        name="sky_track",
        title=f"{body_name(subject.body)} above {place.name}",
        figure=compose([panel]),
        columns=_COLUMNS,
        rows=tuple(lines),
        finding=f"On {minute(epoch)}{local}, {body_name(subject.body)} stood {altitude:.0f} degrees above the horizon of "
        f"{place.name.split(',')[0]}, {light}.".replace("-", "−") if altitude < 0 else
        f"On {minute(epoch)}{local}, {body_name(subject.body)} stood {altitude:.0f} degrees above the horizon of "
        f"{place.name.split(',')[0]}, {light}.",
        caption=f"Shaded: Sun more than six degrees below the horizon. No refraction. {orbit_sentence(solution)}",
    )  # fmt: skip


def _clock(hours: float) -> str:
    minutes = round(hours * 60) % 1440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _separation(
    subject: ChartSubject,
    solution: OrbitSolutionRecord,
    observer: str,
    planet: str,
    first: datetime,
    last: datetime,
) -> Drawing:
    place = observers.observer(EVERYDAY.get(observer.lower(), observer))
    table = states(solution, first, last)
    instants = calendar(first, last, 121)
    angles = apparent_separation_deg(table, place, planet, instants)
    at, smallest = nearest_on_sky(table, place, planet, first, last)
    when = minute(at.utc[0])
    claims = [
        claim
        for claim in subject.asserted
        if claim.quantity == "angular_separation" and claim.value is not None
    ]
    lines = [Line(iso(instants), rounded(angles, 3), "measured", f"angle from {planet}")]
    lines += [
        Line((iso(instants)[0], iso(instants)[-1]), (claim.value or 0.0,) * 2, "asserted", f"claimed {format_asserted(claim)}", "dash", label_at="start")
        for claim in claims
    ]  # fmt: skip
    nearest = Point(iso(at)[0], round(smallest, 3), hover=when, label=f"{smallest:.2f} degrees")
    top = float(np.max(angles)) * 1.05
    panel = PlanePanel(
        "Date (UTC)",
        f"Angle between {body_name(subject.body)} and {planet}, degrees",
        "date",
        "linear",
        (Group("smallest", "measured", (nearest,)),),
        tuple(lines),
        x_range=(day_number(first), day_number(last)),
        y_range=(-0.03 * top if claims else 0.0, top),
        legend=False,
    )
    rows = [asserted_line(claim) for claim in subject.asserted if format_asserted(claim)]
    rows.append(
        TableRow(
            ("Smallest angle", f"{smallest:.3f} degrees", f"seen from {place.name}, {when}", "computed here")
        )
    )
    rows += [
        TableRow(
            (
                f"Angle from {planet}",
                f"{angles[index]:.2f} degrees",
                minute(instants.utc[index]),
                "computed here",
            )
        )
        for index in range(0, len(angles), 12)
    ]
    return Drawing(
        name="sky_track",
        title=f"{body_name(subject.body)} and {planet} in the sky",
        figure=compose([panel]),
        columns=_COLUMNS,
        rows=tuple(rows),
        finding=f"Seen from the {'Earth' if place.code == '500' else place.name}, {body_name(subject.body)} came no nearer to {planet} than "
        f"{smallest:.2f} degrees, on {when}.",
        caption=f"Apparent directions. {orbit_sentence(solution)}",
    )


CHART = Chart("sky_track", "Where in the sky was it?", draws)
