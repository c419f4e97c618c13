"""The catalogue against the database: what is new, what changed, and what may not change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from claims.catalogue.columns import (
    CAMPAIGNS,
    FIELDS,
    MEASUREMENTS,
    OBJECTS,
    OBSERVERS,
    SOLUTIONS,
    SOURCES,
    Columns,
    Kind,
    observer_rows,
)
from claims.catalogue.problems import Problem, Row
from claims.catalogue.reading import Catalogue
from claims.catalogue.readings import GUIDED_READINGS
from claims.models import Claim, Measurement


@dataclass(frozen=True, slots=True)
class Change:
    """A stored row that the catalogue now has otherwise: column -> (stored, wanted)."""

    kind: Kind
    key: str
    columns: dict[str, tuple[Any, Any]]

    def __str__(self) -> str:
        told = ", ".join(
            f"{name} {_shown(old)} -> {_shown(new)}"
            for name, (old, new) in self.columns.items()
            if name != "digest"
        )
        return f"{self.kind.name} {self.key}: {told}"


@dataclass(slots=True)
class Comparison:
    """Everything that loading would do, and every reason why it must not."""

    created: dict[str, list[Columns]] = field(default_factory=dict)
    changed: list[Change] = field(default_factory=list)
    new_claims: list[Row] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)

    @property
    def superseded(self) -> dict[str, str]:
        """Measurements that were standing in the database and now have a successor."""
        return {
            change.key: change.columns["superseded_by"][1]
            for change in self.changed
            if change.kind is MEASUREMENTS and "superseded_by" in change.columns
        }

    def __bool__(self) -> bool:
        return bool(any(self.created.values()) or self.changed or self.new_claims or self.refusals)

    def findings(self) -> list[str]:
        """The differences as sentences, for the nightly integrity run."""
        missing = [
            f"{name} {_key_of(columns)} is in the catalogue and not in the database"
            for name, rows in self.created.items()
            for columns in rows
        ]
        changed = [f"{change} (stored -> catalogue)" for change in self.changed]
        claims = [f"claim {row.key} is in the catalogue and not in the database" for row in self.new_claims]
        return missing + changed + claims + [str(problem) for problem in self.refusals]


def compare(catalogue: Catalogue) -> Comparison:
    """Every difference between the catalogue and the database; nothing is written."""
    result = Comparison()
    for kind, rows in (
        (OBJECTS, catalogue.objects),
        (OBSERVERS, observer_rows()),
        (SOURCES, catalogue.sources),
        (MEASUREMENTS, catalogue.measurements),
        (CAMPAIGNS, catalogue.campaigns),
        (SOLUTIONS, catalogue.solutions),
        (GUIDED_READINGS, catalogue.readings),
    ):
        _compare_kind(kind, rows, result)
    present = set(Claim.objects.values_list("slug", flat=True))
    result.new_claims = [row for slug, row in catalogue.claims.items() if slug not in present]
    return result


def _compare_kind(kind: Kind, rows: dict[str, Row], result: Comparison) -> None:
    wanted = {key: kind.columns(row) for key, row in rows.items()}
    if not wanted:
        return
    stored = _stored(kind, next(iter(wanted.values())))
    result.created[kind.name] = [columns for key, columns in wanted.items() if key not in stored]
    for key, columns in wanted.items():
        if key not in stored:
            continue
        before = stored[key]
        if before.get("retrieved_at"):
            continue  # a worker fetched this solution before the catalogue named it: its row stands
        different = {name: (before[name], value) for name, value in columns.items() if before[name] != value}
        refused = _refused(kind, rows[key], different)
        if refused:
            result.refusals += refused
        elif different:
            result.changed.append(Change(kind, key, different))
    for key in sorted(stored.keys() - wanted.keys()):
        if not stored[key].get("retrieved_at"):
            file = next(iter(rows.values())).file
            result.refusals.append(
                Problem(
                    file, 1, f"{kind.name} {key} is in the database and gone from the catalogue; keep its row"
                )
            )


def _refused(kind: Kind, row: Row, different: dict[str, tuple[Any, Any]]) -> list[Problem]:
    """Changes of what was published, each with the old and the new value."""
    problems = [
        row.problem(
            f"{FIELDS.get(name, name)} is published as {_shown(old)} and cannot become {_shown(new)}; {kind.remedy}",
            FIELDS.get(name, name),
        )
        for name, (old, new) in different.items()
        if name in kind.fixed
    ]
    old, new = different.get("superseded_by", (None, None))
    if old is not None:
        problems.append(
            row.problem(
                f"superseded_by is {old!r} and cannot become {new!r}: supersede {old} instead",
                "superseded_by",
            )
        )
    return problems


def _stored(kind: Kind, wanted: Columns) -> dict[str, Columns]:
    """The rows of the database in the columns of the catalogue, by the catalogue's key."""
    names = [name for name in wanted if name != "also_in"]
    extra = ["retrieved_at"] if kind is SOLUTIONS else []
    lookups = [kind.lookups.get(name, name) for name in names] + extra
    rows: Iterable[tuple[Any, ...]] = kind.model._default_manager.order_by("pk").values_list(*lookups)
    stored = {}
    for values in rows:
        columns = dict(zip([*names, *extra], values, strict=True))
        stored[_key_of(columns)] = columns
    if kind is MEASUREMENTS:
        for columns in stored.values():
            columns["also_in"] = []
        for key, source in (
            Measurement.also_in.through.objects.order_by("source__key")
            .values_list("measurement__key", "source__key")
        ):  # fmt: skip
            stored[key]["also_in"].append(source)
    return stored


def _key_of(columns: Columns) -> str:
    if "solution_id" in columns:
        return f"{columns['body']}/{columns['solution_id']}"
    return str(columns.get("key") or columns.get("code") or columns["designation"])


def _shown(value: Any) -> str:
    return "absent" if value in (None, "", [], {}) else repr(value) if isinstance(value, str) else str(value)
