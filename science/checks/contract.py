"""What a check is: its question, its parameters, the facts it may look at, and the result it returns."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from science.records import AssertedRecord, CampaignRecord, MeasurementRecord, OrbitSolutionRecord
from science.state_table import StateTable

Outcome = Literal[
    "agrees", "disagrees", "within_limit", "frame_mismatch", "cannot_tell", "missing_input", "could_not_look"
]
OUTCOMES: dict[str, str] = {
    "agrees": "The computed and the asserted value agree.",
    "disagrees": "The computed and the asserted value disagree.",
    "within_limit": "What is asserted lies within the limits that were measured or computed, so it is possible.",
    "frame_mismatch": "The number is real, but it belongs to another frame of reference.",
    "cannot_tell": "The computation does not decide it.",
    "missing_input": "A fact that the computation needs is not on record.",
    "could_not_look": "The archive or service that would tell has not answered.",
}
# Printed results carry this many significant digits: enough for any sentence, and below the last
# digits in which two platforms may differ.
DIGITS = 6


class ParameterRefused(ValueError):
    """A parameter that a check cannot take; ``name`` says which and the message what is allowed."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name


class MissingInput(LookupError):
    """A fact that the record does not hold."""


@dataclass(frozen=True, slots=True)
class InputRef:
    """One input of a computation by kind (measurement, campaign, solution, poll, parameter) and id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its errors and unit; ``limit`` upper or lower makes it a limit.

    ``value_time`` holds an ISO instant instead of ``value`` where the quantity is a moment.
    """

    value: float | None
    unit: str = ""
    plus: float | None = None
    minus: float | None = None
    limit: Literal["value", "upper", "lower"] = "value"
    value_time: str | None = None
    # the errors are the ends of an interval, not standard errors
    is_range: bool = False

    def rounded(self) -> Amount:
        return Amount(
            significant(self.value),
            self.unit,
            significant(self.plus),
            significant(self.minus),
            self.limit,
            self.value_time,
            self.is_range,
        )


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found: an outcome, a sentence, the numbers, and everything it was computed from.

    ``series`` are named lists of numbers that the check's chart may draw; ``seed`` is the seed of
    a Monte Carlo, whose error stands in ``details`` under ``monte_carlo_error``.
    """

    outcome: Outcome
    sentence: str
    computed: Amount | None = None
    asserted: Amount | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    inputs: tuple[InputRef, ...] = ()
    solution_id: str | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a check: its name, kind, unit, bounds and meaning."""

    name: str
    kind: Literal[
        "number",
        "numbers",
        "text",
        "date",
        "dates",
        "measurement",
        "measurements",
        "campaigns",
        "quantity",
        "choice",
    ]
    meaning: str
    unit: str = ""
    required: bool = True
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HoldingsAnswer:
    """What an archive answered for a facility and window, and whether a control query found rows."""

    poll_id: str
    asked_at: datetime
    answered: bool
    row_count: int | None
    control_row_count: int | None
    first_public: str | None = None


class Orbit(Protocol):
    """An orbit solution ready to be asked: the record, and states between two TDB Julian dates."""

    @property
    def solution(self) -> OrbitSolutionRecord: ...

    def states(self, start_tdb_jd: float, stop_tdb_jd: float) -> StateTable: ...


@dataclass(slots=True)
class Facts:
    """The facts a check may look at; every look is noted in ``used``.

    Parameters
    ----------
    measurements : mapping of key to record
    campaigns : mapping of key to record
    orbit_of : callable(body) -> Orbit
        Raises LookupError for a body without a solution.
    holdings_of : callable(archive, facility, window_from, window_to) -> HoldingsAnswer or None
    as_of : datetime
        The moment that stands for "now" in the computation.
    body : str
        Whose claim it is: the object a check speaks of when its parameters name none.
    """

    as_of: datetime
    body: str = "3I"
    measurements: Mapping[str, MeasurementRecord] = field(default_factory=dict)
    campaigns: Mapping[str, CampaignRecord] = field(default_factory=dict)
    orbit_of: Callable[[str], Orbit] | None = None
    holdings_of: Callable[[str, str, str, str], HoldingsAnswer | None] | None = None
    used: list[InputRef] = field(default_factory=list)

    def measurement(self, key: str) -> MeasurementRecord:
        """The current row of ``key``: a superseded row leads to the one that replaces it."""
        seen = set()
        row = self.measurements.get(key)
        while row is not None and row.superseded_by and row.superseded_by not in seen:
            seen.add(row.superseded_by)
            row = self.measurements.get(row.superseded_by)
        if row is None:
            raise MissingInput(f"measurement {key} is not on record")
        self._note("measurement", row.key)
        return row

    def number(self, key: str) -> MeasurementRecord:
        """The measurement ``key``, which must be a number."""
        row = self.measurement(key)
        if row.value is None:
            raise MissingInput(f"measurement {key} has no number")
        return row

    def measurements_of(self, quantity: str, body: str | None = None) -> list[MeasurementRecord]:
        """Current numeric rows of ``quantity``, of one body or of all, oldest first."""
        rows = [
            row
            for row in self.measurements.values()
            if row.quantity == quantity
            and row.value is not None
            and row.superseded_by is None
            and body in (None, row.body)
        ]
        rows.sort(key=lambda row: (row.observed_from is None, str(row.observed_from), row.key))
        for row in rows:
            self._note("measurement", row.key)
        return rows

    def campaign(self, key: str) -> CampaignRecord:
        if key not in self.campaigns:
            raise MissingInput(f"campaign {key} is not on record")
        self._note("campaign", key)
        return self.campaigns[key]

    def orbit(self, body: str) -> Orbit:
        if self.orbit_of is None:
            raise MissingInput(f"no orbit solution of {body} was given")
        try:
            orbit = self.orbit_of(body)
        except LookupError as problem:
            raise MissingInput(f"no orbit solution of {body} is on record") from problem
        self._note("solution", f"{body}/{orbit.solution.solution_id}")
        return orbit

    def holdings(
        self, archive: str, facility: str, window_from: str, window_to: str
    ) -> HoldingsAnswer | None:
        if self.holdings_of is None:
            return None
        answer = self.holdings_of(archive, facility, window_from, window_to)
        if answer:
            self._note("poll", answer.poll_id)
        return answer

    def _note(self, kind: str, key: str) -> None:
        reference = InputRef(kind, key)
        if reference not in self.used:
            self.used.append(reference)


Run = Callable[[Mapping[str, Any], Facts, Sequence[AssertedRecord]], CheckResult]


@dataclass(frozen=True, slots=True)
class Check:
    """A check as the registry finds it.

    ``tolerance`` is the relative change of the computed value beyond which a published version that
    rests on it counts as stale.
    """

    name: str
    question: str
    quantity: str
    references: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    run: Run
    tolerance: float
    chart: str | None = None


def significant(value: float | None, digits: int = DIGITS) -> float | None:
    """``value`` rounded to significant digits; None stays None.

    >>> significant(0.19365912345)
    0.193659
    """
    if value is None or value == 0 or not math.isfinite(value):
        return value if value is None or math.isfinite(value) else None
    return float(f"{value:.{digits - 1}e}")
