"""How often chance alone gives a coincidence: the share of arrival dates, or of the sky, by how near counts as near."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from charts.figure import compose
from charts.labels import body_name
from charts.panels import Group, Line, PlanePanel, Point
from charts.registry import Chart
from charts.sky import checks_named, orbit_sentence, rounded
from charts.style import SERIES, SHAPES
from charts.wording import asserted_line, format_asserted
from science.checks.chance_alignment import (
    ARRIVALS,
    MEAN_DISTANCE_AU,
    SEED,
    Path,
    drawn_arrivals,
    nearest_passes_au,
    sky_cap_probability,
)
from science.records import ChartSubject, Drawing, OrbitSolutionRecord, TableRow

Array = NDArray[np.float64]

#: A chart needs fewer draws than the check: its line is a pixel wide.
_DRAWS = 4000
_COLUMNS = ("What", "Value", "Where and when", "Source")
_solutions: dict[str, OrbitSolutionRecord] = {}


def draws(subject: ChartSubject) -> Drawing | None:
    """Return the share of chances by distance or angle, None without a check of chance."""
    checks = checks_named(subject, "chance_alignment")
    if not checks:
        return None
    params = checks[0]
    if params.get("criterion") == "sky_separation" and "separation_deg" in params:
        return _sky(subject, float(str(params["separation_deg"])))
    limits = {
        planet: float(str(params[f"{planet.lower()}_within_au"]))
        for planet in MEAN_DISTANCE_AU
        if f"{planet.lower()}_within_au" in params
    }
    if subject.solution is None or not limits:
        return None
    return _passes(subject, subject.solution, limits)


@lru_cache(maxsize=16)
def _nearest(key: str, planet: str) -> Array:
    nearest: Array = np.sort(
        nearest_passes_au(Path(_solutions[key]), planet, drawn_arrivals(_DRAWS), MEAN_DISTANCE_AU[planet])
    )
    return nearest


def _passes(subject: ChartSubject, solution: OrbitSolutionRecord, limits: dict[str, float]) -> Drawing:
    key = repr(solution)
    _solutions[key] = solution
    lines, groups, rows, said = [], [], [], []
    for number, (planet, limit) in enumerate(limits.items()):
        nearest = _nearest(key, planet)
        reach = min(3.0 * limit, float(nearest[np.isfinite(nearest)][-1]))
        distances = np.linspace(0.0, reach, 61)
        shares = np.searchsorted(nearest, distances, side="right") / len(nearest)
        share = float(np.searchsorted(nearest, limit, side="right") / len(nearest))
        lines.append(Line(rounded(distances, 4), rounded(100.0 * shares, 3), SERIES[number], planet))
        groups.append(
            Group(
                f"{planet}, as it passed",
                SERIES[number],
                (
                    Point(
                        round(limit, 4),
                        round(100.0 * share, 3),
                        hover=f"{planet} within {limit:g} au: {100 * share:.1f} per cent",
                        symbol=SHAPES[number],
                    ),
                ),
            )
        )
        rows.append(
            TableRow(
                (
                    f"{planet} within {limit:g} au",
                    f"{100 * share:.1f} per cent of arrival dates",
                    f"{_DRAWS:,} dates, 1902 to 2050",
                    "computed here",
                )
            )
        )
        rows.append(
            TableRow(
                (
                    f"{planet} within {2 * limit:g} au",
                    f"{100 * float(np.searchsorted(nearest, 2 * limit, side='right') / len(nearest)):.1f} per cent of arrival dates",
                    "twice as generous",
                    "computed here",
                )
            )
        )
        said.append(f"{100 * share:.1f} per cent pass {planet} within {limit:g} au")
    claims = [asserted_line(claim) for claim in subject.asserted if format_asserted(claim)]
    panel = PlanePanel(
        "What counts as near, au",
        "Share of arrival dates, per cent",
        "linear",
        "linear",
        tuple(groups),
        tuple(lines),
        x_range=(0.0, max(max(float(x) for x in line.xs) for line in lines)),
        y_range=(0.0, min(100.0, 1.1 * max(max(line.ys) for line in lines))),
        legend=False,
    )
    return Drawing(
        name="alignment_histogram",
        title="How often the same path passes planets as near",
        figure=compose([panel]),
        columns=_COLUMNS,
        rows=tuple(claims + rows),
        finding=f"Of arrival dates drawn at random on the same path, {'; '.join(said)}; how rare the coincidence is depends on what counts as near.",
        caption=f"{_DRAWS:,} arrival dates drawn with seed {SEED} (the check draws {ARRIVALS:,}); marks: as {body_name(subject.body)} passed. "
        f"{orbit_sentence(solution)}",
    )  # fmt: skip


def _sky(subject: ChartSubject, separation_deg: float) -> Drawing:
    angles = np.linspace(0.0, 3.0 * separation_deg, 61)
    shares = np.array([100.0 * sky_cap_probability(float(angle)) for angle in angles])
    share = 100.0 * sky_cap_probability(separation_deg)
    panel = PlanePanel(
        "What counts as the same direction, degrees",
        "Share of the sky, per cent",
        "linear",
        "linear",
        (
            Group(
                "as asserted",
                "asserted",
                (Point(separation_deg, round(share, 4), hover=f"{separation_deg:g} degrees: {share:.2f} per cent", symbol="diamond", label=f"{separation_deg:g} degrees: {share:.1f} per cent"),),
            ),
        ),
        (Line(rounded(angles, 2), rounded(shares, 4), "measured", "share of the sky"),),
        x_range=(0.0, float(angles[-1])),
        y_range=(0.0, float(shares[-1]) * 1.05),
        legend=False,
    )  # fmt: skip
    rows = [asserted_line(claim) for claim in subject.asserted if format_asserted(claim)]
    rows += [
        TableRow(
            (
                f"Within {angle:g} degrees",
                f"{100 * sky_cap_probability(angle):.2f} per cent of the sky",
                "",
                "geometry of a sphere",
            )
        )
        for angle in (0.5 * separation_deg, separation_deg, 2 * separation_deg, 3 * separation_deg)
    ]
    return Drawing(
        name="alignment_histogram",
        title="How much of the sky counts as the same direction",
        figure=compose([panel]),
        columns=_COLUMNS,
        rows=tuple(rows),
        finding=f"A direction drawn at random lies within {separation_deg:g} degrees of a given one in {share:.1f} per cent of cases; "
        "how rare the coincidence is depends on what counts as the same direction.",
        caption="Share of a sphere within an angle of a point: (1 − cos θ) / 2.",
    )


CHART = Chart("alignment_histogram", "How rare is the coincidence?", draws)
