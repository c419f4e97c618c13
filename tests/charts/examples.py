"""Synthetic facts for tests of single charts; none of them is a measurement of anything."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from science.records import AssertedRecord, ChartSubject, Citation, MeasurementRecord
from science.vocabulary import QUANTITIES

#: Charts that need nothing but the catalogue; those of the sky also want an ephemeris.
FIRST_CHARTS = frozenset(
    {
        "asserted_vs_measured",
        "ratio_series",
        "production_rates",
        "release_timeline",
        "mass_density",
        "period_ladder",
        "spectrum_coverage",
    }
)

PAPER = Citation(
    "paper", "A paper", "First, Second et al.", 2025, "peer_reviewed", 2, "https://example.org/paper"
)


def fact(key: str, quantity: str, value: float | None = None, **fields: Any) -> MeasurementRecord:
    """A measurement of 3I with the unit of the vocabulary and a made-up source."""
    values = {"body": "3I", "unit": QUANTITIES[quantity].unit, "statement": key, "citation": PAPER, **fields}
    return MeasurementRecord(key=key, quantity=quantity, value=value, **values)


def claimed(quantity: str, value: float | None, relation: Any = "eq", **fields: Any) -> AssertedRecord:
    """An asserted number in the unit of the vocabulary."""
    return AssertedRecord(quantity, value, QUANTITIES[quantity].unit, relation, **fields)


def subject_of(
    *rows: MeasurementRecord,
    asserted: tuple[AssertedRecord, ...] = (),
    cited: tuple[str, ...] | None = None,
    **fields: Any,
) -> ChartSubject:
    """A claim about 3I that cites all rows, or those named."""
    keys = frozenset(row.key for row in rows) if cited is None else frozenset(cited)
    return ChartSubject(
        "claim", "A claim", "3I", "", asserted=asserted, measurements=rows, cited_keys=keys, **fields
    )


def day(text: str) -> datetime:
    """A day at midnight UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
