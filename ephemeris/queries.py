"""The only reader of the machines' rows: rows go in, records come out."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Max, Q

from ephemeris.archives.contract import LOOKED
from ephemeris.archives.registry import archives
from ephemeris.models import ArchivePoll, Campaign, OrbitSolution, ServiceRefresh, SolutionCovariance
from ephemeris.services.registry import services
from science.records import (
    CampaignRecord,
    Elements,
    NonGravitational,
    OrbitSolutionRecord,
    StateVector,
)


def solution_record(row: OrbitSolution, covariance: SolutionCovariance | None = None) -> OrbitSolutionRecord:
    """The orbit solution of a row, as science takes it, with its covariance where that is given."""
    elements = state = push = None
    if row.eccentricity is not None:
        elements = Elements(
            eccentricity=row.eccentricity,
            perihelion_distance_au=_given(row, "perihelion_distance_au"),
            perihelion_time_tdb_jd=_given(row, "perihelion_time_tdb_jd"),
            longitude_of_ascending_node_deg=_given(row, "longitude_of_ascending_node_deg"),
            argument_of_perihelion_deg=_given(row, "argument_of_perihelion_deg"),
            inclination_deg=_given(row, "inclination_deg"),
        )
    else:
        state = StateVector(_triple(row, "position_au"), _triple(row, "velocity_au_d"))
    if row.a1_au_d2 is not None:
        push = NonGravitational(
            row.a1_au_d2,
            _given(row, "a2_au_d2"),
            _given(row, "a3_au_d2"),
            _given(row, "aln"),
            _given(row, "nk"),
            _given(row, "nm"),
            _given(row, "nn"),
            _given(row, "r0_au"),
            _given(row, "dt_d"),
        )
    return OrbitSolutionRecord(
        body=row.body.designation,
        solution_id=row.solution_id,
        producer=row.producer,
        kind=row.kind,
        epoch_tdb_jd=row.epoch_tdb_jd,
        source=row.source,
        elements=elements,
        state=state,
        non_gravitational=push,
        solution_date=row.solution_date or None,
        observations=row.observations,
        arc_from=row.arc_from,
        arc_to=row.arc_to,
        m1=row.m1,
        k1=row.k1,
        sigma={**row.sigma, **(covariance.sigma if covariance else {})},
        covariance_labels=tuple(covariance.labels) if covariance else (),
        covariance=tuple(tuple(line) for line in covariance.matrix) if covariance else (),
        fit_rms_km=row.fit_rms_km,
        fit_max_km=row.fit_max_km,
        note=row.note,
        is_default=row.is_default,
    )


def _given(row: OrbitSolution, column: str) -> float:
    value = getattr(row, column)
    if value is None:
        raise ValueError(f"{row}: {column} is missing")
    return float(value)


def _triple(row: OrbitSolution, column: str) -> tuple[float, float, float]:
    value = getattr(row, column)
    if value is None or len(value) != 3:
        raise ValueError(f"{row}: {column} is {value}, need three numbers")
    x, y, z = value
    return float(x), float(y), float(z)


def campaign_record(row: Campaign) -> CampaignRecord:
    """The campaign of a row, as charts take it."""
    return CampaignRecord(
        key=row.key,
        body=row.body.designation,
        facility=row.facility,
        instrument=row.instrument,
        archive=row.archive,
        observed_from=row.observed_from,
        observed_to=row.observed_to,
        first_public=row.first_public_date,
        first_public_kind=row.first_public_kind or None,
        archive_release=row.archive_release_date,
        expected_release=row.expected_release or None,
        summary=row.summary,
    )


@dataclass(frozen=True, slots=True)
class ServiceState:
    """How an orbit or ephemeris service has been: its last success, and its last failure if that came later."""

    name: str
    title: str
    gives: str
    home_url: str
    last_success: ServiceRefresh | None
    last_failure: ServiceRefresh | None

    @property
    def reached(self) -> bool:
        """Whether it has ever answered with something that could be read."""
        return self.last_success is not None

    @property
    def failing(self) -> bool:
        """Whether the last attempt failed."""
        if self.last_failure is None:
            return False
        return self.last_success is None or self.last_failure.pk > self.last_success.pk


def service_states() -> dict[str, ServiceState]:
    """Every service by name, those that were never asked included."""
    good = ("unchanged", "changed")
    newest = (
        ServiceRefresh.objects.order_by()
        .values("service")
        .annotate(
            success=Max("pk", filter=Q(outcome__in=good)), failure=Max("pk", filter=~Q(outcome__in=good))
        )
    )
    chosen = {row["service"]: (row["success"], row["failure"]) for row in newest}
    wanted = [pk for pair in chosen.values() for pk in pair if pk is not None]
    rows = ServiceRefresh.objects.select_related("body").in_bulk(wanted)
    return {
        service.name: ServiceState(
            service.name,
            service.title,
            service.gives,
            service.home_url,
            *(rows.get(pk) for pk in chosen.get(service.name, (None, None))),
        )
        for service in services().values()
    }


@dataclass(frozen=True, slots=True)
class ArchiveState:
    """How an archive has been, whatever it was asked about: its last answer, and its last failure if that came later."""

    name: str
    title: str
    home_url: str
    last_answer: ArchivePoll | None
    last_failure: ArchivePoll | None

    @property
    def failing(self) -> bool:
        """Whether the last poll told us nothing."""
        if self.last_failure is None:
            return False
        return self.last_answer is None or self.last_failure.pk > self.last_answer.pk


def archive_states() -> list[ArchiveState]:
    """Every archive that machines ask, those that were never asked included, by its title."""
    rows = ArchivePoll.objects.filter(pk__in=_last_polls()).defer(
        "query_text", "control_query_text", "counts"
    )
    chosen: dict[tuple[str, bool], ArchivePoll] = {}
    for poll in sorted(rows, key=lambda row: row.pk):
        chosen[poll.archive, poll.outcome in LOOKED] = poll
    found = [
        ArchiveState(
            archive.name,
            archive.title,
            archive.home_url,
            chosen.get((archive.name, True)),
            chosen.get((archive.name, False)),
        )
        for archive in archives().values()
    ]
    return sorted(found, key=lambda state: state.title.lower())


def _last_polls() -> list[int]:
    """The number of the last poll of each archive with each outcome, where there is one.

    Each is the last entry of its part of an index: neither those that never failed nor a long history cost more.
    Written out, because Django needs longer to put a hundred subqueries together than the database to answer them.
    """
    one = "SELECT max(id) FROM ephemeris_archivepoll WHERE archive = %s AND outcome = %s"
    pairs = [(name, outcome) for name in archives() for outcome, _ in ArchivePoll.OUTCOMES]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(pairs)), [value for pair in pairs for value in pair])
        return [key for (key,) in cursor.fetchall() if key is not None]
