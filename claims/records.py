"""Rows to records and records to JSON and back: what a published version freezes for its chart."""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Iterable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from typing import Any

from claims.models import AssertedQuantity, Measurement, Source
from science.records import AssertedRecord, ChartSubject, Citation, MeasurementRecord


def citation(source: Source) -> Citation:
    return Citation(
        key=source.key,
        title=source.title,
        authors=source.authors_short,
        year=source.year,
        kind=source.kind,
        tier=source.tier,
        url=source.url or None,
        doi=source.doi or None,
        arxiv=source.arxiv or None,
        bibcode=source.bibcode or None,
    )


def measurement_record(row: Measurement) -> MeasurementRecord:
    """The measurement of a row with its citation (``source`` must be selected)."""
    limit = {"upper": "upper", "lower": "lower"}.get(row.limit, "value")
    return MeasurementRecord(
        key=row.key,
        body=row.body,
        quantity=row.quantity,
        unit=row.unit,
        statement=row.statement,
        citation=citation(row.source),
        value=row.value,
        plus=row.plus,
        minus=row.minus,
        limit=typing.cast("typing.Literal['value', 'upper', 'lower']", limit),
        error_kind=row.error_kind or None,
        as_printed=row.as_printed or None,
        value_time=row.value_time or None,
        time_scale=row.time_scale or None,
        time_precision=row.time_precision or None,
        presence=row.presence or None,
        subject=row.subject or None,
        observed_from=row.observed_from,
        observed_to=row.observed_to,
        r_h_au=row.r_h_au,
        leg=row.leg or None,
        instrument=row.instrument or None,
        observatory=row.observatory or None,
        series=row.series or None,
        verification=row.verification,
        disputed=row.disputed,
        superseded_by=row.superseded_by.key if row.superseded_by else None,
    )


def asserted_records(rows: Iterable[AssertedQuantity]) -> tuple[AssertedRecord, ...]:
    return tuple(
        AssertedRecord(
            quantity=row.quantity,
            value=row.value,
            unit=row.unit,
            relation=typing.cast("typing.Literal['eq', 'gt', 'lt', 'approx']", row.relation),
            note=row.note,
            value_time=row.value_time or None,
        )
        for row in rows
    )


_hints = functools.cache(typing.get_type_hints)


def to_json(value: Any) -> Any:
    """A record as JSON: dates as ISO text, sets sorted, empty fields left out."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: to_json(inner)
            for field in fields(value)
            if (inner := getattr(value, field.name)) is not None and inner != ()
        }
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [to_json(inner) for inner in value]
    if isinstance(value, dict):
        return {key: to_json(inner) for key, inner in value.items()}
    return value


def from_json(kind: Any, value: Any) -> Any:
    """The record of type ``kind`` that `to_json` wrote."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        return from_json(next(inner for inner in arguments if inner is not type(None)), value)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        # `to_json` left empty fields out: of those without a default, a tuple is empty and anything else is None
        missing = {
            field.name: () if typing.get_origin(hints[field.name]) is tuple else None
            for field in fields(kind)
            if field.name not in value and field.default is MISSING and field.default_factory is MISSING
        }
        return kind(**missing, **{name: from_json(hints[name], inner) for name, inner in value.items()})
    if kind is datetime or kind is date:
        return kind.fromisoformat(value)
    if origin is frozenset:
        return frozenset(value)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(from_json(arguments[0], inner) for inner in value)
        return tuple(from_json(inner_kind, inner) for inner_kind, inner in zip(arguments, value, strict=True))
    return value


def chart_subject(frozen: dict[str, Any]) -> ChartSubject:
    """What a version's chart is drawn from, as it was frozen at publication."""
    subject: ChartSubject = from_json(ChartSubject, frozen)
    return subject
