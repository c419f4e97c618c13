"""The frozen records that cross every border of the house.

A record is what a remote reply, a database row and a page have in common: plain values with
their unit in the field name (or in a ``unit`` field where the vocabulary decides it), no model
instance, no Quantity, no Table.  Missing is ``None``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.float64]

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
class Observer:
    """A place to look from.

    ``kind`` is body (a centre: ``naif_id``), earth_site, mars_site or jwst.  Earth sites hold the MPC's
    parallax constants, Mars sites planetographic latitude and height over the ellipsoid.  ``accuracy_km``
    is how far the place itself may be off, where that is more than a kilometre; ``note`` says why.
    """

    code: str
    name: str
    kind: Literal["body", "earth_site", "mars_site", "jwst"]
    naif_id: int = 399
    longitude_east_deg: float = 0.0
    rho_cos_phi: float = 0.0
    rho_sin_phi: float = 0.0
    latitude_deg: float = 0.0
    height_km: float = 0.0
    landed_utc: datetime | None = None
    accuracy_km: float | None = None
    note: str = ""

    @property
    def has_horizon(self) -> bool:
        """Whether altitude and azimuth mean something here."""
        return self.kind in ("earth_site", "mars_site")


@dataclass(frozen=True, slots=True)
class MagnitudeLaw:
    """Total magnitude of a comet: T = M1 + 5 log10(delta) + k1 log10(r), and whose law it is."""

    m1: float
    k1: float
    solution_id: str


@dataclass(frozen=True, slots=True, eq=False)
class EphemerisRows:
    """A body as an observer sees it, one array entry (n,) an instant; a column that has no meaning is None.

    Positions are astrometric (light time, no aberration) in the ICRF; so are the rates.  ``sky_motion_pa_deg``
    counts from the pole of date, as Horizons does.  Elongation and phase are angles between apparent
    directions.  ``sigma_arcsec`` (long half-axis on the sky) and ``range_sigma_km`` are three sigma, made of
    what ``sigma_basis`` says.  Angles of the Sun, LMST and LTST (hours) and the sol belong to sites.
    """

    body: str
    solution_id: str
    engine: str
    origin: str
    observer: Observer
    utc: NDArray[np.datetime64]
    tdb_jd: Column
    ra_deg: Column
    dec_deg: Column
    ra_rate_arcsec_per_h: Column
    dec_rate_arcsec_per_h: Column
    delta_au: Column
    delta_rate_km_s: Column
    r_au: Column
    r_rate_km_s: Column
    light_time_min: Column
    phase_angle_deg: Column
    sky_motion_arcsec_per_min: Column
    sky_motion_pa_deg: Column
    elongation_deg: Column | None = None
    t_mag: Column | None = None
    magnitude_law: MagnitudeLaw | None = None
    az_deg: Column | None = None
    alt_deg: Column | None = None
    sun_az_deg: Column | None = None
    sun_alt_deg: Column | None = None
    lmst_h: Column | None = None
    ltst_h: Column | None = None
    sol: NDArray[np.int64] | None = None
    sigma_arcsec: Column | None = None
    range_sigma_km: Column | None = None
    sigma_basis: str = ""

    def __len__(self) -> int:
        return len(self.tdb_jd)


@dataclass(frozen=True, slots=True)
class CloseApproach:
    """The moment at which two bodies are nearest, geometrically."""

    body: str
    target: str
    solution_id: str
    tdb_jd: float
    utc: datetime
    distance_au: float
    distance_km: float
    relative_speed_km_s: float


@dataclass(frozen=True, slots=True)
class Window:
    """An interval in which a rule holds; an end that the asked interval cut off is marked."""

    start_utc: datetime
    stop_utc: datetime
    cut_at_start: bool = False
    cut_at_stop: bool = False


@dataclass(frozen=True, slots=True)
class Asymptotes:
    """Motion relative to the barycentre of the Solar System, long before or long after the passage.

    The direction is where the body comes from (incoming) or goes to (outgoing), ICRF.
    """

    side: Literal["incoming", "outgoing"]
    tdb_jd: float
    excess_speed_km_s: float
    eccentricity: float
    ra_deg: float
    dec_deg: float


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
