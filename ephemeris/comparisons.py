"""How far a new orbit solution moves its object: in km and on the sky, now and at its passes of planets."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import numpy as np

from ephemeris.models import OrbitSolution, SolutionComparison
from ephemeris.orbits import OrbitInUse, orbit_of
from science.constants import AU_KM
from science.encounters import close_approaches
from science.ephemerides import ephemeris
from science.geometry import angle_deg
from science.records import CloseApproach
from science.state_table import StateTable
from science.timescales import Instants, as_datetime, from_tdb_jd, from_utc

PASSES = ("mars", "earth", "jupiter")
# of the epoch: the years about the passage of the Sun
FROM_D, TO_D = -400.0, 900.0
REACH_D = 2.0


@dataclass(frozen=True, slots=True)
class Shift:
    """What a new solution changes at one instant; of a pass also when it is and how near."""

    event: str
    utc: str
    shift_km: float
    shift_arcsec: float
    old_distance_km: float | None = None
    new_distance_km: float | None = None
    later_s: float | None = None


def shifts(new: OrbitInUse, old: OrbitInUse, now: datetime) -> list[Shift]:
    """The shifts between two solutions, both integrated by the same engine, so that only the orbit differs."""
    found = [_shift("now", new, old, from_utc([now]))]
    nearest = {
        which: _passes(orbit, new.solution.epoch_tdb_jd) for which, orbit in (("new", new), ("old", old))
    }
    for planet in PASSES:
        later, earlier = nearest["new"].get(planet), nearest["old"].get(planet)
        if later is None or earlier is None:
            continue
        found.append(
            _shift(
                planet,
                new,
                old,
                from_tdb_jd([later.tdb_jd]),
                old_distance_km=round(earlier.distance_km, 3),
                new_distance_km=round(later.distance_km, 3),
                later_s=round((later.tdb_jd - earlier.tdb_jd) * 86_400.0, 3),
            )
        )
    return found


def _passes(orbit: OrbitInUse, epoch_tdb_jd: float) -> dict[str, CloseApproach]:
    start, stop = epoch_tdb_jd + FROM_D, epoch_tdb_jd + TO_D
    table = orbit.integrated(start, stop)
    found = {}
    for planet in PASSES:
        approaches = close_approaches(table, planet, start_tdb_jd=start, stop_tdb_jd=stop)
        if approaches:
            found[planet] = min(approaches, key=lambda approach: approach.distance_au)
    return found


def _shift(event: str, new: OrbitInUse, old: OrbitInUse, instant: Instants, **more: float) -> Shift:
    jd = float(instant.tdb_jd[0])
    tables = [orbit.integrated(jd - REACH_D, jd + REACH_D) for orbit in (new, old)]
    places = [table.position(instant.tdb) for table in tables]
    seen = [_direction(table, instant) for table in tables]
    return Shift(
        event=event,
        utc=as_datetime(instant.utc[0]).isoformat(timespec="seconds"),
        shift_km=round(float(np.linalg.norm(places[0] - places[1])) * AU_KM, 3),
        shift_arcsec=round(float(angle_deg(*seen)[0]) * 3600.0, 4),
        **more,
    )


def _direction(table: StateTable, instant: Instants) -> np.ndarray:
    rows = ephemeris(table, "500", instant)
    ra, dec = np.radians(rows.ra_deg), np.radians(rows.dec_deg)
    return np.stack([np.cos(dec) * np.cos(ra), np.cos(dec) * np.sin(ra), np.sin(dec)], axis=-1)


def compare_replacements(designation: str, at: datetime) -> int:
    """Compare every solution with the one that it replaced, where that has not been done; how many were."""
    waiting = (
        OrbitSolution.objects.filter(
            body__designation=designation, replaces__isnull=False, comparisons__isnull=True
        )
        .select_related("body", "replaces__body")
        .order_by("pk")
    )
    done = 0
    for row in waiting:
        if row.replaces is None:
            continue
        found = shifts(orbit_of(row), orbit_of(row.replaces), at)
        _, created = SolutionComparison.objects.get_or_create(
            new=row,
            old=row.replaces,
            defaults={"computed_at": at, "shifts": [asdict(shift) for shift in found]},
        )
        done += created
    return done
