"""The frozen records that cross every border of the house.

A record is what a remote reply, a database row and a page have in common: plain values with
their unit in the field name (or in a ``unit`` field where the vocabulary decides it), no model
instance, no Quantity, no Table.  Missing is ``None``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Limit = Literal["value", "upper", "lower"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a fact was read: enough to print a reference and to judge it."""

    key: str
    title: str
    authors: str
    year: int | None
    kind: str
    tier: int
    url: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    bibcode: str | None = None


@dataclass(frozen=True, slots=True)
class MeasurementRecord:
    """One measured, computed or reported fact, in the unit of the vocabulary.

    ``value`` is None for times, presences and texts.  ``plus`` and ``minus`` are both given or
    both None, are at least zero, and mean what ``error_kind`` says (sigma, range, scatter,
    assumed).  ``limit`` other than ``"value"`` is a statement about an instrument, never an absence.
    """

    key: str
    body: str
    quantity: str
    unit: str
    statement: str
    citation: Citation
    value: float | None = None
    plus: float | None = None
    minus: float | None = None
    limit: Limit = "value"
    error_kind: str | None = None
    as_printed: str | None = None
    value_time: str | None = None
    time_scale: str | None = None
    time_precision: str | None = None
    presence: str | None = None
    subject: str | None = None
    observed_from: datetime | None = None
    observed_to: datetime | None = None
    r_h_au: float | None = None
    leg: str | None = None
    instrument: str | None = None
    observatory: str | None = None
    series: str | None = None
    verification: str = "secondary"
    disputed: bool = False
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class AssertedRecord:
    """The number a claim asserts, converted to the vocabulary unit of its quantity.

    A quantity of kind time has ``value_time`` (ISO text, as precise as the claim) instead of ``value``.
    """

    quantity: str
    value: float | None
    unit: str
    relation: Literal["eq", "gt", "lt", "approx"]
    note: str = ""
    value_time: str | None = None


@dataclass(frozen=True, slots=True)
class CampaignRecord:
    """One observing campaign and the dates that its data became public, as far as known."""

    key: str
    body: str
    facility: str
    instrument: str
    archive: str
    observed_from: date | None
    observed_to: date | None
    first_public: date | None
    first_public_kind: str | None
    archive_release: date | None
    expected_release: str | None
    summary: str
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class NonGravitational:
    """Marsden's outgassing model: a = g(r(t - DT)) (A1 R + A2 T + A3 N).

    g(r) = ALN (r/R0)^-NM (1 + (r/R0)^NN)^-NK.  A1..A3 in au/d^2, R0 in au, DT in days.
    """

    a1_au_d2: float = 0.0
    a2_au_d2: float = 0.0
    a3_au_d2: float = 0.0
    aln: float = 1.0
    nk: float = 0.0
    nm: float = 2.0
    nn: float = 0.0
    r0_au: float = 1.0
    dt_d: float = 0.0


@dataclass(frozen=True, slots=True)
class Elements:
    """Osculating heliocentric elements, ecliptic and equinox J2000."""

    eccentricity: float
    perihelion_distance_au: float
    perihelion_time_tdb_jd: float
    longitude_of_ascending_node_deg: float
    argument_of_perihelion_deg: float
    inclination_deg: float


@dataclass(frozen=True, slots=True)
class StateVector:
    """Heliocentric position and velocity, ICRF axes."""

    position_au: tuple[float, float, float]
    velocity_au_d: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class OrbitSolutionRecord:
    """One orbit solution as its producer gave it: elements or a state, never both.

    ``sigma`` holds one-sigma errors under the names e, q, tp_d, om_deg, w_deg, i_deg, a1, a2, a3, dt_d;
    ``covariance`` is the full matrix in the order of ``covariance_labels`` (same names), where it is known.
    """

    body: str
    solution_id: str
    producer: str
    kind: str
    epoch_tdb_jd: float
    source: str
    elements: Elements | None = None
    state: StateVector | None = None
    non_gravitational: NonGravitational | None = None
    solution_date: str | None = None
    observations: int | None = None
    arc_from: date | None = None
    arc_to: date | None = None
    m1: float | None = None
    k1: float | None = None
    sigma: dict[str, float] = field(default_factory=dict)
    covariance_labels: tuple[str, ...] = ()
    covariance: tuple[tuple[float, ...], ...] = ()
    fit_rms_km: float | None = None
    fit_max_km: float | None = None
    note: str = ""
    is_default: bool = False

    def __post_init__(self) -> None:
        if (self.elements is None) == (self.state is None):
            raise ValueError(
                f"{self.body}: solution {self.solution_id} needs either elements or a state, "
                f"got {'both' if self.elements else 'neither'}"
            )


@dataclass(frozen=True, slots=True)
class ChartSubject:
    """All that a chart may draw: a claim's assertions beside the facts it is measured by.

    ``mentions`` are the rows that the claim itself cites as evidence; ``measurements`` adds the
    rows of the same plot series, so that a chart can show a history and mark the cited points.
    """

    slug: str
    title: str
    body: str
    verdict_label: str
    asserted: tuple[AssertedRecord, ...] = ()
    measurements: tuple[MeasurementRecord, ...] = ()
    cited_keys: frozenset[str] = frozenset()
    campaigns: tuple[CampaignRecord, ...] = ()
    solution: OrbitSolutionRecord | None = None
    check_params: tuple[tuple[str, dict[str, Any]], ...] = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a chart's table twin: texts ready to print, and the link of its source.

    ``key`` is the measurement or campaign the line shows; None for what the claim itself asserts.
    """

    cells: tuple[str, ...]
    link: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart in its three spellings: a Plotly figure, the same as table rows, and one finding.

    ``figure`` is a JSON-ready Plotly dictionary (lists, no base64, no default template).
    """

    name: str
    title: str
    figure: dict[str, Any]
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    finding: str
    caption: str
