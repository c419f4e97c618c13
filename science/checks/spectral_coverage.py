"""Does a line or band fall inside the range that an instrument covers?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from science.checks.comparing import printed
from science.checks.contract import (
    Amount,
    Check,
    CheckResult,
    Facts,
    MissingInput,
    Outcome,
    Parameter,
    ParameterRefused,
)
from science.records import AssertedRecord, MeasurementRecord

# CIE S 017:2020, term 17-21-003: the visible range begins at 360 to 400 nm and ends at 760 to 830 nm
VISIBLE_NM = (380.0, 780.0)
LIGHT_NM_MHZ = 2.99792458e11  # speed of light in nm MHz, SI, exact


def _band_nm(instrument: str, facts: Facts) -> tuple[float, float]:
    """Short and long end of an instrument's range in nanometres."""
    if instrument == "visible light":
        return VISIBLE_NM
    ends = {}
    for name in ("band_min_wavelength", "band_max_wavelength", "band_min_frequency", "band_max_frequency"):
        rows = facts.measurements_of(name, instrument)
        if rows and rows[-1].value:
            ends[name] = rows[-1].value
    if {"band_min_wavelength", "band_max_wavelength"} <= set(ends):
        return ends["band_min_wavelength"] * 1e3, ends["band_max_wavelength"] * 1e3  # um to nm
    if {"band_min_frequency", "band_max_frequency"} <= set(ends):
        return LIGHT_NM_MHZ / (ends["band_max_frequency"] * 1e3), LIGHT_NM_MHZ / (
            ends["band_min_frequency"] * 1e3
        )
    raise MissingInput(f"the range of {instrument} is not on record")


def _line_nm(row: MeasurementRecord) -> tuple[float, float]:
    value = row.value or 0.0
    if row.quantity == "line_wavelength":
        return value - (row.minus or 0.0), value + (row.plus or 0.0)
    if row.quantity == "signal_frequency":
        return LIGHT_NM_MHZ / value, LIGHT_NM_MHZ / value
    raise ParameterRefused(
        "lines", f"{row.key} is a {row.quantity}, expected a line_wavelength or signal_frequency"
    )


def _line_name(row: MeasurementRecord) -> str:
    if row.quantity == "signal_frequency":
        return f"{row.body} {row.value:g} MHz"
    return row.subject or row.body


def _length(nm: float) -> str:
    if nm >= 1e7:
        return f"{printed(nm / 1e7, 4)} cm"
    return f"{printed(nm / 1e3)} µm" if nm >= 1000 else f"{printed(nm)} nm"


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    low, high = _band_nm(params["instrument"], facts)
    lines = [facts.number(key) for key in params.get("lines", [])]
    spans = {_line_name(row): _line_nm(row) for row in lines}
    if "band_mhz" in params:
        nm = LIGHT_NM_MHZ / params["band_mhz"]
        spans[f"{params['band_mhz']:g} MHz"] = (nm, nm)
    if not spans:
        raise ParameterRefused("lines", "give at least one line or band_mhz")
    inside = {key: low <= short and long <= high for key, (short, long) in spans.items()}
    outcome: Outcome = (
        "within_limit" if all(inside.values()) else "disagrees" if not any(inside.values()) else "cannot_tell"
    )
    words = ", ".join(
        f"{key} at {_length((short + long) / 2)} {'inside' if inside[key] else 'outside'}"
        for key, (short, long) in spans.items()
    )
    first = next(iter(spans.values()))
    return CheckResult(
        outcome,
        f"{params['instrument']} covers {_length(low)} to {_length(high)}: {words}.",
        computed=Amount(low, "nm", plus=high - low, minus=0.0),
        asserted=Amount((first[0] + first[1]) / 2, "nm"),
        details={"inside": inside},
    )


CHECK = Check(
    name="spectral_coverage",
    question="Could the instrument have recorded the line?",
    quantity="line_wavelength",
    references=("Instrument ranges and lines of the catalogue.", "CIE S 017:2020, 17-21-003 (visible range)"),
    parameters=(
        Parameter("instrument", "text", "an instrument with its range on record, or visible light"),
        Parameter("lines", "measurements", "ids of lines", required=False),
        Parameter("band_mhz", "number", "a frequency", "MHz", required=False, minimum=1e-6, maximum=1e15),
        Parameter("expects", "choice", "what the claim needs", required=False, choices=("inside", "outside")),
    ),
    run=run,
    tolerance=0.0,
    chart="spectrum_coverage",
)
