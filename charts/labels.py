"""Short names for rows, sources and bodies: what stands beside a mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from charts.numbers import NBSP, format_day, format_time
from charts.units import subscript_formula
from science.records import Citation, MeasurementRecord
from science.vocabulary import QUANTITIES

_BODY_NAMES = {"1I": "1I/'Oumuamua", "2I": "2I/Borisov", "3I": "3I/ATLAS"}
#: Observatories that are no place or telescope, or say too much for a label.
_NO_TELESCOPE = re.compile(
    r"\A-\Z|\d|fit to|geometry for|not named|^ground|^Earth$|^NASA$|^multi", re.IGNORECASE
)
_NAMED_NUMBERS = re.compile(r"\A(7-Dimensional|IRAM 30|GBT 100)")
_LONGEST_TELESCOPE = 24


def body_name(body: str) -> str:
    """Return a body as a reader knows it: ``3I`` is ``3I/ATLAS``, a comet keeps its designation."""
    return _BODY_NAMES.get(body, body)


def capitalised(text: str) -> str:
    """Return a text with its first letter raised and the rest as it is."""
    return text[:1].upper() + text[1:]


def shortened(text: str, longest: int) -> str:
    """Return a text of at most ``longest`` characters, cut at a word and marked as cut."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > longest // 2 else cut).rstrip(" ,;:-") + "…"


def source_label(citation: Citation) -> str:
    """Return a source as a short reference: ``Jewitt et al. 2026``, ``NASA 2025``."""
    if citation.kind == "own_computation":
        return f"own computation{NBSP}{citation.year}" if citation.year else "own computation"
    authors = re.sub(r"\s*\([^)]*\)", "", citation.authors).strip()
    if not authors or re.match(r"author (list|unknown)|third party|various", authors):
        authors = shortened(citation.title, 34)
    elif "et al." in authors or ("," in authors and "&" in authors):
        authors = f"{authors.split(',')[0].replace(' et al.', '')} et al."
    return f"{shortened(authors, 34)}{NBSP}{citation.year}" if citation.year else shortened(authors, 38)


def source_link(citation: Citation) -> str | None:
    """Return where a source can be opened: its address, else its DOI or preprint."""
    if citation.url:
        return citation.url
    if citation.doi:
        return f"https://doi.org/{citation.doi}"
    return f"https://arxiv.org/abs/{citation.arxiv}" if citation.arxiv else None


def telescope(row: MeasurementRecord) -> str | None:
    """Return the telescope or spacecraft of a row, if its name is short enough for a label."""
    name = re.sub(r"\s*\([^)]*\)", "", row.observatory or "").strip()
    if not name or len(name) > _LONGEST_TELESCOPE:
        return None
    return name if _NAMED_NUMBERS.match(name) or not _NO_TELESCOPE.search(name) else None


def instrument(row: MeasurementRecord) -> str | None:
    """Return the instrument or method of a row, if it is short enough for a label."""
    name = re.sub(r"\s*\([^)]*\)", "", row.instrument or "").strip()
    return name if 1 < len(name) <= _LONGEST_TELESCOPE else None


def month_of(row: MeasurementRecord) -> str | None:
    """Return the month in which a row was observed, or the years of a long arc; None if unknown."""
    start, end = row.observed_from, row.observed_to
    if start is None:
        return None
    if end is not None and (end - start).days > 62:
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    return format_time(f"{start:%Y-%m}", short=True)


def where_and_when(row: MeasurementRecord) -> str:
    """Return where and when a row was observed with its distance from the Sun, as far as known."""
    parts = [telescope(row), month_of(row)]
    if row.r_h_au is not None:
        parts.append(f"{row.r_h_au:g}{NBSP}au{f' {row.leg}' if row.leg else ''}")
    return ", ".join(part for part in parts if part)


def row_label(row: MeasurementRecord, body: str, *, with_quantity: bool = False) -> str:
    """Return what distinguishes a row among its neighbours.

    Parameters
    ----------
    row : MeasurementRecord
        The row to name.
    body : str
        The claim's object, which goes without saying.
    with_quantity : bool
        Whether the row must say its quantity, because its neighbours are of another.
    """
    parts = []
    if row.body != body:
        parts.append(body_name(row.body))
    if with_quantity:
        parts.append(QUANTITIES[row.quantity].title)
    if row.subject and row.subject not in QUANTITIES:
        parts.append(subscript_formula(row.subject))
    elif row.body == body:
        own = row.citation.kind == "own_computation"
        device = None if own else telescope(row) or instrument(row)
        place = ", ".join(part for part in (device, month_of(row)) if part)
        if device or not with_quantity:
            parts.append(place if device else source_label(row.citation))
    return capitalised(", ".join(parts))


def distinct_labels(
    rows: Sequence[MeasurementRecord], body: str, says_quantity: Callable[[MeasurementRecord], bool]
) -> dict[str, str]:
    """Return the label of each row by its key; rows that would share one get their day as well."""
    labels = {row.key: row_label(row, body, with_quantity=says_quantity(row)) for row in rows}
    often = Counter(labels.values())
    for row in rows:
        if often[labels[row.key]] > 1 and row.observed_from is not None:
            # the day stands in place of its month
            labels[row.key] = (
                f"{labels[row.key].removesuffix(f', {month_of(row)}')}, {format_day(row.observed_from)}"
            )
    return labels


def row_note(row: MeasurementRecord, label: str = "") -> str:
    """Return the second line of a row: its source, unless the label gave it, and its standing."""
    source = source_label(row.citation)
    standing = [
        source if capitalised(source) != label else "",
        "superseded" if row.superseded_by else "",
        "disputed" if row.disputed and not row.superseded_by else "",
        "assumed" if row.error_kind == "assumed" and "ssumed" not in label else "",
    ]
    return ", ".join(word for word in standing if word)
