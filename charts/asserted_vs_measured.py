"""Claimed and recorded: each asserted number beside the values the claim is checked against.

Rows on one value axis for each kind of quantity.  This is the general chart: any claim with a
number, asserted or cited, has one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from charts.comparison import ONLY_CITED, Comparison, comparisons, scale_kind
from charts.facts import claimed_guides, claimed_row, recorded_row, stretch
from charts.figure import compose
from charts.labels import capitalised, distinct_labels
from charts.panels import RowPanel
from charts.registry import FALLBACK, Chart
from charts.traces import with_unit
from charts.units import format_unit
from charts.wording import (
    COLUMNS,
    asserted_line,
    marks_sentence,
    measured_line,
    sentence,
    sources_sentence,
    spoken_asserted,
    spoken_rows,
)
from science.records import ChartSubject, Drawing, MeasurementRecord
from science.vocabulary import QUANTITIES

_MOST_PANELS = 4
_MOST_ROWS = 14


def draws(subject: ChartSubject) -> Drawing | None:
    """Return the chart of a claim's numbers, None if neither claim nor evidence has one."""
    found = comparisons(subject)
    if not found:
        return None
    shown = _shown(found)
    lines = [asserted_line(claim) for comparison in found for claim in comparison.claims]
    for comparison in found:
        lines += [measured_line(row, subject.body) for row in comparison.cited]
        lines += [measured_line(row, subject.body, cited=False) for row in comparison.others]
    return Drawing(
        name=FALLBACK,
        title="Claimed and recorded",
        figure=compose([panel_of(comparison, subject) for comparison in shown]),
        columns=COLUMNS,
        rows=tuple(lines),
        finding=finding_of(found, subject),
        caption=_caption(shown, found),
    )


def panel_of(comparison: Comparison, subject: ChartSubject) -> RowPanel:
    """Return the rows of one comparison: claimed, then cited, then other values, the largest first."""
    kind = scale_kind(comparison.claims, (*comparison.cited, *comparison.others))
    several = len(comparison.quantities) > 1
    rows = [
        claimed_row(
            claim, kind, label=f"Claimed {QUANTITIES[claim.quantity].title}" if several else "Claimed"
        )
        for claim in comparison.claims
    ]
    recorded = (*comparison.cited, *comparison.others)
    labels = distinct_labels(recorded, subject.body, comparison.says_quantity)
    for group in (comparison.cited, comparison.others):
        ordered = group if kind == "date" else sorted(group, key=lambda row: -(row.value or 0.0))
        rows += [recorded_row(row, subject, kind, label=labels[row.key]) for row in ordered]
    title = capitalised(comparison.title)
    return RowPanel(
        f"{title} (UTC)" if kind == "date" else with_unit(title, format_unit(comparison.unit)),
        kind,
        tuple(rows),
        claimed_guides(comparison.claims, kind),
        ticks=_whole_ticks(comparison),
    )


def _whole_ticks(comparison: Comparison) -> tuple[tuple[float, str], ...]:
    """Ticks at whole numbers for a few things counted; empty where the axis finds its own."""
    numbers = [claim.value for claim in comparison.claims if claim.value is not None]
    numbers += [row.value for row in comparison.cited if row.value is not None]
    if comparison.name != "count" or max(numbers, default=9.0) > 5:
        return ()
    return tuple((float(number), str(number)) for number in range(7))


def finding_of(found: Sequence[Comparison], subject: ChartSubject) -> str:
    """Return one sentence with the claimed and the cited numbers of the first comparison."""

    def named(several: Sequence[Comparison], most: int) -> str:
        parts = [
            f"{comparison.title} {spoken_rows(comparison.cited, subject.body, comparison.says_quantity, most=most)}"
            for comparison in several
        ]
        return ", ".join(parts)

    claimed = [comparison for comparison in found if comparison.claims]
    if not claimed:
        rows = [row for comparison in found[:3] for row in comparison.cited[:3]]
        return sentence(
            ["the claim gives no number", f"the evidence it cites has {named(found[:3], 3)}"], rows
        )
    first = next((comparison for comparison in claimed if comparison.cited), claimed[0])
    what = first.title
    if first.name in ONLY_CITED and first.claims[0].note:
        what += f" ({first.claims[0].note})"
    parts = [f"the claim puts the {what} at {spoken_asserted(first.claims)}"]
    rows = list(first.cited or first.others)[:4]
    if rows:
        where = "recorded" if first.cited else "on record"
        spoken = spoken_rows(first.cited or first.others, subject.body, first.says_quantity)
        return sentence([*parts, f"{where}: {spoken}"], rows)
    beside = [comparison for comparison in found if comparison.cited][:2]
    if not beside:
        return sentence([*parts, "the evidence it cites has no number to set beside it"], ())
    rows = [row for comparison in beside for row in comparison.cited[:2]]
    return sentence([*parts, f"the evidence has no number of this kind, but {named(beside, 2)}"], rows)


def _shown(found: list[Comparison]) -> list[Comparison]:
    """What is drawn: comparisons first; a lonely row only where there is little else.

    Values that the claim does not cite are left to the table where they would crowd a panel.
    """
    shown: list[Comparison] = []
    for comparison in found:
        room = max(0, _MOST_ROWS - len(comparison.claims) - len(comparison.cited))
        trimmed = replace(comparison, others=comparison.others[:room])
        rows = sum(other.size for other in shown)
        crowded = len(shown) == _MOST_PANELS or rows + trimmed.size > _MOST_ROWS
        lonely = comparison.rank == 2 and (len(shown) > 2 or any(other.rank == 0 for other in shown))
        if not shown or not (crowded or lonely):
            shown.append(trimmed)
    return shown


def _caption(shown: Sequence[Comparison], found: Sequence[Comparison]) -> str:
    cited: list[MeasurementRecord] = [row for comparison in shown for row in comparison.cited]
    others = [row for comparison in shown for row in comparison.others]
    parts = [marks_sentence(any(comparison.claims for comparison in shown), cited, others)]
    times = [claim.value_time for comparison in shown for claim in comparison.claims]
    if any(stretch(time) for time in (*times, *(row.value_time for row in cited))):
        parts.append("Thick bar: a date given as a month or year.")
    if sum(comparison.size for comparison in shown) < sum(comparison.size for comparison in found):
        parts.append("Further numbers stand in the table.")
    return " ".join([*parts, sources_sentence(cited + others)]).strip()


CHART = Chart(FALLBACK, "How do the claimed and the recorded numbers compare?", draws)
