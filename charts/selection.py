"""Which measurements a claim's chart wants: those it cites, and those that stand beside them.

The reader of the database and a notebook use the same rule: ``wanted`` says what to ask for,
``Wanted.takes`` decides about one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from science.records import AssertedRecord, MeasurementRecord

#: Quantities that only make sense together: drawing one asks for the others of the same body.
_TOGETHER: tuple[tuple[str, ...], ...] = (
    ("band_min_wavelength", "band_max_wavelength"),
    ("band_min_frequency", "band_max_frequency"),
    ("ratio_c2_cn", "production_rate_c2", "production_rate_cn"),
    ("ratio_ni_fe", "production_rate_ni", "production_rate_fe"),
    ("nucleus_mass", "nucleus_radius"),
    ("rotation_period", "jet_period"),
)
#: Asked for only by what a claim asserts or a check names; these are too mixed to widen a plot.
_TOO_MIXED = frozenset({"count", "fraction", "probability", "duration", "finding", "presence", "event_epoch"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to ask for: row keys, plot series, and quantities of one body."""

    keys: frozenset[str]
    series: frozenset[str]
    quantities: frozenset[tuple[str, str]]

    def takes(self, row: MeasurementRecord) -> bool:
        """Return whether a row belongs to the chart."""
        return (
            row.key in self.keys
            or (row.series is not None and row.series in self.series)
            or (row.quantity, row.body) in self.quantities
        )


def wanted(
    body: str,
    cited: Iterable[MeasurementRecord],
    asserted: Iterable[AssertedRecord],
    check_params: Iterable[tuple[str, Mapping[str, Any]]],
) -> Wanted:
    """Return what a claim's chart asks for.

    Parameters
    ----------
    body : str
        Designation of the claim's object.
    cited : iterable of MeasurementRecord
        Rows that the claim cites as evidence.
    asserted : iterable of AssertedRecord
        What the claim asserts.
    check_params : iterable of (name, parameters)
        The machine checks of the claim with their parameters.
    """
    keys: set[str] = set()
    series: set[str] = set()
    quantities: set[tuple[str, str]] = set()
    for row in cited:
        keys.add(row.key)
        if row.series is not None:
            series.add(row.series)
        quantities |= {(quantity, row.body) for quantity in _companions(row.quantity)}
    for claim in asserted:
        quantities |= {(quantity, body) for quantity in (claim.quantity, *_companions(claim.quantity))}
    for _, params in check_params:
        for name, value in params.items():
            if name in ("measurement", "measurements", "lines") or name.endswith("_measurement"):
                keys |= set(value) if isinstance(value, list | tuple) else {str(value)}
        if "quantity" in params:
            named = str(params["quantity"])
            of = str(params.get("object", body))
            quantities |= {(quantity, of) for quantity in (named, *_companions(named))}
        if "instrument" in params:
            of = str(params["instrument"])
            quantities |= {(quantity, of) for group in _TOGETHER[:2] for quantity in group}
    quantities = {(quantity, of) for quantity, of in quantities if quantity not in _TOO_MIXED}
    return Wanted(frozenset(keys), frozenset(series), frozenset(quantities))


def campaign_keys(check_params: Iterable[tuple[str, Mapping[str, Any]]]) -> frozenset[str]:
    """Return the keys of the campaigns that a claim's checks name."""
    return frozenset(str(key) for _, params in check_params for key in params.get("campaigns", ()))


def _companions(quantity: str) -> tuple[str, ...]:
    return tuple(other for group in _TOGETHER if quantity in group for other in group if other != quantity)
