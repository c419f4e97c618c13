"""Claimed and recorded: each asserted number beside the values the claim is checked against.

Rows on one value axis for each kind of quantity; quantities of different units never share an axis.
This is the general chart: any claim with a number has one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charts.figure import Guide, Mark, Row, RowPanel, compose, with_unit
from charts.labels import capitalised, row_label, row_note
from charts.numbers import format_asserted, format_measurement, format_unit
from charts.registry import Chart
from charts.scales import ScaleKind
from charts.wording import (
    COLUMNS,
    asserted_line,
    measured_line,
    sources_sentence,
    spoken_asserted,
    spoken_rows,
)
from science.records import AssertedRecord, ChartSubject, Drawing, Limit, MeasurementRecord
from science.vocabulary import QUANTITIES

#: Quantities of one unit whose comparison is the point, under one title.
FAMILIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "speed": ("speed", ("excess_speed", "heliocentric_speed", "relative_speed")),
    "radius": ("radius", ("nucleus_radius", "equivalent_radius_with_coma")),
    "push": (
        "non-gravitational acceleration",
        (
            "nongravitational_a1",
            "nongravitational_a2",
            "nongravitational_a3",
            "nongravitational_acceleration",
        ),
    ),
    "period": ("period", ("rotation_period", "jet_period")),
    "distance": ("distance", ("close_approach_distance", "hill_radius")),
    "elongation": ("angle from the Sun", ("solar_elongation", "pointing_limit_min", "pointing_limit_max")),
    "temperature": ("temperature", ("equilibrium_temperature", "phase_change_temperature")),
    "mass rate": (
        "mass lost per second",
        ("mass_rate_dust", "mass_rate_ni", "mass_rate_h2o", "mass_rate_co2"),
    ),
    "production": (
        "molecules or atoms released per second",
        tuple(
            key for key in QUANTITIES if key.startswith("production_rate_") and key != "production_rate_slope"
        ),
    ),
    "wavelength band": ("range covered", ("band_min_wavelength", "band_max_wavelength")),
    "frequency band": ("range covered", ("band_min_frequency", "band_max_frequency")),
    "date": ("date", tuple(key for key, kind in QUANTITIES.items() if kind.kind == "time")),
}
_FAMILY_OF = {key: family for family, (_, keys) in FAMILIES.items() for key in keys}
#: Quantities too mixed to show rows that the claim does not cite.
_ONLY_CITED = frozenset({"count", "fraction", "probability", "duration", "detection_significance"})

_LIMITS: dict[str, Limit] = {"eq": "value", "approx": "value", "gt": "lower", "lt": "upper"}

_MOST_PANELS = 4
_MOST_ROWS = 14
#: Positive values spread wider than this go on a logarithmic axis.
_WIDE_SPREAD = 40.0


@dataclass(frozen=True, slots=True)
class _Group:
    """What shares one axis."""

    name: str
    title: str
    claims: tuple[AssertedRecord, ...]
    cited: tuple[MeasurementRecord, ...]
    others: tuple[MeasurementRecord, ...]

    def says_quantity(self, row: MeasurementRecord) -> bool:
        """Whether a row must name its quantity, because it is not the one that leads the panel."""
        rows = (*self.claims, *self.cited)
        return (
            self.name == "date"
            or len({row.quantity for row in rows}) > 1
            and row.quantity != rows[0].quantity
        )

    @property
    def rank(self) -> int:
        """0 for what is claimed and recorded, 1 for one of both with company, 2 for a lonely row."""
        if self.claims and self.cited + self.others:
            return 0
        return 1 if self.claims or len(self.cited + self.others) > 1 else 2


def draws(subject: ChartSubject) -> Drawing | None:
    """Return the chart of a claim's numbers, None if neither claim nor evidence has one."""
    groups = _groups(subject)
    if not groups:
        return None
    shown = _shown(groups)
    lines = [asserted_line(claim) for group in groups for claim in group.claims]
    for group in groups:
        lines += [measured_line(row, subject.body) for row in group.cited]
        lines += [measured_line(row, subject.body, cited=False) for row in group.others]
    return Drawing(
        name="asserted_vs_measured",
        title="Claimed and recorded",
        figure=compose([_panel(group, subject) for group in shown]),
        columns=COLUMNS,
        rows=tuple(lines),
        finding=finding_of(groups, subject),
        caption=_caption(shown, groups),
    )


