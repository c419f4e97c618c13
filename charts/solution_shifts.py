"""How far each new orbit solution moved its object from where the one before had it, at the moments that matter.

Not a chart of one claim: it is drawn for the page of an object's orbit solutions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from charts.figure import compose
from charts.labels import body_name
from charts.numbers import format_value
from charts.panels import Mark, Row, RowPanel
from charts.sky import day, minute
from charts.wording import spoken_list
from science.records import Drawing, TableRow

_COLUMNS = ("Solution", "Against", "Moment", "When", "Moved by", "On the Earth’s sky")


@dataclass(frozen=True, slots=True)
class Shifted:
    """What one solution changed at one moment; ``moment`` is in words, such as "Mars pass"."""

    solution_id: str
    before_id: str
    moment: str
    at: datetime
    km: float
    arcsec: float


def draw_shifts(body: str, shifts: Sequence[Shifted]) -> Drawing | None:
    """The shifts of an object's solutions, the newest solution first; None without one that moved it.

    Parameters
    ----------
    body
        Designation of the object.
    shifts
        What each solution changed, in the order of the rows.
    """
    drawn = [shift for shift in shifts if shift.km > 0.0]
    if not drawn:
        return None
    newest = [shift for shift in drawn if shift.solution_id == drawn[0].solution_id]
    moved = [f"{_km(shift.km)} at the {shift.moment}" if shift.moment != "Now" else f"{_km(shift.km)} now" for shift in newest]  # fmt: skip
    return Drawing(
        name="solution_shifts",
        title=f"How far each orbit solution moved {body_name(body)}",
        figure=compose([RowPanel("Moved by (km)", "log", tuple(_row(shift) for shift in drawn))]),
        columns=_COLUMNS,
        rows=tuple(
            TableRow(
                (
                    shift.solution_id,
                    shift.before_id,
                    shift.moment,
                    minute(shift.at),
                    _km(shift.km),
                    format_value(float(f"{shift.arcsec:.3g}"), unit="arcsec"),
                )
            )
            for shift in shifts
        ),
        finding=f"Against {newest[0].before_id}, solution {newest[0].solution_id} moves {body_name(body)} by {spoken_list(moved)}.",
        caption="Each solution is compared with the one before it, both followed by the same engine, so that only the orbit "
        "differs. A scale of powers of ten.",
    )  # fmt: skip


def _km(value: float) -> str:
    return format_value(float(f"{value:.4g}"), unit="km")


def _row(shift: Shifted) -> Row:
    text = _km(shift.km)
    # narrow paper has no room for the note: the label alone tells rows apart
    label = f"{shift.solution_id}, {'now' if shift.moment == 'Now' else shift.moment}"
    hover = f"{label}, against {shift.before_id}: {text}"
    return Row(
        label,
        f"against {shift.before_id}, {day(shift.at)}",
        text,
        (Mark(shift.km, "measured", hover=hover),),
    )
