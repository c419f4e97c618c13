"""What an observer sees, against tables printed by JPL Horizons."""

import subprocess
import sys
from datetime import UTC, datetime

import numpy as np
import pytest

from science.constants import AU_KM
from science.ephemerides import apparent_separation_deg, ephemeris, vectors
from science.photometry import WEAKNESS, magnitude_law
from science.records import MagnitudeLaw
from science.refusals import OutsideSpan, Refused, UnknownObserver
from science.timescales import from_utc


def _printed(utc: np.ndarray) -> list[datetime]:
    return [datetime.strptime(text, "%Y-%b-%d %H:%M").replace(tzinfo=UTC) for text in utc]


def _sexagesimal(texts: np.ndarray) -> np.ndarray:
    found = []
    for text in texts:
        whole, minutes, seconds = (float(part) for part in text.lstrip("+-").split(":"))
        found.append((-1 if text.startswith("-") else 1) * (whole + minutes / 60.0 + seconds / 3600.0))
    return np.array(found)


def test_range_and_range_rate_of_jpl44_from_the_geocentre(table, authority) -> None:
    truth = authority("horizons_3i_jpl44_geocentre.csv")
    rows = ephemeris(table("3I", "JPL44"), "500", _printed(truth["utc"]))
    assert np.abs(rows.delta_au - truth["delta_au"]).max() * AU_KM < 0.05
    assert np.abs(rows.delta_rate_km_s - truth["deldot_kms"]).max() < 1e-7
    assert rows.solution_id == "JPL44"


def test_every_column_of_jpl26_from_the_geocentre(table, authority) -> None:
    truth = authority("horizons_3i_jpl26_geocentre.csv")
    law = MagnitudeLaw(12.3, 4.5, "JPL26")
    rows = ephemeris(table("3I", "JPL26"), "500", _printed(truth["utc"]), law=law)
    ra, dec = _sexagesimal(truth["ra_icrf"]) * 15.0, _sexagesimal(truth["dec_icrf"])
    # half a unit of the last printed figure: 0.005 s of time, 0.05 arcsec
    assert np.abs((rows.ra_deg - ra) * 3600.0).max() < 0.076
    assert np.abs((rows.dec_deg - dec) * 3600.0).max() < 0.051
    assert np.abs(rows.delta_au - truth["delta_au"]).max() * AU_KM < 0.05
    assert np.abs(rows.delta_rate_km_s - truth["deldot_kms"]).max() < 1e-7
    assert np.abs(rows.elongation_deg - truth["sot"]).max() < 1e-4
    assert np.abs(rows.phase_angle_deg - truth["sto"]).max() < 1e-4
    assert np.abs(rows.sky_motion_arcsec_per_min - truth["sky_motion_arcsec_min"]).max() < 1e-6
    assert np.abs(rows.sky_motion_pa_deg - truth["sky_motion_pa"]).max() < 3e-5
    assert np.abs(rows.t_mag - truth["tmag"]).max() < 0.0006


@pytest.mark.parametrize("observer", ["500", "500@10", "500@499", "W50", "perseverance", "jwst"])
def test_the_rates_are_the_derivatives_of_the_columns_beside_them(table, observer: str) -> None:
    middle = from_utc(["2025-10-03T04:00:00Z", "2026-02-01T11:11:11Z"])
    span = np.timedelta64(60, "s")
    states = table("3I", "fit-2026-07")
    rows = ephemeris(states, observer, middle)
    before, after = (ephemeris(states, observer, from_utc(middle.utc + k * span)) for k in (-1, 1))
    hours = 2.0 / 60.0
    east = (after.ra_deg - before.ra_deg) * 3600.0 * np.cos(np.radians(rows.dec_deg)) / hours
    north = (after.dec_deg - before.dec_deg) * 3600.0 / hours
    assert rows.ra_rate_arcsec_per_h == pytest.approx(east, rel=1e-5, abs=2e-3)
    assert rows.dec_rate_arcsec_per_h == pytest.approx(north, rel=1e-5, abs=2e-3)
    # deldot and rdot are the radial velocities of Horizons, a few parts in 1e4 from a true derivative
    km_s = (after.delta_au - before.delta_au) * AU_KM / 120.0
    assert rows.delta_rate_km_s == pytest.approx(km_s, rel=5e-4, abs=0.01)
    km_s = (after.r_au - before.r_au) * AU_KM / 120.0
    assert rows.r_rate_km_s == pytest.approx(km_s, rel=1e-3, abs=0.05)
    assert rows.light_time_min == pytest.approx(rows.delta_au * 499.004784 / 60.0)


