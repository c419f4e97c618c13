"""What can be compared on one axis: a claim's numbers grouped with the recorded ones.

Quantities of different units never share an axis.  Quantities of one unit do where their comparison
is the point, as with speeds in different frames or radii with and without the coma.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from charts.scales import ScaleKind
from science.records import AssertedRecord, ChartSubject, MeasurementRecord
from science.vocabulary import QUANTITIES

#: Family -> (title, quantities); a quantity in no family stands alone.
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

#: Quantities that mean something else in every row: only what the claim cites is set beside it, and
#: a sentence about them must say what was counted.
ONLY_CITED = frozenset({"count", "fraction", "probability", "duration", "detection_significance"})

#: Positive values spread wider than this go on a logarithmic axis; those that the field customarily
#: draws that way already at the narrower spread.
_WIDE_SPREAD = 40.0
_CUSTOMARY_SPREAD = 3.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """The claimed and recorded numbers that share one axis."""

    name: str
    title: str
    claims: tuple[AssertedRecord, ...]
    cited: tuple[MeasurementRecord, ...]
    others: tuple[MeasurementRecord, ...]

    @property
    def quantities(self) -> list[str]:
        """The quantities that are claimed or cited, in that order, each once."""
        named = [claim.quantity for claim in self.claims] + [row.quantity for row in self.cited]
        return list(dict.fromkeys(named))

    @property
    def unit(self) -> str:
        """The unit of the axis."""
        return QUANTITIES[self.quantities[0]].unit

    @property
    def size(self) -> int:
        """How many rows it takes."""
        return len(self.claims) + len(self.cited) + len(self.others)

    @property
    def rank(self) -> int:
        """0 for what is both claimed and recorded, 1 for either with company, 2 for a lonely row."""
        if self.claims and self.cited + self.others:
            return 0
        return 1 if self.claims or self.size > 1 else 2

    def says_quantity(self, row: MeasurementRecord) -> bool:
        """Return whether a row must name its quantity, because another one leads the axis."""
        return self.name == "date" or row.quantity != self.quantities[0]


def comparisons(subject: ChartSubject) -> list[Comparison]:
    """Return a claim's numbers by axis: those that are claimed and recorded first, lonely rows last.

    Rows that the claim does not cite are set beside the cited ones of the same quantity and subject.
    """
    claimed = [claim for claim in subject.asserted if claim.value is not None or claim.value_time is not None]
    numbers = [row for row in subject.measurements if row.value is not None or row.value_time is not None]
    cited = [row for row in numbers if row.key in subject.cited_keys]
    named = [claim.quantity for claim in claimed] + [row.quantity for row in cited]
    found = []
    for name in dict.fromkeys(_FAMILY_OF.get(quantity, quantity) for quantity in named):
        claims_here = tuple(
            claim for claim in claimed if _FAMILY_OF.get(claim.quantity, claim.quantity) == name
        )
        cited_here = _of(name, cited)
        beside = [row for row in numbers if row.key not in subject.cited_keys]
        others = [
            row for row in _of(name, beside) if _stands_beside(row, subject.body, claims_here, cited_here)
        ]
        quantities = {claim.quantity for claim in claims_here} | {row.quantity for row in cited_here}
        title = QUANTITIES[quantities.pop()].title if len(quantities) == 1 else FAMILIES[name][0]
        found.append(Comparison(name, title, claims_here, cited_here, tuple(others)))
    return sorted(found, key=lambda comparison: comparison.rank)


def _of(name: str, rows: Iterable[MeasurementRecord]) -> tuple[MeasurementRecord, ...]:
    return tuple(row for row in rows if _FAMILY_OF.get(row.quantity, row.quantity) == name)


def _stands_beside(
    row: MeasurementRecord,
    body: str,
    claims: Sequence[AssertedRecord],
    cited: Sequence[MeasurementRecord],
) -> bool:
    """Whether a row that the claim does not cite belongs beside those it does."""
    if row.quantity in ONLY_CITED or QUANTITIES[row.quantity].kind == "time" or row.superseded_by:
        return False
    if any(
        (twin.quantity, twin.subject, twin.body) == (row.quantity, row.subject, row.body) for twin in cited
    ):
        return True
    claimed = any(claim.quantity == row.quantity for claim in claims)
    return claimed and row.subject is None and row.body == body


def scale_kind(
    claims: Sequence[AssertedRecord],
    rows: Sequence[MeasurementRecord],
    quantities: Callable[[str], bool] = lambda key: QUANTITIES[key].log10_customary,
) -> ScaleKind:
    """Return the kind of axis that suits numbers: dates, linear, or logarithmic where they spread widely.

    A claimed zero does not keep wide-spread values from a logarithmic axis; it is drawn at its edge.
    """
    numbers = [
        number for number in (*(c.value for c in claims), *(r.value for r in rows)) if number is not None
    ]
    if not numbers:
        return "date"
    positive = [value for value in numbers if value > 0]
    named = [claim.quantity for claim in claims] + [row.quantity for row in rows]
    if any(QUANTITIES[quantity].unit == "deg" for quantity in named):
        return "linear"
    if any(value < 0 for value in numbers) or len(positive) < 2:
        return "linear"
    spread = max(positive) / min(positive)
    customary = any(quantities(row.quantity) for row in rows)
    if 0 in numbers:
        return "log" if spread > (_WIDE_SPREAD / 2 if customary else _WIDE_SPREAD) else "linear"
    return "log" if spread > (_CUSTOMARY_SPREAD if customary else _WIDE_SPREAD) else "linear"
