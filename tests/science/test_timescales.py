"""Time scales against ERFA and astropy, which share no code with ours."""

from datetime import UTC, datetime, timedelta, timezone

import erfa
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from science import timescales
from science.refusals import OutsideSpan, Refused


def test_tdb_is_where_erfa_puts_it() -> None:
    utc = np.arange("1973-01-05T03:17:11.25", "2021-12-31", 123 * 86_400_000, dtype="datetime64[ms]")
    days = (utc - np.datetime64("2000-01-01T12:00:00")) / np.timedelta64(1, "D")
    tt = np.stack(erfa.taitt(*erfa.utctai(2451545.0, days)))
    tdb_minus_tt = erfa.dtdb(tt[0], tt[1], 0.0, 0.0, 0.0, 0.0)

    found = timescales.from_utc(utc.astype("datetime64[us]"))

    error_s = ((tt[0] - 2451545.0) + tt[1] + tdb_minus_tt / 86400.0 - found.tdb) * 86400.0
    assert np.abs(error_s).max() < 2e-5  # the series of USNO Circular 179 is good to 10 microseconds


def test_the_offset_of_2025_is_69_184_seconds() -> None:
    found = timescales.from_utc("2025-10-03T00:00:00Z")
    midnight = 2460951.5 - 2451545.0
    assert (found.tdb[0] - midnight) * 86400.0 == pytest.approx(69.184, abs=0.002)


def test_ut1_is_where_astropy_puts_it() -> None:
    from astropy.time import Time
    from astropy.utils import iers

    utc = np.arange("2017-09-01", "2026-01-01", 97, dtype="datetime64[D]").astype("datetime64[us]")
    with iers.conf.set_temp("auto_download", False), iers.conf.set_temp("auto_max_age", None):
        astropy_ut1 = Time(utc.astype(str), scale="utc").ut1
    error_s = ((astropy_ut1.jd1 - 2451545.0) + astropy_ut1.jd2 - timescales.from_utc(utc).ut1) * 86400.0
    assert np.abs(error_s).max() < 1e-4


@given(st.datetimes(datetime(1972, 1, 1), datetime(2053, 1, 1)))  # noqa: DTZ001
def test_utc_survives_the_way_to_tdb_and_back(moment: datetime) -> None:
    there = timescales.from_utc(moment.replace(tzinfo=UTC))
    back = timescales.from_tdb(there.tdb)
    assert abs((back.utc - there.utc)[0] / np.timedelta64(1, "us")) <= 2


def test_a_datetime_of_another_zone_is_the_same_instant() -> None:
    eastern = datetime(2025, 10, 3, 6, 36, 54, tzinfo=timezone(timedelta(hours=2)))
    assert timescales.utc_times(eastern) == timescales.utc_times("2025-10-03T04:36:54Z")


def test_a_datetime_without_zone_is_refused() -> None:
    with pytest.raises(Refused, match="no time zone"):
        timescales.from_utc(datetime(2025, 10, 3))  # noqa: DTZ001


def test_a_text_that_is_no_instant_is_refused_by_its_value() -> None:
    with pytest.raises(Refused, match="'tomorrow'"):
        timescales.from_utc("tomorrow")


def test_utc_before_leap_seconds_is_refused() -> None:
    with pytest.raises(OutsideSpan, match="1971-12-31"):
        timescales.from_utc("1971-12-31T00:00:00Z")


def test_earth_orientation_is_held_past_its_last_day() -> None:
    late = timescales.from_utc(["2045-01-01T00:00:00Z", "2050-01-01T00:00:00Z"])
    ut1_minus_tt = late.ut1 - late.tt
    assert ut1_minus_tt[0] == pytest.approx(ut1_minus_tt[1], abs=1e-11)
