"""Sentences and table lines that go with a chart: the finding, the caption, the table twin.

A finding states the claimed number and the recorded ones; it never says who is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from charts.labels import capitalised, row_label, row_note, source_label, source_link, where_and_when
from charts.numbers import format_asserted, format_measurement, format_value, stated
from science.records import AssertedRecord, MeasurementRecord, TableRow
from science.vocabulary import QUANTITIES

COLUMNS = ("What", "Value", "Where and when", "Source")
_MOST_SOURCES = 6


def spoken_value(row: MeasurementRecord) -> str:
    """Return a value as it is read aloud: a limit says that it is one.

    An upper limit becomes ``an upper limit of 2.8 km``, never ``less than``, which would sound like
    a measurement.
    """
    if row.value is None or row.limit == "value":
        return format_measurement(row)
    bare = format_value(row.value, unit=row.unit, as_printed=row.as_printed)
    return f"{'an upper' if row.limit == 'upper' else 'a lower'} limit of {bare}"


def spoken_list(parts: Sequence[str], *, most: int = 4) -> str:
    """Return parts joined as in a sentence; beyond ``most`` the rest is counted."""
    shown = list(parts[:most])
    rest = len(parts) - len(shown)
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def spoken_rows(
    rows: Sequence[MeasurementRecord],
    body: str,
    says_quantity: Callable[[MeasurementRecord], bool] = lambda row: False,
    *,
    most: int = 4,
) -> str:
    """Return rows as one phrase: ``1.3 ± 0.2 km (HST, Dec 2025) and an upper limit of 2.8 km (...)``."""
    parts = [
        f"{spoken_value(row)} ({row_label(row, body, with_quantity=says_quantity(row))})" for row in rows
    ]
    return spoken_list(parts, most=most)


def sentence(parts: Sequence[str], rows: Iterable[MeasurementRecord]) -> str:
    """Return parts as one sentence; if an upper limit is among the rows, it says what that is not."""
    said = [part for part in parts if part]
    if any(row.limit == "upper" for row in rows):
        said.append("an upper limit is not a measurement of absence")
    return f"{capitalised('; '.join(said))}."


def spoken_asserted(claims: Sequence[AssertedRecord]) -> str:
    """Return what is asserted: ``11 km or more and 20 km or less`` reads as ``> 5.5 km and < 10 km``."""
    words = {"gt": "more than", "lt": "less than", "approx": "about", "eq": ""}
    parts = []
    for claim in claims:
        if claim.value is None:
            parts.append(format_asserted(claim))
            continue
        bare = format_value(stated(claim.value), unit=claim.unit)
        parts.append(f"{words[claim.relation]} {bare}".strip())
    return spoken_list(parts)


def asserted_line(claim: AssertedRecord) -> TableRow:
    """Return the table line of what the claim asserts."""
    title = QUANTITIES[claim.quantity].title
    return TableRow((f"Claimed: {title}", format_asserted(claim), claim.note, "the claim"))


def measured_line(row: MeasurementRecord, body: str, *, cited: bool = True) -> TableRow:
    """Return the table line of a measurement; one that the claim does not cite says so."""
    label = row_label(row, body, with_quantity=True)
    what = label if cited else f"{label} (not cited by the claim)"
    return TableRow(
        (what, format_measurement(row), where_and_when(row), row_note(row)),
        source_link(row.citation),
        row.key,
    )


def sources_sentence(rows: Iterable[MeasurementRecord]) -> str:
    """Return the sources of rows, each once, in order: ``Sources: Jewitt et al. 2026; NASA 2025.``"""
    names = list(dict.fromkeys(source_label(row.citation) for row in rows))
    if not names:
        return ""
    shown = "; ".join(names[:_MOST_SOURCES])
    rest = len(names) - _MOST_SOURCES
    return f"Sources: {shown}{f'; and {rest} more in the table' if rest > 0 else ''}."


def marks_sentence(
    claimed: bool, cited: Sequence[MeasurementRecord], others: Sequence[MeasurementRecord]
) -> str:
    """Return what the marks of a panel of rows mean, only for those that occur."""
    parts = []
    if claimed:
        parts.append("Diamond and dashed line: as claimed.")
    if cited:
        parts.append("Filled: cited as evidence.")
    if others:
        parts.append("Hollow: other values on record.")
    if any(row.limit != "value" for row in (*cited, *others)):
        parts.append("Bar with arrow: a limit, which is no measurement of absence.")
    return " ".join(parts)
