"""An orbit solution in the few numbers that a page prints of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ephemeris.models import OrbitSolution
from ephemeris.queries import solution_record
from science.constants import AU_D_IN_KM_S, GM_SUN
from science.orbits import asymptotes, elements_from_state, state_vector
from science.records import Elements, OrbitSolutionRecord
from science.timescales import as_datetime, from_tdb_jd


@dataclass(frozen=True, slots=True)
class OrbitFacts:
    """What a reader asks of an orbit: how open, how close, when, how fast, how tilted."""

    solution_id: str
    producer: str
    eccentricity: float
    perihelion_distance_au: float
    perihelion: datetime
    excess_speed_km_s: float
    inclination_deg: float


def orbit_facts(row: OrbitSolution | None) -> OrbitFacts | None:
    """The facts of a solution, computed from its elements or its state; None without a solution."""
    if row is None:
        return None
    solution = solution_record(row)
    elements, excess_speed_km_s = shape_of(solution)
    return OrbitFacts(
        solution_id=solution.solution_id,
        producer=solution.producer,
        eccentricity=elements.eccentricity,
        perihelion_distance_au=elements.perihelion_distance_au,
        perihelion=as_datetime(from_tdb_jd([elements.perihelion_time_tdb_jd]).utc[0]),
        excess_speed_km_s=excess_speed_km_s,
        inclination_deg=elements.inclination_deg,
    )


def shape_of(solution: OrbitSolutionRecord) -> tuple[Elements, float]:
    """The osculating elements of a solution, and the speed far from the Sun that it gives, km/s."""
    state = state_vector(solution)
    speed_au_d, _, _ = asymptotes(state, GM_SUN)
    return solution.elements or elements_from_state(state, solution.epoch_tdb_jd), speed_au_d * AU_D_IN_KM_S
