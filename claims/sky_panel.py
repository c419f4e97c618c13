"""Where an object stands for an observer at an instant: the question in the address, and its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import atan2, degrees, hypot
from typing import Any

from claims.models import Measurement
from claims.spoken_dates import SpokenOf, spoken_of
from ephemeris.almanac.answers import asked_orbit, ground_of, track_of
from ephemeris.almanac.questions import QuestionRefused, instant, only, read_observer, within_span
from ephemeris.orbits import Track, solutions_on_record
from science.constants import AU_KM
from science.constellations import constellation
from science.ephemerides import ephemeris
from science.observers import named_observers
from science.photometry import WEAKNESS, magnitude_law
from science.records import EphemerisRows, Observer
from science.refusals import OutsideSpan, Refused
from science.timescales import from_utc
from science.trailing import Trail, trail

PARAMETERS = ("observer", "at", "camera", "exposure", "pixel", "solution")
LONGEST_EXPOSURE_S, WIDEST_PIXEL_ARCSEC = 86_400.0, 36_000.0
# how far the Sun is below the horizon, degrees: sunset with refraction and the disc's radius, then the twilights
_LIGHT = (
    (-0.833, "daylight"),
    (-6.0, "civil twilight"),
    (-12.0, "nautical twilight"),
    (-18.0, "astronomical twilight"),
)


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera whose pixel somebody published, with the exposure that is on record for it."""

    key: str
    name: str
    pixel_arcsec: float
    exposure_s: float | None
    source_key: str
    source_words: str


@dataclass(frozen=True, slots=True)
class Question:
    """Who looks, when, through what."""

    observer: Observer
    at: datetime
    camera: Camera | None
    pixel_arcsec: float | None
    exposure_s: float | None
    solution_id: str | None


@dataclass(frozen=True, slots=True)
class Sky:
    """The answer, in numbers ready to print."""

    question: Question
    rows: EphemerisRows
    constellation: str
    rate_arcsec_s: float
    motion_pa_deg: float
    light: str
    up: bool | None
    trail: Trail | None
    producer: str
    retrieved_at: datetime | None
    track: Track | None
    claims: list[SpokenOf] = field(default_factory=list)

    @property
    def numbers(self) -> dict[str, float | None]:
        """The first row of every column."""
        rows = self.rows
        names = (
            "ra_deg", "dec_deg", "delta_au", "delta_rate_km_s", "r_au", "light_time_min", "elongation_deg",
            "phase_angle_deg", "alt_deg", "az_deg", "sun_alt_deg", "lmst_h", "ltst_h", "sigma_arcsec",
        )  # fmt: skip
        return {name: None if (column := getattr(rows, name)) is None else float(column[0]) for name in names}

    @property
    def height(self) -> str:
        """Whole degrees above the horizon."""
        return "" if self.rows.alt_deg is None else f"{self.rows.alt_deg[0]:.0f}"

    @property
    def sol(self) -> str:
        """The Martian day since landing."""
        return "" if self.rows.sol is None else str(int(self.rows.sol[0]))

    @property
    def magnitude(self) -> str:
        """The predicted brightness."""
        return "" if self.rows.t_mag is None else f"{self.rows.t_mag[0]:.1f}"

    @property
    def distance(self) -> str:
        """From the observer, when the light left, in the unit of newspapers."""
        return f"{float(self.rows.delta_au[0]) * AU_KM / 1e6:,.2f} million km"

    @property
    def pixels(self) -> tuple[float, float | None] | None:
        """Pixels moved against the stars, and in a camera fixed to the ground."""
        pixel = self.question.pixel_arcsec
        if self.trail is None or not pixel:
            return None
        fixed = self.trail.in_fixed_camera
        return self.trail.against_stars / pixel, None if fixed is None else fixed / pixel

    @property
    def law_of(self) -> str | None:
        """Whose magnitude law predicts the brightness."""
        return self.rows.magnitude_law.solution_id if self.rows.magnitude_law else None

    @property
    def weakness(self) -> str:
        """How little that prediction is worth."""
        return WEAKNESS


def cameras() -> list[Camera]:
    """Every camera whose pixel is on record."""
    rows = Measurement.objects.filter(
        quantity__in=("pixel_scale_angular", "exposure_time"), superseded_by__isnull=True, value__isnull=False
    ).select_related("source")
    exposures = {row.body: row.value for row in rows if row.quantity == "exposure_time" and row.unit == "s"}
    return [
        Camera(row.key, row.body, row.value, exposures.get(row.body), row.source.key, str(row.source.authors_short))
        for row in sorted(rows, key=lambda row: row.key)
        if row.quantity == "pixel_scale_angular" and row.unit == "arcsec" and row.value is not None
    ]  # fmt: skip


