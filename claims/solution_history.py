"""An object's orbit solutions in order, each with what it changed against the one before."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.core.cache import cache

from claims.orbit_facts import OrbitFacts, orbit_facts
from ephemeris.comparisons import shifts
from ephemeris.models import OrbitSolution, SolutionComparison
from ephemeris.orbits import OrbitInUse, orbits_of
from science.refusals import Refused

KEPT_S = 86_400
_EVENTS = {"now": "Now", "mars": "Mars pass", "earth": "Earth pass", "jupiter": "Jupiter pass"}


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """How far the object is from where the earlier solution had it, at one moment."""

    event: str
    at: datetime
    km: float
    arcsec: float
    distance_km: float | None
    later_s: float | None

    @property
    def pass_words(self) -> str:
        """How near the pass now is, and how much later or earlier."""
        if self.distance_km is None or self.later_s is None:
            return ""
        sense = "earlier" if self.later_s < 0 else "later"
        return f"{self.distance_km / 1e6:,.3f} million km, {abs(self.later_s):.3g} s {sense}"


@dataclass(frozen=True, slots=True)
class Step:
    """One solution with its facts, and what it changed."""

    row: OrbitSolution
    facts: OrbitFacts | None
    before: OrbitSolution | None
    compared_at: datetime | None
    shifts: list[ShiftLine]


def history(designation: str, as_of: datetime) -> list[Step]:
    """Every solution of an object, newest first."""
    rows = list(
        OrbitSolution.objects.filter(body__designation=designation)
        .select_related("body", "replaces")
        .order_by("pk")
    )
    by_id = {row.pk: orbit for row, orbit in zip(rows, orbits_of(rows), strict=True)}
    stored = {
        (found.new_id, found.old_id): found for found in SolutionComparison.objects.filter(new__in=rows)
    }
    steps = []
    for number, row in enumerate(rows):
        before = row.replaces or (rows[number - 1] if number else None)
        compared_at, lines = None, []
        if before is not None:
            kept = stored.get((row.pk, before.pk))
            if kept is not None:
                compared_at, found = kept.computed_at, kept.shifts
            else:
                compared_at, found = _computed(by_id[row.pk], by_id[before.pk], as_of)
            lines = [_line(shift) for shift in found]
        steps.append(Step(row, orbit_facts(row), before, compared_at, lines))
    return steps[::-1]


def _computed(new: OrbitInUse, old: OrbitInUse, as_of: datetime) -> tuple[datetime, list[dict[str, Any]]]:
    """The shifts between two solutions that no refresh compared, as of today."""
    day = as_of.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    both = sha256(f"{new.identity}\n{old.identity}".encode()).hexdigest()
    key = f"shifts:{both}:{day:%Y%m%d}"
    found: list[dict[str, Any]] | None = cache.get(key)
    if found is None:
        try:
            found = [asdict(shift) for shift in shifts(new, old, day)]
        except Refused:
            found = []  # one of the two reaches no common moment
        cache.set(key, found, KEPT_S)
    return day, found


def _line(shift: dict[str, Any]) -> ShiftLine:
    return ShiftLine(
        event=_EVENTS.get(shift["event"], shift["event"]),
        at=datetime.fromisoformat(shift["utc"]),
        km=shift["shift_km"],
        arcsec=shift["shift_arcsec"],
        distance_km=shift.get("new_distance_km"),
        later_s=shift.get("later_s"),
    )
