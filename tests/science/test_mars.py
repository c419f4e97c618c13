"""Mars under a lander: the frame, the time of day, the comet over Jezero."""

import numpy as np
import pytest

from science import mars
from science.ephemerides import ephemeris
from science.geometry import ra_dec_deg
from science.observers import CURIOSITY, PERSEVERANCE, observer
from science.timescales import from_utc

J2000 = np.array([0.0])


def test_the_pole_of_mars_at_j2000_is_that_of_the_report() -> None:
    # Archinal et al. 2018: the long-period terms carry 0.41 deg in RA and -1.55 deg in Dec at J2000; with
    # them the pole is where the 2009 report had it, 317.68143, 52.88650 (Archinal et al. 2011, CeMDA 109, 101)
    x, y, z = mars.rotation(J2000)
    ra, dec = ra_dec_deg(z)
    assert ra[0] == pytest.approx(317.68143, abs=0.001)
    assert dec[0] == pytest.approx(52.88650, abs=0.001)
    assert np.allclose(np.cross(x, y), z)


def test_the_prime_meridian_agrees_with_the_report_of_2009_within_a_few_kilometres() -> None:
    # 2009: W = 176.630 + 350.89198226 d from the node of the pole on the ICRF equator
    tdb = np.array([0.0, 9406.6])
    x, _, z = mars.rotation(tdb)
    alpha = np.radians(317.68143 - 0.1061 * tdb / 36525.0)
    node = np.stack([-np.sin(alpha), np.cos(alpha), np.zeros_like(alpha)], axis=-1)
    across = np.cross(z, node)
    w = np.degrees(np.arctan2(np.sum(x * across, axis=-1), np.sum(x * node, axis=-1)))
    difference = (w - (176.630 + 350.89198226 * tdb) + 180.0) % 360.0 - 180.0
    assert np.abs(difference).max() < 0.01


def test_the_time_of_day_is_that_of_the_mars24_example() -> None:
    # Mars24 algorithm page (NASA GISS), worked example: 2000-01-06 00:00:00 UTC, MSD 44795.99976,
    # mean solar time at longitude 0 23.99425 h
    instants = from_utc("2000-01-06T00:00:00Z")
    from dataclasses import replace

    airy = replace(PERSEVERANCE, longitude_east_deg=0.0)
    assert mars._local_sols(airy, instants)[0] == pytest.approx(44795.99976, abs=1e-5)
    assert mars.local_mean_solar_time_h(airy, instants)[0] == pytest.approx(23.99425, abs=2e-4)


def test_the_comet_over_jezero_at_the_time_of_the_caption(table) -> None:
    # own computation of 2026-11-22 (another code, DE440); "00:03" of the caption is local mean solar time
    rows = ephemeris(table("3I", "fit-2026-07"), "perseverance", "2025-10-04T00:03:00Z")
    assert rows.alt_deg[0] == pytest.approx(22.54, abs=0.01)
    assert rows.az_deg[0] == pytest.approx(74.15, abs=0.01)
    assert rows.sun_alt_deg[0] == pytest.approx(35.77, abs=0.01)
    assert rows.ltst_h[0] == pytest.approx(15.74, abs=0.005)
    assert rows.lmst_h[0] * 3600.0 == pytest.approx(15 * 3600 + 11 * 60 + 40, abs=1.0)
    assert rows.sol[0] == 1643
    assert rows.delta_au[0] * 149.5978707 == pytest.approx(29.589, abs=0.001)


@pytest.mark.parametrize(
    ("utc", "lmst", "altitude", "azimuth", "sun"),
    [
        ("2025-10-04T06:35:29Z", (21, 33, 39), 64.4, 277.0, -48.4),
        ("2025-10-03T08:29:21Z", (0, 3, 0), 42.6, 286.9, -57.8),
        ("2025-10-04T09:08:56Z", (0, 3, 0), 28.1, 282.1, None),
    ],
)
def test_the_comet_over_jezero_at_night(table, utc, lmst, altitude, azimuth, sun) -> None:
    rows = ephemeris(table("3I", "fit-2026-07"), "perseverance", utc)
    hours, minutes, seconds = lmst
    assert rows.lmst_h[0] * 3600.0 == pytest.approx(hours * 3600 + minutes * 60 + seconds, abs=20.0)
    assert rows.alt_deg[0] == pytest.approx(altitude, abs=0.06)
    assert rows.az_deg[0] == pytest.approx(azimuth, abs=0.06)
    if sun is not None:
        assert rows.sun_alt_deg[0] == pytest.approx(sun, abs=0.06)


def test_sols_begin_at_local_mean_midnight_and_landing_is_sol_zero() -> None:
    assert mars.sol_number(PERSEVERANCE, from_utc(PERSEVERANCE.landed_utc))[0] == 0
    assert mars.sol_number(CURIOSITY, from_utc(CURIOSITY.landed_utc))[0] == 0
    times = from_utc(np.arange("2025-10-03", "2025-10-08", 5, dtype="datetime64[m]"))
    sols, hours = mars.sol_number(PERSEVERANCE, times), mars.local_mean_solar_time_h(PERSEVERANCE, times)
    turned = np.diff(sols) == 1
    assert turned.sum() in (4, 5)
    assert np.array_equal(turned, np.diff(hours) < 0)


def test_true_solar_time_stays_within_the_equation_of_time_of_mars(table) -> None:
    times = from_utc(np.arange("2025-02-01", "2026-12-01", 1440 * 3 + 400, dtype="datetime64[m]"))
    rows = ephemeris(table("3I", "fit-2026-07"), "curiosity", times)
    apart = (rows.ltst_h - rows.lmst_h + 12.0) % 24.0 - 12.0
    assert np.abs(apart).max() < 0.9  # about -51 to +40 minutes in a Mars year
    assert np.abs(apart).max() > 0.5


def test_at_noon_true_time_the_sun_stands_in_the_meridian(table) -> None:
    times = from_utc(np.arange("2025-10-04", "2025-10-05", 1, dtype="datetime64[m]"))
    rows = ephemeris(table("3I", "fit-2026-07"), observer("perseverance"), times)
    noon = int(np.argmin(np.abs(rows.ltst_h - 12.0)))
    highest = int(np.argmax(rows.sun_alt_deg))
    assert abs(noon - highest) <= 2
    assert min(abs(rows.sun_az_deg[noon] - 180.0), rows.sun_az_deg[noon] % 360.0) < 1.0


def test_a_place_that_never_landed_has_no_sols() -> None:
    with pytest.raises(ValueError, match="no landing time"):
        mars.sol_number(observer("500@499"), from_utc("2025-10-04T00:00:00Z"))
