"""Places to look from, against astropy and against what is known of them."""

import numpy as np
import pytest

from science import earth, observers, planets
from science.constants import AU_D_IN_KM_S, AU_KM
from science.ephemerides import vectors
from science.geometry import dot, length
from science.observers import barycentric_state, observer
from science.refusals import UnknownObserver
from science.state_table import table_from_vectors
from science.timescales import from_utc

YEAR = from_utc(np.arange("2025-06-01T03:17", "2026-06-01", 35 * 1440 + 77, dtype="datetime64[m]"))


@pytest.mark.parametrize(
    ("code", "name", "body"),
    [
        ("500", "Geocentre", 399),
        ("500@399", "Geocentre", 399),
        ("500@10", "Sun", 10),
        ("@10", "Sun", 10),
        ("500@0", "Solar System barycentre", 0),
        ("500@499", "Mars", 499),
        ("500@599", "Jupiter", 599),
        ("500@301", "Moon", 301),
    ],
)
def test_centres_of_bodies_are_observers(code: str, name: str, body: int) -> None:
    found = observer(code)
    assert (found.name, found.naif_id, found.kind) == (name, body, "body")
    assert np.allclose(barycentric_state(found, YEAR)[0], planets.position(body, YEAR.tdb))


@pytest.mark.parametrize("code", ["W50", "w50", "W50@399", " x05 "])
def test_an_observatory_code_is_known_in_any_case(code: str) -> None:
    assert observer(code).code == code.strip().upper().partition("@")[0]


def test_every_ground_based_code_of_the_mpc_stands_on_the_earth() -> None:
    stations = 0
    for code, row in observers._observatories().items():
        if row.get("cos") or row.get("sin"):
            place = observer(code)
            if place.kind == "earth_site":
                stations += 1
                assert 0.99 < np.hypot(place.rho_cos_phi, place.rho_sin_phi) < 1.01, code
    assert stations > 2500


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("XXX", "'XXX'"),
        ("", "''"),
        ("500@777", "'777'"),
        ("500@mars", "'mars'"),
        ("W50@499", "'499'"),
        ("250", "Hubble Space Telescope"),
        ("247", "Roving Observer"),
        ("248", "Hipparcos"),
    ],
)
def test_an_unknown_observer_is_refused_by_value_and_told_what_is_allowed(code: str, words: str) -> None:
    with pytest.raises(UnknownObserver) as refusal:
        observer(code)
    assert words in str(refusal.value)
    assert "perseverance, curiosity, jwst, or an MPC observatory code" in str(refusal.value)


@pytest.mark.parametrize("code", ["W50", "X05", "W84", "000", "Q62"])
def test_a_site_is_where_astropy_puts_it_within_a_metre(code: str) -> None:
    import astropy.units as u
    from astropy.coordinates import EarthLocation
    from astropy.time import Time
    from astropy.utils import iers

    place = observer(code)
    location = EarthLocation.from_geocentric(*earth._fixed_km(place), unit="km")
    with iers.conf.set_temp("auto_download", False), iers.conf.set_temp("auto_max_age", None):
        expected, motion = location.get_gcrs_posvel(Time(YEAR.utc.astype(str), scale="utc"))
    position, velocity = earth.site(place, YEAR)
    assert np.abs(position * AU_KM - expected.xyz.to_value(u.km).T).max() < 0.001
    assert np.abs(velocity * AU_D_IN_KM_S - motion.xyz.to_value(u.km / u.s).T).max() < 1e-7


@pytest.mark.parametrize("code", ["perseverance", "curiosity", "W50"])
def test_the_velocity_of_a_site_is_the_derivative_of_its_place(code: str) -> None:
    place = observer(code)
    centre = observer("500@499" if place.kind == "mars_site" else "500")

    def ground(instants):
        return barycentric_state(place, instants)[0] - barycentric_state(centre, instants)[0]

    before, after = (from_utc(YEAR.utc + np.timedelta64(s, "s")) for s in (-30, 30))
    slope = (ground(after) - ground(before)) / (after.tdb - before.tdb)[:, None]
    _, velocity = barycentric_state(place, YEAR)
    _, drift = barycentric_state(centre, YEAR)
    assert np.abs(slope - (velocity - drift)).max() * AU_D_IN_KM_S < 1e-6


def test_horizon_axes_are_right_handed_and_up_points_away_from_the_ground() -> None:
    for code in ("perseverance", "X05"):
        place = observer(code)
        centre = observer(f"500@{place.naif_id}")
        east, north, up = observers.horizon_axes(place, YEAR)
        assert np.allclose(np.cross(east, north), up)
        ground = barycentric_state(place, YEAR)[0] - barycentric_state(centre, YEAR)[0]
        cosine = dot(ground, up) / length(ground)
        assert np.all(cosine > np.cos(np.radians(0.35)))  # plumb line against radius: flattening


def test_jwst_stands_at_l2_with_its_error_said() -> None:
    place = observer("jwst")
    out = length(barycentric_state(place, YEAR)[0] - planets.position(399, YEAR.tdb)) * AU_KM
    assert np.all((out > 1.46e6) & (out < 1.54e6))  # textbook: 1.5 million km
    assert place.accuracy_km == 814000.0
    assert "L2" in place.note
    assert observer("274") == observer("500@-170") == place


def test_jwst_follows_its_track_when_there_is_one(table) -> None:
    own = table("3I", "JPL44")
    days = np.arange(2460900.5, 2460960.5)
    track = table_from_vectors("JWST", "path", days, *vectors(own, days))
    instants = from_utc(["2025-09-10T00:00:00Z"])
    found, _ = barycentric_state(observer("jwst"), instants, track)
    expected = own.position(instants.tdb) + planets.position(10, instants.tdb)
    assert np.abs(found - expected).max() * AU_KM < 0.01


def test_a_centre_has_no_horizon() -> None:
    with pytest.raises(UnknownObserver, match="no horizon"):
        observers.horizon_axes(observer("500"), YEAR)