def test_topocentric_parallax_moves_3i_by_the_angle_of_the_earths_radius(table) -> None:
    times = from_utc(np.arange("2025-12-19", "2025-12-20", 60, dtype="datetime64[m]"))
    states = table("3I", "JPL44")
    centre, site = ephemeris(states, "500", times), ephemeris(states, "X05", times)
    shift = np.hypot(
        (site.ra_deg - centre.ra_deg) * np.cos(np.radians(centre.dec_deg)), site.dec_deg - centre.dec_deg
    )
    full = 8.794 / 1.7976  # solar parallax over the distance of closest approach, arcsec
    assert 0.2 * full < shift.max() * 3600.0 < 1.001 * full


def test_altitude_and_azimuth_are_astropys(table) -> None:
    import astropy.units as u
    from astropy.coordinates import AltAz, EarthLocation, SkyCoord
    from astropy.time import Time
    from astropy.utils import iers

    from science import earth
    from science.observers import observer

    times = from_utc(np.arange("2025-07-02", "2025-08-02", 601, dtype="datetime64[m]"))
    rows = ephemeris(table("3I", "JPL44"), "W84", times)
    location = EarthLocation.from_geocentric(*earth._fixed_km(observer("W84")), unit="km")
    with iers.conf.set_temp("auto_download", False), iers.conf.set_temp("auto_max_age", None):
        frame = AltAz(obstime=Time(times.utc.astype(str), scale="utc"), location=location)
        expected = SkyCoord(rows.ra_deg * u.deg, rows.dec_deg * u.deg, frame="icrs").transform_to(frame)
    assert np.abs(rows.alt_deg - expected.alt.deg).max() < 1e-5
    turn = (rows.az_deg - expected.az.deg + 180.0) % 360.0 - 180.0
    assert np.abs(turn * np.cos(expected.alt.rad)).max() < 1e-5


def test_position_of_22_november_2026(table) -> None:
    # own computation of 2026-11-22 with another integrator and kernel (DE440), geocentre
    rows = ephemeris(table("3I", "fit-2026-07"), "500", "2026-11-22T00:00:00Z")
    assert rows.delta_au[0] == pytest.approx(12.8764, abs=1e-4)
    assert rows.ra_deg[0] == pytest.approx(105.428, abs=1e-3)
    assert rows.dec_deg[0] == pytest.approx(19.335, abs=1e-3)
    assert rows.elongation_deg[0] == pytest.approx(134.66, abs=0.02)
    assert rows.light_time_min[0] == pytest.approx(107.1, abs=0.05)
    geometric, _ = vectors(table("3I", "fit-2026-07"), rows.tdb_jd)
    assert np.linalg.norm(geometric) == pytest.approx(13.5914, abs=1e-4)


def test_from_the_sun_there_is_no_elongation_and_no_phase(table) -> None:
    rows = ephemeris(table("3I", "JPL44"), "500@10", "2025-10-03T00:00:00Z")
    assert rows.elongation_deg is None
    # not quite zero: the comet at 66 km/s sees the Sun displaced by aberration, 0.013 deg at most
    assert 0.0 <= rows.phase_angle_deg[0] < 0.013
    # light goes up and comes back: twice the same way, but for the Sun's own drift
    assert rows.r_au[0] == pytest.approx(rows.delta_au[0], abs=1e-6)


def test_columns_without_meaning_are_none(table) -> None:
    rows = ephemeris(table("3I", "fit-2026-07"), "500", "2025-10-03T00:00:00Z")
    for column in (
        "t_mag",
        "az_deg",
        "alt_deg",
        "sun_alt_deg",
        "lmst_h",
        "sol",
        "sigma_arcsec",
        "range_sigma_km",
    ):
        assert getattr(rows, column) is None, column
    assert len(rows) == 1


