"""Where lines lie and what instruments cover: wavelengths on one axis, radio frequencies on another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charts.figure import compose
from charts.labels import body_name, row_note
from charts.numbers import THIN, format_asserted, format_measurement, format_value
from charts.panels import Band, Guide, Interval, Mark, Row, RowPanel
from charts.registry import Chart
from charts.traces import with_unit
from charts.units import format_unit, subscript_formula
from charts.wording import COLUMNS, asserted_line, measured_line, sources_sentence, spoken_list
from science.records import AssertedRecord, ChartSubject, Drawing, MeasurementRecord

#: Light the eye can see, in micrometres, rounded (CIE S 017:2020, term 17-21-003, leaves the ends open).
_VISIBLE_UM = (0.38, 0.78)


@dataclass(frozen=True, slots=True)
class _Spectrum:
    """One kind of axis: its quantities and the factor that brings a line to the unit of the bands."""

    title: str
    unit: str
    low: str
    high: str
    line: str
    line_factor: float


_SPECTRA = (
    _Spectrum("Wavelength", "um", "band_min_wavelength", "band_max_wavelength", "line_wavelength", 1e-3),
    _Spectrum("Frequency", "GHz", "band_min_frequency", "band_max_frequency", "signal_frequency", 1e-3),
)


@dataclass(frozen=True, slots=True)
class _Range:
    """What one instrument covers, in the unit of its spectrum."""

    name: str
    low: MeasurementRecord
    high: MeasurementRecord

    @property
    def text(self) -> str:
        """The range as printed: ``0.6–5.3 µm``."""
        low, high = ((row.value or 0.0) for row in (self.low, self.high))
        return f"{format_value(low)}–{format_value(high)}{THIN}{format_unit(self.low.unit)}"

    def holds(self, low: float, high: float) -> bool:
        """Return whether a line or group of lines lies wholly inside."""
        return (self.low.value or 0.0) <= low and high <= (self.high.value or 0.0)


def draws(subject: ChartSubject) -> Drawing | None:
    """Return bands and lines of a claim, None if it has no line, claimed frequency or pair of them."""
    panels, lines, sentences = [], [], []
    drawn: list[MeasurementRecord] = []
    for spectrum in _SPECTRA:
        ranges = _ranges(subject, spectrum)
        rows = [
            row for row in subject.measurements if row.quantity == spectrum.line and row.value is not None
        ]
        claims = [row for row in subject.asserted if row.quantity == spectrum.line and row.value is not None]
        if not rows and not claims:
            continue
        panels.append(_panel(spectrum, ranges, rows, claims))
        lines += [asserted_line(claim) for claim in claims]
        bands = [row for covered in ranges for row in (covered.low, covered.high)]
        for row in (*bands, *rows):
            lines.append(measured_line(row, subject.body, cited=row.key in subject.cited_keys))
            drawn.append(row)
        sentences.append(_sentence(spectrum, ranges, rows, claims))
    if not panels:
        return None
    visible = any(panel.bands for panel in panels)
    return Drawing(
        name="spectrum_coverage",
        title="What the instruments cover and where the lines lie",
        figure=compose(panels),
        columns=COLUMNS,
        rows=tuple(lines),
        finding=" ".join(sentences),
        caption=" ".join(
            [
                "Bar: range an instrument covers. Dot: line, or middle of a group of lines with its extent.",
                *(["Shaded: visible light, about 0.38 to 0.78 µm."] if visible else []),
                *(["Diamond: as claimed."] if any(row.claimed for p in panels for row in p.rows) else []),
                sources_sentence(drawn),
            ]
        ),
    )


def _ranges(subject: ChartSubject, spectrum: _Spectrum) -> list[_Range]:
    lows = {row.body: row for row in subject.measurements if row.quantity == spectrum.low and row.value}
    highs = {row.body: row for row in subject.measurements if row.quantity == spectrum.high and row.value}
    return [_Range(body, lows[body], highs[body]) for body in lows if body in highs]


def _panel(
    spectrum: _Spectrum,
    ranges: Sequence[_Range],
    lines: Sequence[MeasurementRecord],
    claims: Sequence[AssertedRecord],
) -> RowPanel:
    rows = [
        Row(
            f"Claimed {_of_line(spectrum)}",
            claim.note,
            format_asserted(claim),
            (
                Mark(
                    (claim.value or 0.0) * spectrum.line_factor,
                    "asserted",
                    hover=f"Claimed: {format_asserted(claim)}",
                ),
            ),
            claimed=True,
        )
        for claim in claims
    ]
    for covered in ranges:
        interval = Interval(
            covered.low.value or 0.0, covered.high.value or 0.0, "other", f"{covered.name}: {covered.text}"
        )
        rows.append(Row(covered.name, row_note(covered.low), covered.text, (interval,)))
    for line in lines:
        factor = spectrum.line_factor
        label = _line_name(line)
        mark = Mark(
            (line.value or 0.0) * factor,
            "measured",
            None if line.plus is None else line.plus * factor,
            None if line.minus is None else line.minus * factor,
            hover=f"{label}: {format_measurement(line)} ({row_note(line)})",
        )
        rows.append(Row(label, row_note(line), format_measurement(line), (mark,)))
    guides = tuple(Guide((claim.value or 0.0) * spectrum.line_factor, "asserted") for claim in claims)
    bands = (Band(*_VISIBLE_UM, "visible light"),) if spectrum.unit == "um" else ()
    return RowPanel(with_unit(spectrum.title, format_unit(spectrum.unit)), "log", tuple(rows), guides, bands)


def _of_line(spectrum: _Spectrum) -> str:
    return "wavelength" if spectrum.unit == "um" else "frequency"


def _line_name(row: MeasurementRecord) -> str:
    if row.subject:
        return row.subject[:1].upper() + row.subject[1:]
    return f"Lines of {subscript_formula(body_name(row.body))}"


def _extent(row: MeasurementRecord, factor: float) -> tuple[float, float]:
    value = row.value or 0.0
    return (value - (row.minus or 0.0)) * factor, (value + (row.plus or 0.0)) * factor


def _where(ranges: Sequence[_Range], low: float, high: float) -> str:
    inside = [covered.name for covered in ranges if covered.holds(low, high)]
    if inside:
        return f"inside the range of {spoken_list(inside)}"
    return "outside " + ("that range" if len(ranges) == 1 else "these ranges")


def _sentence(
    spectrum: _Spectrum,
    ranges: Sequence[_Range],
    lines: Sequence[MeasurementRecord],
    claims: Sequence[AssertedRecord],
) -> str:
    parts = []
    if ranges:
        parts.append(f"{spoken_list([f'{covered.name} covers {covered.text}' for covered in ranges])}")
    for claim in claims:
        value = (claim.value or 0.0) * spectrum.line_factor
        where = f", {_where(ranges, value, value)}" if ranges else ""
        parts.append(f"the claimed {_of_line(spectrum)} is {format_asserted(claim)}{where}")
    for row in lines:
        low, high = _extent(row, spectrum.line_factor)
        if ranges:
            where = f", {_where(ranges, low, high)}"
        elif spectrum.unit == "um" and _VISIBLE_UM[0] <= low and high <= _VISIBLE_UM[1]:
            where = ", in visible light"
        else:
            where = ""
        name = _line_name(row)
        parts.append(f"{name[:1].lower() + name[1:]}: {format_measurement(row)}{where}")
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


CHART = Chart("spectrum_coverage", "Do the lines fall into what the instrument covers?", draws)
