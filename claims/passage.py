"""An object's passage as its page shows it: the moments that mattered, timelines, and the scene of its path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from django.urls import reverse

from charts.motion_timelines import motion_timelines
from charts.orbit_3d import plan
from charts.orbit_scene import Event, Scene, orbit_scene
from claims.drawings import ShownChart, kept_drawing
from claims.remembered import remembered
from claims.spoken_dates import SpokenOf
from ephemeris.models import SmallBody
from ephemeris.orbits import OrbitInUse
from science.records import CloseApproach, MagnitudeLaw

KEPT_S = 3600
# Days before and after perihelion that timelines and scene show
TIMELINES_D = (200, 400)
SCENE_D = (180, 200)


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of an object's timeline: an event of its path, or a claim that speaks of the day."""

    first: date
    last: date
    words: str
    at: datetime | None = None
    distance_au: float | None = None
    speed_km_s: float | None = None
    view: str = ""
    slug: str = ""
    verdict: str = ""


def moments(body: SmallBody, met: Sequence[CloseApproach], claims: Sequence[SpokenOf]) -> list[Moment]:
    """Events and claims in order of time."""
    found = [
        Moment(
            passage.utc.date(),
            passage.utc.date(),
            "Nearest to the Sun" if passage.target == "Sun" else f"Nearest to {passage.target}",
            at=passage.utc,
            distance_au=passage.distance_au,
            speed_km_s=passage.relative_speed_km_s,
            view=passage.target if passage.target in ("Earth", "Mars", "Sun") else "above",
        )
        for passage in met
    ]
    discovered = _discovered(body)
    if discovered is not None:
        found.append(Moment(discovered, discovered, "Discovered", view="Earth"))
    found += [
        Moment(claim.first, claim.last, claim.title, slug=claim.slug, verdict=claim.verdict)
        for claim in claims
    ]
    return sorted(found, key=lambda moment: (moment.first, bool(moment.slug), moment.last))


def perihelion_of(met: Sequence[CloseApproach]) -> datetime | None:
    """When the object was nearest to the Sun."""
    return next((passage.utc for passage in met if passage.target == "Sun"), None)


def almanac_span(met: Sequence[CloseApproach]) -> dict[str, str] | None:
    """The days about perihelion for which a page offers the ephemeris, as addresses say them."""
    middle = perihelion_of(met)
    if middle is None:
        return None
    first, last = _around(middle, SCENE_D)
    return {"start": f"{first:%Y-%m-%d}", "stop": f"{last:%Y-%m-%d}"}


def timelines_of(
    orbit: OrbitInUse,
    law: MagnitudeLaw | None,
    met: Sequence[CloseApproach],
    claims: Sequence[SpokenOf],
) -> ShownChart | None:
    """Distance, speed, angle from the Sun and brightness about perihelion."""
    middle = perihelion_of(met)
    if middle is None:
        return None
    first, last = _around(middle, TIMELINES_D)
    spoken = [Event(datetime.combine(claim.first, time(), UTC), claim.title) for claim in claims]
    key = f"timelines:{_digest(orbit, law, *spoken)}"
    return kept_drawing(
        key, lambda: motion_timelines(orbit.solution, law, first, last, _planets_only(met), spoken)
    )


def plan_of(orbit: OrbitInUse, met: Sequence[CloseApproach]) -> ShownChart | None:
    """The path from above, which stands where the scene does not run."""
    dates = [passage.utc for passage in _planets_only(met)]
    return kept_drawing(f"plan:{_digest(orbit)}", lambda: plan(orbit.solution, dates))


def scene_of(
    orbit: OrbitInUse, body: SmallBody, met: Sequence[CloseApproach], claims: Sequence[SpokenOf]
) -> dict[str, Any] | None:
    """Figure and slider of the path in three dimensions, with the claims of each day."""
    middle = perihelion_of(met)
    if middle is None:
        return None
    first, last = _around(middle, SCENE_D)
    marked = [
        Event(passage.utc, "perihelion" if passage.target == "Sun" else f"nearest to {passage.target}")
        for passage in met
    ]
    if (discovered := _discovered(body)) is not None:
        marked.append(Event(datetime.combine(discovered, time(12), UTC), "discovery"))
    scene = remembered(
        f"scene:{_digest(orbit, *marked)}",
        Scene,
        lambda: orbit_scene(orbit.solution, first, last, marked),
        KEPT_S,
    )
    spoken = [
        {
            "from": claim.first.isoformat(),
            "to": claim.last.isoformat(),
            "title": claim.title,
            "url": reverse("claim", args=[claim.slug]),
        }
        for claim in claims
    ]
    return {
        "figure": scene.figure,
        "slider": scene.slider | {"claims": spoken},
        "caption": f"{scene.caption} Drag to turn it; the arrow keys move the date.",
    }


def _planets_only(met: Sequence[CloseApproach]) -> list[CloseApproach]:
    return [passage for passage in met if passage.target != "Sun"]


def _around(middle: datetime, days: tuple[int, int]) -> tuple[datetime, datetime]:
    midnight = middle.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=days[0]), midnight + timedelta(days=days[1])


def _discovered(body: SmallBody) -> date | None:
    try:
        return date.fromisoformat(str(body.discovery_date)[:10])
    except ValueError:
        return None


def _digest(orbit: OrbitInUse, *more: object) -> str:
    """What a drawing was made from, as a key: the orbit with its tables and kernel, and the rest."""
    return sha256("\n".join([orbit.identity, *map(repr, more)]).encode()).hexdigest()