def finding_of(groups: Sequence[_Group], subject: ChartSubject) -> str:
    """Return one sentence with the claimed and the cited numbers of the first comparison."""
    claimed = [group for group in groups if group.claims]
    if not claimed:
        parts = [
            f"{group.title} {spoken_rows(group.cited, subject.body, group.says_quantity, most=3)}"
            for group in groups[:3]
            if group.cited
        ]
        return f"The claim gives no number; the evidence it cites has {', '.join(parts)}."
    group = next((group for group in claimed if group.cited), claimed[0])
    what = group.title
    if group.name in _ONLY_CITED and group.claims[0].note:
        what += f" ({group.claims[0].note})"
    start = f"The claim puts the {what} at {spoken_asserted(group.claims)}"
    if group.cited:
        return f"{start}; recorded: {spoken_rows(group.cited, subject.body, group.says_quantity)}."
    beside = [other for other in groups if other.cited][:2]
    if beside:
        parts = [f"{other.title} {spoken_rows(other.cited, subject.body, most=2)}" for other in beside]
        return f"{start}; the evidence has no number of this kind, but {', '.join(parts)}."
    return f"{start}; the evidence it cites has no number to set beside it."


def _groups(subject: ChartSubject) -> list[_Group]:
    names: list[str] = []
    claims: dict[str, list[AssertedRecord]] = {}
    cited: dict[str, list[MeasurementRecord]] = {}
    others: dict[str, list[MeasurementRecord]] = {}
    for claim in subject.asserted:
        if claim.value is None and claim.value_time is None:
            continue
        name = _FAMILY_OF.get(claim.quantity, claim.quantity)
        names.append(name)
        claims.setdefault(name, []).append(claim)
    numbers = [row for row in subject.measurements if row.value is not None or row.value_time is not None]
    for row in numbers:
        if row.key in subject.cited_keys:
            name = _FAMILY_OF.get(row.quantity, row.quantity)
            names.append(name)
            cited.setdefault(name, []).append(row)
    for row in numbers:
        name = _FAMILY_OF.get(row.quantity, row.quantity)
        if row.key not in subject.cited_keys and _stands_beside(
            row, subject.body, claims.get(name, ()), cited.get(name, ())
        ):
            others.setdefault(name, []).append(row)
    groups = [
        _Group(
            name,
            _title(name, claims.get(name, ()), cited.get(name, ())),
            tuple(claims.get(name, ())),
            tuple(cited.get(name, ())),
            tuple(others.get(name, ())),
        )
        for name in dict.fromkeys(names)
    ]
    return sorted(groups, key=lambda group: group.rank)


def _stands_beside(
    row: MeasurementRecord, body: str, claims: Sequence[AssertedRecord], cited: Sequence[MeasurementRecord]
) -> bool:
    """Whether a row that the claim does not cite belongs beside those it does."""
    if row.quantity in _ONLY_CITED or QUANTITIES[row.quantity].kind == "time" or row.superseded_by:
        return False
    if any(
        (twin.quantity, twin.subject, twin.body) == (row.quantity, row.subject, row.body) for twin in cited
    ):
        return True
    claimed = any(claim.quantity == row.quantity for claim in claims)
    return claimed and row.subject is None and row.body == body


def _title(name: str, claims: Sequence[AssertedRecord], cited: Sequence[MeasurementRecord]) -> str:
    quantities = {row.quantity for row in (*claims, *cited)}
    if len(quantities) == 1:
        return QUANTITIES[quantities.pop()].title
    return FAMILIES[name][0]


def _shown(groups: list[_Group]) -> list[_Group]:
    """The groups that are drawn: those that compare something first, lonely rows only as company."""
    shown: list[_Group] = []
    rows = 0
    for group in groups:
        size = len(group.claims) + len(group.cited) + len(group.others)
        crowded = len(shown) == _MOST_PANELS or rows + size > _MOST_ROWS
        lonely = group.rank == 2 and (shown[0].rank == 0 if shown else False)
        if shown and (crowded or lonely or (group.rank == 2 and len(shown) > 2)):
            continue
        shown.append(group)
        rows += size
    return shown