def test_the_law_of_an_older_solution_is_used_under_its_own_name(solution) -> None:
    fit, old = solution("3I", "fit-2026-07"), solution("3I", "JPL44")
    assert magnitude_law(fit) is None
    assert magnitude_law(fit, [solution("3I", "JPL26"), old]) == MagnitudeLaw(12.5, 4.5, "JPL44")
    assert magnitude_law(fit, [solution("1I", "fit-2026-07")]) is None
    assert magnitude_law(old) == MagnitudeLaw(12.5, 4.5, "JPL44")
    assert "4 mag" in WEAKNESS


def test_3i_was_three_degrees_from_mars_on_our_sky_and_not_behind_it(table) -> None:
    # own computation of 2026-11-22: 3.39 deg at the Mars passage
    there = from_utc("2025-10-03T04:36:54Z")
    assert apparent_separation_deg(table("3I", "fit-2026-07"), "500", "mars", there)[0] == pytest.approx(
        3.39, abs=0.005
    )


def test_vectors_are_the_same_in_both_frames_but_for_a_rotation(table) -> None:
    jd = [2460951.5, 2461000.25]
    ecliptic, _ = vectors(table("3I", "JPL44"), jd, center="500@499")
    icrf, _ = vectors(table("3I", "JPL44"), jd, center="500@499", frame="icrf")
    assert np.allclose(np.linalg.norm(ecliptic, axis=-1), np.linalg.norm(icrf, axis=-1))
    assert np.allclose(ecliptic[:, 0], icrf[:, 0])
    assert not np.allclose(ecliptic[:, 1], icrf[:, 1])


def test_vectors_from_a_site_differ_from_the_geocentre_by_the_earths_radius(table) -> None:
    site, _ = vectors(table("3I", "JPL44"), [2460951.5], center="W50")
    centre, _ = vectors(table("3I", "JPL44"), [2460951.5], center="500")
    assert np.linalg.norm(site - centre) * AU_KM == pytest.approx(6374.0, abs=15.0)


def test_refusals_name_the_value(table) -> None:
    states = table("3I", "JPL44")
    with pytest.raises(Refused, match="'galactic'"):
        vectors(states, [2460951.5], frame="galactic")
    with pytest.raises(UnknownObserver, match="'nowhere'"):
        ephemeris(states, "nowhere", "2025-10-03T00:00:00Z")
    with pytest.raises(OutsideSpan, match="JPL44"):
        ephemeris(states, "500", "2031-01-01T00:00:00Z")
    with pytest.raises(OutsideSpan, match=r"1549-12-31.*2650-01-25"):
        ephemeris(states, "500", "2660-01-01T00:00:00Z")


def test_a_first_position_needs_neither_scipy_nor_astropy_nor_django_nor_150_megabytes() -> None:
    code = (
        "import sys, tomllib\n"
        "from science.ephemerides import ephemeris\n"
        "from science.orbits import orbit_solution\n"
        "from science.propagation import state_table\n"
        "table = tomllib.load(open('data/orbits/3I.toml', 'rb'))['solution'][-1]\n"
        "states = state_table(orbit_solution(table, '3I'), 2460676.5, 2461406.5)\n"
        "print(ephemeris(states, 'W50', '2025-10-03T00:00:00Z').ra_deg[0])\n"
        "heavy = {'scipy', 'astropy', 'django', 'requests', 'socket'} & set(sys.modules)\n"
        # the high-water mark of this program; ru_maxrss would count the parent's memory at the fork
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "print(sorted(heavy), int(peak.split()[1]) // 1024)\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, '.')\n{code}"],
                          capture_output=True, text=True, check=True)  # fmt: skip
    ra, rest = done.stdout.splitlines()
    assert float(ra) == pytest.approx(215.41, abs=0.01)
    heavy, megabytes = rest.rsplit(" ", 1)
    assert heavy == "[]"
    assert int(megabytes) <= 150
