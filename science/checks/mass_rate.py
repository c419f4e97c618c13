"""A production rate as mass per second, and its share of what the body releases in all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from science.checks.comparing import (
    asserted_amount,
    asserted_of,
    compared,
    in_words,
    measured_amount,
    printed,
)
from science.checks.contract import (
    Amount,
    Check,
    CheckResult,
    Facts,
    MissingInput,
    Parameter,
    ParameterRefused,
)
from science.records import AssertedRecord, MeasurementRecord

AVOGADRO = 6.02214076e23  # 1/mol, SI, exact
# g/mol, IUPAC standard atomic weights 2021, abridged
MOLAR_MASS_G = {
    "H2O": 18.015, "OH": 17.007, "CO2": 44.009, "CO": 28.010, "CN": 26.018, "HCN": 27.026, "C2": 24.022,
    "NH": 15.015, "Ni": 58.693, "Fe": 55.845, "CH4": 16.043, "CH3OH": 32.042,
}  # fmt: skip
SPECIES = {f"production_rate_{name.lower()}": name for name in MOLAR_MASS_G}
VOLATILES = ("H2O", "CO2", "CO")
NEAR_AU = 0.5


def mass_rate_g_s(production_rate_s: float, species: str) -> float:
    """Mass per second of a production rate in molecules per second.

    >>> round(mass_rate_g_s(1.995e23, "Ni"), 1)
    19.4
    """
    return production_rate_s * MOLAR_MASS_G[species] / AVOGADRO


def _scaled(row: MeasurementRecord, species: str) -> Amount:
    factor = mass_rate_g_s(1.0, species)
    return Amount(
        (row.value or 0.0) * factor,
        "g / s",
        None if row.plus is None else row.plus * factor,
        None if row.minus is None else row.minus * factor,
        row.limit,
    )


def _volatile_output(row: MeasurementRecord, facts: Facts) -> tuple[float, list[str]]:
    """Grams per second of water, carbon dioxide and carbon monoxide measured nearest in distance."""
    total, used = 0.0, []
    for species in VOLATILES:
        near = [
            other
            for other in facts.measurements.values()
            if other.quantity == f"production_rate_{species.lower()}"
            and other.body == row.body
            and other.superseded_by is None
            and other.limit == "value"
            and other.leg == row.leg
            and other.value is not None
            and other.r_h_au is not None
            and row.r_h_au is not None
            and abs(other.r_h_au - row.r_h_au) <= NEAR_AU
        ]
        if near:
            closest = min(
                near, key=lambda other: (abs((other.r_h_au or 0.0) - (row.r_h_au or 0.0)), other.key)
            )
            total += mass_rate_g_s(facts.number(closest.key).value or 0.0, species)
            used.append(species)
    return total, used


def _species_of(row: MeasurementRecord, params: Mapping[str, Any]) -> str:
    species = params.get("species") or SPECIES.get(row.quantity)
    if species not in MOLAR_MASS_G:
        raise ParameterRefused("species", f"{species!r} is not one of {', '.join(MOLAR_MASS_G)}")
    return str(species)


def _from_measurement(
    row: MeasurementRecord, params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]
) -> CheckResult:
    species = _species_of(row, params)
    computed = _scaled(row, species)
    claimed = asserted_of(row.quantity, asserted)
    total, used = (0.0, []) if species in VOLATILES else _volatile_output(row, facts)
    share = (computed.value or 0.0) / total if total and species not in VOLATILES else None
    where = f" at {printed(row.r_h_au)} au" if row.r_h_au else ""
    beside = (
        f", {printed(100 * share, 2)} per cent of the mass of {' and '.join(used)} released nearby"
        if share is not None
        else ""
    )
    return CheckResult(
        compared(claimed, measured_amount(row)),
        f"{in_words(measured_amount(row))} of {species}{where} is {in_words(computed)}{beside}.",
        computed=computed,
        asserted=asserted_amount(claimed),
        details={"share_of_volatiles": None if share is None else float(f"{share:.3e}"), "volatiles": used},
    )  # fmt: skip


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    if "measurement" in params:
        return _from_measurement(facts.number(params["measurement"]), params, facts, asserted)
    if "quantity" not in params or "object" not in params:
        raise ParameterRefused("measurement", "missing; give a measurement, or a quantity and an object")
    rows = facts.measurements_of(params["quantity"], params["object"])
    values = [row for row in rows if row.limit == "value"]
    if not values:
        raise MissingInput(f"no {params['quantity'].replace('_', ' ')} of {params['object']} is on record")
    values = [row for row in values if not row.disputed] or values
    most = max(values, key=lambda row: (row.value or 0.0, row.key))
    if params["quantity"] in SPECIES:
        return _from_measurement(most, params, facts, asserted)
    claimed = asserted_of(most.quantity, asserted)
    where = f" at {printed(most.r_h_au)} au" if most.r_h_au else ""
    least = min(values, key=lambda row: (row.value or 0.0, row.key))
    spread = (
        f"; the smallest of {len(values)} values is {in_words(measured_amount(least))}"
        if len(values) > 1
        else ""
    )
    return CheckResult(
        compared(claimed, measured_amount(most)),
        f"{params['object']} was measured to release {in_words(measured_amount(most))}{where}{spread}.",
        computed=measured_amount(most),
        asserted=asserted_amount(claimed),
        details={"values": len(values)},
    )


CHECK = Check(
    name="mass_rate",
    question="How much mass a second is the measured production rate?",
    quantity="mass_rate_ni",
    references=("IUPAC standard atomic weights 2021", "SI Avogadro constant"),
    parameters=(
        Parameter("measurement", "measurement", "id of a production rate", required=False),
        Parameter("species", "choice", "the species", required=False, choices=tuple(MOLAR_MASS_G)),
        Parameter("quantity", "quantity", "a production or mass rate", required=False),
        Parameter("object", "text", "the body", required=False),
    ),
    run=run,
    tolerance=0.1,
    chart="production_rates",
)