def asked(query: Mapping[str, str], known: list[Camera], now: datetime) -> Question:
    """The question of an address; without an instant, of this minute.

    Raises
    ------
    QuestionRefused
    """
    only(query, PARAMETERS)
    text = (query.get("at") or "").strip()
    at = instant("at", text) if text else now.astimezone(UTC).replace(second=0, microsecond=0)
    within_span("at", at)
    chosen = query.get("camera") or ""
    camera = next((one for one in known if one.key == chosen), None)
    if chosen and camera is None:
        names = ", ".join(one.key for one in known) or "none is on record"
        raise QuestionRefused("camera", f"camera {chosen[:40]!r} is not on record", names)
    pixel = _number(query, "pixel", WIDEST_PIXEL_ARCSEC, "arcsec")
    exposure = _number(query, "exposure", LONGEST_EXPOSURE_S, "s")
    return Question(
        observer=read_observer("observer", (query.get("observer") or "500").strip()),
        at=at,
        camera=camera,
        pixel_arcsec=pixel if pixel is not None else camera.pixel_arcsec if camera else None,
        exposure_s=exposure if exposure is not None else camera.exposure_s if camera else None,
        solution_id=query.get("solution") or None,
    )


def _number(query: Mapping[str, str], name: str, most: float, unit: str) -> float | None:
    text = (query.get(name) or "").strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.0 < value <= most:
        raise QuestionRefused(
            name, f"{name} {text[:40]!r} is no such number", f"above 0, at most {most:g} {unit}"
        )
    return value


def answered(designation: str, question: Question, generation: str) -> Sky:
    """What the observer sees.

    Raises
    ------
    QuestionRefused
    """
    orbit = asked_orbit(designation, question.solution_id)
    instants = from_utc([question.at])
    ground = ground_of(orbit, instants.tdb_jd)
    track = track_of(question.observer, instants.tdb_jd)
    states = track.table if track else None
    law = magnitude_law(orbit.solution, solutions_on_record(designation))
    try:
        rows = ephemeris(ground.table, question.observer, instants, law=law, track=states)
        moved = (
            trail(ground.table, question.observer, question.at, question.exposure_s, track=states)
            if question.exposure_s
            else None
        )
    except OutsideSpan as problem:
        raise QuestionRefused("at", str(problem)) from problem
    except Refused as problem:
        raise QuestionRefused("observer", str(problem)) from problem
    east, north = float(rows.ra_rate_arcsec_per_h[0]), float(rows.dec_rate_arcsec_per_h[0])
    return Sky(
        question=question,
        rows=rows,
        constellation=constellation(float(rows.ra_deg[0]), float(rows.dec_deg[0])),
        rate_arcsec_s=hypot(east, north) / 3600.0,
        motion_pa_deg=_position_angle(east, north),
        light=_light(rows),
        up=None if rows.alt_deg is None else bool(rows.alt_deg[0] > 0),
        trail=moved,
        producer=orbit.solution.producer,
        retrieved_at=ground.retrieved_at,
        track=track,
        claims=_of_that_night(spoken_of(designation, generation).claims, question.at),
    )


def _position_angle(east: float, north: float) -> float:
    return degrees(atan2(east, north)) % 360.0


def _light(rows: EphemerisRows) -> str:
    if rows.sun_alt_deg is None:
        return ""
    height = float(rows.sun_alt_deg[0])
    return next((word for least, word in _LIGHT if height > least), "night")


def _of_that_night(claims: Sequence[SpokenOf], at: datetime) -> list[SpokenOf]:
    """Claims that speak of the day, or of the one before or after: a night has two dates."""
    days = [(at + timedelta(days=shift)).date() for shift in (-1, 0, 1)]
    return [claim for claim in claims if any(claim.covers(day) for day in days)]


def form_fields(query: Mapping[str, str], question: Question | None) -> dict[str, Any]:
    """What stands in the form: what was asked, and the instant that an empty one became."""
    shown = {name: query.get(name, "")[:80] for name in PARAMETERS}
    if question is not None:
        shown["at"] = shown["at"] or f"{question.at:%Y-%m-%dT%H:%MZ}"
        shown["observer"] = shown["observer"] or question.observer.code
    return shown | {"observers": named_observers()}