def _panel(group: _Group, subject: ChartSubject) -> RowPanel:
    kind = _kind(group)
    rows = []
    for claim in group.claims:
        several = len({row.quantity for row in (*group.claims, *group.cited)}) > 1
        words = f"Claimed {QUANTITIES[claim.quantity].title}" if several else "Claimed"
        text = format_asserted(claim)
        value = claim.value if claim.value is not None else claim.value_time
        if value is None:
            continue
        off_scale = kind == "log" and not isinstance(value, str) and value <= 0
        mark = Mark(
            _date(value),
            "asserted",
            limit=_LIMITS[claim.relation],
            hover=f"Claimed: {text}",
            off_scale=off_scale,
        )
        rows.append(Row(words, _claim_note(claim, off_scale), text, (mark,), claimed=True))
    ordered = [*group.cited, *group.others]
    if kind != "date":
        ordered = [*_by_value(group.cited), *_by_value(group.others)]
    for row in ordered:
        rows.append(_measured_row(row, group, subject, kind))
    guides = tuple(
        Guide(_date(value), "asserted")
        for claim in group.claims
        if (value := claim.value if claim.value is not None else claim.value_time) is not None
        and not (kind == "log" and not isinstance(value, str) and value <= 0)
    )
    unit = next(iter(row.unit for row in (*group.claims, *group.cited, *group.others)), "")
    title = (
        f"{capitalised(group.title)} (UTC)"
        if kind == "date"
        else with_unit(capitalised(group.title), format_unit(unit))
    )
    return RowPanel(title, kind, tuple(rows), guides)


def _claim_note(claim: AssertedRecord, off_scale: bool) -> str:
    where = "left of this logarithmic scale" if off_scale and claim.relation != "gt" else ""
    return "; ".join(part for part in (claim.note, where) if part)


def _measured_row(row: MeasurementRecord, group: _Group, subject: ChartSubject, kind: ScaleKind) -> Row:
    label = row_label(row, subject.body, with_quantity=group.says_quantity(row))
    text = format_measurement(row)
    role = "measured" if row.key in subject.cited_keys else "other"
    value = row.value if row.value is not None else _date(row.value_time or "")
    off_scale = kind == "log" and not isinstance(value, str) and value <= 0
    mark = Mark(
        value,
        role,
        None if off_scale else row.plus,
        None if off_scale else row.minus,
        row.limit,
        f"{label}: {text} ({row_note(row)})",
        off_scale=off_scale,
    )
    return Row(label, row_note(row, label), text, (mark,))


def _by_value(rows: Sequence[MeasurementRecord]) -> list[MeasurementRecord]:
    return sorted(rows, key=lambda row: -(row.value or 0.0))


def _date(value: float | str) -> float | str:
    """A date in full for the axis; a bare year or month is put in its middle."""
    if not isinstance(value, str):
        return value
    if len(value) == 4:
        return f"{value}-07-02"
    return f"{value}-15" if len(value) == 7 else value.rstrip("Z")


def _kind(group: _Group) -> ScaleKind:
    if group.name == "date":
        return "date"
    numbers = [row.value for row in (*group.claims, *group.cited, *group.others) if row.value is not None]
    positive = [value for value in numbers if value > 0]
    if any(value < 0 for value in numbers) or not positive or len(positive) < 2:
        return "linear"
    spread = max(positive) / min(positive)
    customary = any(QUANTITIES[row.quantity].log10_customary for row in (*group.cited, *group.others))
    if any(value == 0 for value in numbers):
        return "log" if spread > (_WIDE_SPREAD / 2 if customary else _WIDE_SPREAD) else "linear"
    return "log" if spread > _WIDE_SPREAD or (customary and spread > 3) else "linear"


def _caption(shown: Sequence[_Group], groups: Sequence[_Group]) -> str:
    cited = [row for group in shown for row in group.cited]
    others = [row for group in shown for row in group.others]
    parts = []
    if any(group.claims for group in shown):
        parts.append("Diamond and dashed line: as claimed.")
    if cited:
        parts.append("Filled: cited as evidence.")
    if others:
        parts.append("Hollow: other values of the same quantity on record.")
    if any(row.limit != "value" for row in cited + others):
        parts.append("Bar with arrow: a limit, which is no measurement of absence.")
    if len(shown) < len(groups):
        parts.append("Further numbers stand in the table.")
    return " ".join([*parts, sources_sentence(cited + others)]).strip()


CHART = Chart("asserted_vs_measured", "How do the claimed and the recorded numbers compare?", draws)
