"""Answers to the public's questions: computed columns with everything needed to judge and repeat them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np

from ephemeris.almanac.columns import EPHEMERIS, SITE_ONLY, VECTORS, Column
from ephemeris.almanac.questions import SPAN, EphemerisQuestion, QuestionRefused, VectorsQuestion
from ephemeris.orbits import OrbitInUse, Track, orbit_in_use, solutions_on_record, track_for
from science.ephemerides import ephemeris, vectors
from science.orbits import elements_from_state, state_vector
from science.photometry import WEAKNESS, magnitude_law
from science.planets import KERNEL
from science.records import Observer, OrbitSolutionRecord
from science.refusals import OutsideSpan, Refused
from science.state_table import StateTable

MARGIN_D = 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns of equal length with what they are made of; ``times`` are the first column.

    A column is an array of numbers, or None where the whole column is unknown: a year of hours is nine
    thousand rows, and a Python object for each of its cells would cost more than computing them.
    """

    head: dict[str, Any]
    time_column: Column
    times: np.ndarray
    columns: tuple[Column, ...]
    values: list[np.ndarray | None]
    title: str
    notes: tuple[str, ...] = field(default=())


def asked_orbit(designation: str, solution_id: str | None) -> OrbitInUse:
    try:
        return orbit_in_use(designation, solution_id)
    except LookupError as problem:
        raise QuestionRefused("solution" if solution_id else "object", str(problem)) from problem


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What an answer is computed from: the orbit, the table of its states, and where that came from."""

    orbit: OrbitInUse
    table: StateTable
    retrieved_at: datetime | None
    confirmed_at: datetime | None


def ground_of(orbit: OrbitInUse, tdb_jd: np.ndarray) -> Ground:
    start, stop = float(np.min(tdb_jd)) - MARGIN_D, float(np.max(tdb_jd)) + MARGIN_D
    try:
        table = orbit.states(start, stop)
    except OutsideSpan as problem:
        raise QuestionRefused("times", str(problem), SPAN) from problem
    snapshot = orbit.snapshot_for(start, stop)
    if snapshot is not None:
        return Ground(orbit, table, snapshot.retrieved_at, snapshot.confirmed_at)
    return Ground(orbit, table, orbit.retrieved_at, orbit.confirmed_at)


def provenance_of(ground: Ground, observer: Observer, track: Track | None = None) -> dict[str, Any]:
    solution, table = ground.orbit.solution, ground.table
    return {
        "orbit_producer": solution.producer,
        "orbit_source": solution.source,
        "orbit_solution_date": solution.solution_date,
        "last_confirmed_at": ground.confirmed_at.isoformat() if ground.confirmed_at else None,
        "planetary_ephemeris": f"JPL {KERNEL}",
        "method": table.engine,
        "observer_accuracy_km": None if track else observer.accuracy_km,
        "observer_note": f"path of the spacecraft from JPL Horizons ({track.source}), fetched {track.retrieved_at.isoformat()}"
        if track
        else observer.note or None,
        "sigma_basis": table.sigma_basis or None,
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }


def head_of(ground: Ground, observer: Observer) -> dict[str, Any]:
    orbit, table = ground.orbit, ground.table
    return {
        "object": orbit.solution.body,
        "observer": observer.code,
        "observer_name": observer.name,
        "orbit_solution": orbit.solution.solution_id,
        "engine": table.engine,
        "source": table.origin,
        "retrieved_at": ground.retrieved_at.isoformat() if ground.retrieved_at else None,
    }


def iso_texts(utc: np.ndarray) -> np.ndarray:
    """UTC instants as ISO texts with milliseconds."""
    rounded = (utc + np.timedelta64(500, "us")).astype("datetime64[ms]")
    return np.datetime_as_string(rounded, timezone="UTC")


def ephemeris_answer(designation: str, question: EphemerisQuestion) -> Answer:
    """Rows of the object's ephemeris for an observer.

    Raises
    ------
    QuestionRefused
        For an unknown object or solution, or a time that nothing covers.
    """
    orbit = asked_orbit(designation, question.solution_id)
    solution, observer = orbit.solution, question.observer
    ground = ground_of(orbit, question.instants.tdb_jd)
    law = magnitude_law(solution, solutions_on_record(designation))
    track = track_of(observer, question.instants.tdb_jd)
    try:
        rows = ephemeris(
            ground.table, observer, question.instants, law=law, track=track.table if track else None
        )
    except OutsideSpan as problem:
        raise QuestionRefused("times", str(problem), SPAN) from problem
    except Refused as problem:
        raise QuestionRefused("observer", str(problem)) from problem
    chosen: list[Column] = []
    values: list[np.ndarray | None] = []
    for column in EPHEMERIS:
        array = getattr(rows, column.name)
        if array is None and column.name in SITE_ONLY:
            continue
        chosen.append(column)
        values.append(None if array is None else _printed(array, column.digits))
    head = head_of(ground, observer) | {
        "frame": "ICRF",
        "time_scale": "UTC",
        "light_time_corrected": True,
        "provenance": provenance_of(ground, observer, track),
    }
    notes = (WEAKNESS,) if law else ()
    if law:
        head["provenance"] |= {"magnitude_law_of": law.solution_id, "magnitude_note": WEAKNESS}
    return Answer(
        head=head,
        time_column=Column("time_utc", "", "time.epoch;meta.main", "UTC instant", 0),
        times=iso_texts(rows.utc),
        columns=tuple(chosen),
        values=values,
        title=f"{designation} seen from {observer.name}",
        notes=notes,
    )


def track_of(observer: Observer, tdb_jd: np.ndarray) -> Track | None:
    if observer.kind != "jwst":
        return None
    return track_for("jwst", float(np.min(tdb_jd)) - MARGIN_D, float(np.max(tdb_jd)) + MARGIN_D)


def _printed(array: np.ndarray, digits: int) -> np.ndarray:
    return array if array.dtype.kind in "iu" else np.round(array, digits)


def vectors_answer(designation: str, question: VectorsQuestion) -> Answer:
    """Geometric state vectors at TDB Julian dates, for comparison with Horizons VECTORS."""
    orbit = asked_orbit(designation, question.solution_id)
    ground = ground_of(orbit, question.tdb_jd)
    try:
        position, velocity = vectors(
            ground.table, question.tdb_jd, center=question.center, frame=question.frame
        )
    except OutsideSpan as problem:
        raise QuestionRefused("times", str(problem), SPAN) from problem
    both = np.concatenate([position, velocity], axis=1)
    head = head_of(ground, question.center) | {
        "center": question.center.code,
        "frame": question.frame,
        "frame_name": "ecliptic and equinox of J2000.0" if question.frame == "ecliptic" else "ICRF",
        "time_scale": "TDB",
        "light_time_corrected": False,
        "provenance": provenance_of(ground, question.center),
    }
    return Answer(
        head=head,
        time_column=Column("jd_tdb", "d", "time.epoch;meta.main", "TDB Julian date", 9),
        times=np.asarray(question.tdb_jd, dtype=float),
        columns=VECTORS,
        values=[both[:, index] for index in range(6)],
        title=f"{designation}, geometric states from {question.center.name}",
    )


def solution_entry(solution: OrbitSolutionRecord, replaces: str | None) -> dict[str, Any]:
    """An orbit solution as the API prints it; elements are computed where the producer gave a state."""
    elements = solution.elements or elements_from_state(state_vector(solution), solution.epoch_tdb_jd)
    state, push = state_vector(solution), solution.non_gravitational
    return {
        "id": solution.solution_id,
        "producer": solution.producer,
        "kind": solution.kind,
        "default": solution.is_default,
        "epoch_tdb_jd": solution.epoch_tdb_jd,
        "elements": {
            "given_by_producer": solution.elements is not None,
            "frame": "ecliptic and equinox of J2000.0, heliocentric",
            "eccentricity": float(elements.eccentricity),
            "perihelion_distance_au": float(elements.perihelion_distance_au),
            "perihelion_time_tdb_jd": float(elements.perihelion_time_tdb_jd),
            "longitude_of_ascending_node_deg": float(elements.longitude_of_ascending_node_deg),
            "argument_of_perihelion_deg": float(elements.argument_of_perihelion_deg),
            "inclination_deg": float(elements.inclination_deg),
        },
        "state": {
            "given_by_producer": solution.state is not None,
            "frame": "ICRF, heliocentric",
            "position_au": [float(value) for value in state.position_au],
            "velocity_au_d": [float(value) for value in state.velocity_au_d],
        },
        "non_gravitational": {
            "A1_au_d2": push.a1_au_d2, "A2_au_d2": push.a2_au_d2, "A3_au_d2": push.a3_au_d2, "ALN": push.aln,
            "NK": push.nk, "NM": push.nm, "NN": push.nn, "R0_au": push.r0_au, "DT_d": push.dt_d,
        } if push else None,
        "magnitude_law": {"M1": solution.m1, "k1": solution.k1} if solution.m1 is not None else None,
        "sigma": solution.sigma or None,
        "fit_rms_km": solution.fit_rms_km,
        "solution_date": solution.solution_date,
        "observations": solution.observations,
        "arc_from": solution.arc_from.isoformat() if solution.arc_from else None,
        "arc_to": solution.arc_to.isoformat() if solution.arc_to else None,
        "source": solution.source,
        "note": solution.note or None,
        "replaces": replaces,
    }  # fmt: skip
