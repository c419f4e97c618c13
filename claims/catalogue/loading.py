"""The catalogue as rows: one transaction that creates, updates what may be updated, and publishes new claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction

from claims import editing
from claims.catalogue.columns import (
    CAMPAIGNS,
    MEASUREMENTS,
    OBJECTS,
    OBSERVERS,
    SOLUTIONS,
    SOURCES,
    Columns,
    Kind,
)
from claims.catalogue.comparison import Comparison, compare
from claims.catalogue.problems import CatalogueRefused
from claims.catalogue.publication import publish_claims
from claims.catalogue.reading import Catalogue
from claims.catalogue.readings import GUIDED_READINGS
from claims.enquiries import renew_enquiries
from claims.models import Measurement, Source, VerdictVersion
from ephemeris.digests import solution_digest
from ephemeris.models import OrbitSolution, SmallBody
from ephemeris.queries import solution_record

Progress = Callable[[str, int, int], None]
"""Told after each step: what, how many are done, how many there are."""


@dataclass(slots=True)
class Loaded:
    """What a load did; ``changes`` and ``marked_stale`` are sentences."""

    created: dict[str, int] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    marked_stale: list[str] = field(default_factory=list)
    states: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(any(self.created.values()) or self.changes or self.marked_stale or self.states)


@transaction.atomic
def load(catalogue: Catalogue, *, at: datetime, progress: Progress) -> Loaded:
    """Bring the database to the catalogue, or change nothing and raise `CatalogueRefused`."""
    comparison = compare(catalogue)
    if comparison.refusals:
        raise CatalogueRefused(comparison.refusals)
    loaded = Loaded()
    for kind in (OBJECTS, OBSERVERS, SOURCES, MEASUREMENTS, CAMPAIGNS, SOLUTIONS, GUIDED_READINGS):
        new = comparison.created.get(kind.name, [])
        if new:
            _create(kind, new)
            progress(kind.name, len(new), len(new))
        loaded.created[kind.name] = len(new)
    _update(comparison)
    loaded.changes = [str(change) for change in comparison.changed]
    loaded.changes += _set_default_solutions(catalogue)
    loaded.marked_stale = _mark_superseded(comparison, at)
    if comparison.new_claims:
        loaded.states = publish_claims(comparison.new_claims, at=at, progress=progress)
    renew_enquiries()
    if loaded:
        editing.append_log(
            at=at,
            actor=None,
            action="load_catalogue",
            after={
                "created": {name: number for name, number in loaded.created.items() if number},
                "changed": loaded.changes,
                "claims": loaded.states,
            },
        )
    return loaded


def _references(kind: Kind, rows: Sequence[Columns]) -> list[Columns]:
    """Rows with the keys of other rows replaced by their primary keys."""
    ids: dict[str, dict[Any, Any]] = {}
    for name, lookup in kind.lookups.items():
        related: Any = kind.model._meta.get_field(name).related_model
        key = lookup.removeprefix(f"{name}__")
        ids[name] = dict(related._default_manager.values_list(key, "pk"))
    return [
        {
            (f"{name}_id" if name in ids else name): (
                ids[name][value] if name in ids and value is not None else value
            )
            for name, value in columns.items()
        }
        for columns in rows
    ]


def _create(kind: Kind, rows: list[Columns]) -> None:
    if kind is MEASUREMENTS:
        _create_measurements(rows)
        return
    objects = [kind.model(**columns) for columns in _references(kind, rows)]
    if kind is SOLUTIONS:
        _finish_solutions(objects)
    else:
        kind.model._default_manager.bulk_create(objects)


def _create_measurements(rows: list[Columns]) -> None:
    """Rows first, then what refers to rows of the same batch."""
    loose = [
        {name: value for name, value in columns.items() if name not in ("superseded_by", "also_in")}
        for columns in rows
    ]
    created = Measurement.objects.bulk_create(
        [Measurement(**columns) for columns in _references(MEASUREMENTS, loose)]
    )
    by_key = {row.key: row for row in created}
    sources = dict(Source.objects.values_list("key", "pk"))
    everything = dict(Measurement.objects.values_list("key", "pk"))
    through = Measurement.also_in.through
    through.objects.bulk_create(
        through(measurement_id=by_key[columns["key"]].pk, source_id=sources[key])
        for columns in rows
        for key in columns["also_in"]
    )
    superseded = []
    for columns in rows:
        if columns["superseded_by"]:
            by_key[columns["key"]].superseded_by_id = everything[columns["superseded_by"]]
            superseded.append(by_key[columns["key"]])
    Measurement.objects.bulk_update(superseded, ["superseded_by"])


def _finish_solutions(objects: list[Any]) -> None:
    """A solution knows its digest, and which earlier one of the same producer it replaces."""
    last: dict[tuple[int, str], OrbitSolution] = {}
    for row in OrbitSolution.objects.order_by("pk"):
        last[row.body_id, row.producer] = row
    bodies = SmallBody.objects.in_bulk()
    for row in objects:
        row.body = bodies[row.body_id]
        row.replaces = last.get((row.body_id, row.producer))
        row.digest = solution_digest(solution_record(row))
        row.save(force_insert=True)
        last[row.body_id, row.producer] = row


def _update(comparison: Comparison) -> None:
    for change in comparison.changed:
        stored: models.Model = change.kind.model._default_manager.get(**_natural_key(change.kind, change.key))
        wanted = {name: new for name, (_, new) in change.columns.items()}
        if "also_in" in wanted:
            stored.also_in.set(Source.objects.filter(key__in=wanted.pop("also_in")))  # type: ignore[attr-defined]
        if wanted:
            for name, value in _references_of(change.kind, wanted).items():
                setattr(stored, name, value)
            stored.save(update_fields=list(wanted))


def _references_of(kind: Kind, columns: Columns) -> Columns:
    named = {name: lookup for name, lookup in kind.lookups.items() if name in columns}
    return _references(Kind(kind.name, kind.model, kind.key, kind.columns, named), [columns])[0]


def _natural_key(kind: Kind, key: str) -> dict[str, str]:
    if kind is SOLUTIONS:
        body, _, solution = key.partition("/")
        return {"body__designation": body, "solution_id": solution}
    return {kind.key: key}


def _set_default_solutions(catalogue: Catalogue) -> list[str]:
    """The catalogue's default is used until a newer answer arrived: a fetched default is left alone."""
    changes = []
    standing = {
        row.body.designation: row
        for row in OrbitSolution.objects.filter(is_default=True).select_related("body")
    }
    for key, row in catalogue.solutions.items():
        if row.values.get("default") is not True:
            continue
        body, _, solution = key.partition("/")
        present = standing.get(body)
        if present and (present.retrieved_at or present.solution_id == solution):
            continue
        if present:
            OrbitSolution.objects.filter(pk=present.pk).update(is_default=False)
            changes.append(f"orbit solution {key}: default instead of {present.solution_id}")
        OrbitSolution.objects.filter(body__designation=body, solution_id=solution).update(is_default=True)
    return changes  # fmt: skip


def _mark_superseded(comparison: Comparison, at: datetime) -> list[str]:
    """A standing verdict that rests on a measurement which now has a successor is stale."""
    marked = []
    for key, successor in comparison.superseded.items():
        better = Measurement.objects.get(key=successor)
        versions = VerdictVersion.objects.filter(
            evidence__measurement__key=key, claim__current_version=models.F("pk"), claim__withdrawn_at=None
        ).select_related("claim")
        for version in versions.distinct().order_by("claim__slug"):
            detail = f"The measurement {key} was superseded by {successor}: {better.statement}"
            if editing.mark_stale(version, "measurement_superseded", detail, subject_key=key, at=at):
                marked.append(
                    f"{version.claim.slug} v{version.number} rests on {key}, superseded by {successor}"
                )
    return marked
