"""Time scales: UTC, TT, TDB and UT1, for arrays of instants, without network and without a clock.

Inside ``science`` a time is a count of days past J2000.0 (JD 2451545.0) in TDB: a double then holds
0.2 microseconds, where a Julian date holds 40 (3 metres at 86 km/s).  Leap seconds and Earth
orientation come from the files of ``astropy-iers-data``, which are updated by updating the package.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from science.constants import DAY_S, J2000_JD
from science.refusals import OutsideSpan, Refused

Array = NDArray[np.float64]
Times = NDArray[np.datetime64]

J2000_UTC_LABEL = np.datetime64("2000-01-01T12:00:00", "us")
DAY_US = 86_400_000_000
TT_MINUS_TAI_S = 32.184  # IAU 1991, exact
FIRST_UTC = np.datetime64("1972-01-01T00:00:00", "us")


def _iers_file(name: str) -> Path:
    return Path(str(files("astropy_iers_data"))) / "data" / name


@cache
def _leap_seconds() -> tuple[Times, Array]:
    """When TAI-UTC changed, and to what (IERS Bulletin C, Leap_Second.dat)."""
    rows = np.loadtxt(_iers_file("Leap_Second.dat"), comments="#", ndmin=2)
    since = np.datetime64("1858-11-17", "us") + (rows[:, 0] * DAY_US).astype("timedelta64[us]")
    return since, rows[:, 4]


@cache
def _earth_orientation() -> tuple[Array, Array, Array, Array]:
    """MJD (UTC), UT1-TAI in s, polar motion x and y in arcsec of IERS finals2000A (from 1973).

    UT1-TAI and not UT1-UTC, because it has no leaps and can be interpolated.
    """
    raw = np.frombuffer(_iers_file("finals2000A.all").read_bytes(), dtype=np.uint8)
    width = int(np.argmax(raw == ord("\n"))) + 1
    lines = raw[: raw.size // width * width].reshape(-1, width)

    def column(start: int, stop: int) -> NDArray[np.bytes_]:
        return np.ascontiguousarray(lines[:, start:stop]).view(f"S{stop - start}").ravel()

    ut1_text = column(58, 68)
    known = np.char.strip(ut1_text) != b""
    mjd = column(7, 15)[known].astype(float)
    utc = np.datetime64("1858-11-17", "us") + (mjd * DAY_US).astype("timedelta64[us]")
    ut1_minus_tai = ut1_text[known].astype(float) - tai_minus_utc_s(utc)
    return mjd, ut1_minus_tai, column(18, 27)[known].astype(float), column(37, 46)[known].astype(float)


def tai_minus_utc_s(utc: Times) -> Array:
    """Leap seconds in force at UTC instants.

    Raises
    ------
    OutsideSpan
        Before 1972, when UTC had no whole leap seconds.
    """
    if utc.size and utc.min() < FIRST_UTC:
        raise OutsideSpan(f"UTC {utc.min()}: leap seconds exist since {FIRST_UTC}, need a later instant")
    since, seconds = _leap_seconds()
    return seconds[np.searchsorted(since, utc, side="right") - 1]


def tdb_minus_tt_s(days: Array) -> Array:
    """TDB-TT at days past J2000.0, good to 10 microseconds for 1600-2200.

    References
    ----------
    Kaplan 2005, USNO Circular 179, eq. 2.6.
    """
    t = days / 36525.0
    return (
        0.001657 * np.sin(628.3076 * t + 6.2401)
        + 0.000022 * np.sin(575.3385 * t + 4.2970)
        + 0.000014 * np.sin(1256.6152 * t + 6.1969)
        + 0.000005 * np.sin(606.9777 * t + 4.0212)
        + 0.000005 * np.sin(52.9691 * t + 0.4444)
        + 0.000002 * np.sin(21.3299 * t + 5.5431)
        + 0.000010 * t * np.sin(628.3076 * t + 4.2490)
    )


@dataclass(frozen=True)
class Instants:
    """The same instants in UTC (datetime64, microseconds) and in TDB (days past J2000.0)."""

    utc: Times
    tdb: Array

    def __len__(self) -> int:
        return len(self.tdb)

    @property
    def tdb_jd(self) -> Array:
        """TDB Julian dates."""
        return self.tdb + J2000_JD

    @cached_property
    def tt(self) -> Array:
        """TT, days past J2000.0."""
        return self.tdb - tdb_minus_tt_s(self.tdb) / DAY_S

    @cached_property
    def ut1(self) -> Array:
        """UT1, days past J2000.0.

        Outside the IERS table its first or last UT1-TAI is held: a year past its end that is wrong by
        some 0.1 s, which is 50 m at the equator.
        """
        mjd, ut1_minus_tai, _, _ = _earth_orientation()
        here = np.interp(self._mjd, mjd, ut1_minus_tai)
        return self.tt + (here - TT_MINUS_TAI_S) / DAY_S

    @property
    def polar_motion_arcsec(self) -> tuple[Array, Array]:
        """Polar motion x, y; held outside the IERS table."""
        mjd, _, x, y = _earth_orientation()
        return np.interp(self._mjd, mjd, x), np.interp(self._mjd, mjd, y)

    @property
    def _mjd(self) -> Array:
        return self.tt + J2000_JD - 2400000.5

    def at(self, chosen: Any) -> Instants:
        """The instants that an index or a mask selects."""
        return Instants(self.utc[chosen], self.tdb[chosen])


def utc_times(times: Iterable[Any] | Any) -> Times:
    """Instants as datetime64[us], from aware datetimes, ISO 8601 texts ("Z" allowed) or datetime64.

    Raises
    ------
    Refused
        For a datetime without time zone, or a text that is no instant.
    """
    if isinstance(times, np.ndarray) and times.dtype.kind == "M":
        return np.atleast_1d(times).astype("datetime64[us]")
    if isinstance(times, (str, datetime, np.datetime64)):
        times = [times]
    return np.array([_utc_time(one) for one in times], dtype="datetime64[us]")


def _utc_time(one: Any) -> np.datetime64:
    if isinstance(one, np.datetime64):
        return one.astype("datetime64[us]")
    if isinstance(one, str):
        try:
            parsed = datetime.fromisoformat(one.strip())
        except ValueError as error:
            raise Refused(f"time {one!r}: need an ISO 8601 instant such as 2025-10-03T04:36:54Z") from error
        one = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    if one.tzinfo is None:
        raise Refused(f"time {one!r} has no time zone, need an aware datetime")
    return np.datetime64(one.astimezone(UTC).replace(tzinfo=None), "us")


def from_utc(times: Iterable[Any] | Any) -> Instants:
    """Instants of UTC times.

    Parameters
    ----------
    times
        n instants as `utc_times` takes them.
    """
    utc = utc_times(times)
    tai_us = (utc - J2000_UTC_LABEL).astype(np.int64) + np.round(tai_minus_utc_s(utc) * 1e6).astype(np.int64)
    tt = (tai_us + round(TT_MINUS_TAI_S * 1e6)) / DAY_US
    return Instants(utc, tt + tdb_minus_tt_s(tt) / DAY_S)


def from_tdb(days: Iterable[float] | Array | float) -> Instants:
    """Instants of TDB days past J2000.0."""
    tdb = np.atleast_1d(np.asarray(days, dtype=float))
    tt = tdb - tdb_minus_tt_s(tdb) / DAY_S
    tai_us = np.round(tt * DAY_US).astype(np.int64) - round(TT_MINUS_TAI_S * 1e6)
    as_if_utc = J2000_UTC_LABEL + tai_us.astype("timedelta64[us]")
    # TAI-UTC is asked for at TAI first, which is right except within a minute after a leap second
    utc = as_if_utc - (tai_minus_utc_s(as_if_utc) * 1e6).astype("timedelta64[us]")
    utc = as_if_utc - (tai_minus_utc_s(utc) * 1e6).astype("timedelta64[us]")
    return Instants(utc, tdb)


def from_tdb_jd(julian_dates: Iterable[float] | Array | float) -> Instants:
    """Instants of TDB Julian dates (a double holds them to 40 microseconds)."""
    return from_tdb(np.atleast_1d(np.asarray(julian_dates, dtype=float)) - J2000_JD)


def as_datetime(utc: np.datetime64) -> datetime:
    """An aware datetime of one UTC instant."""
    plain = utc.astype("datetime64[us]").item()
    if not isinstance(plain, datetime):
        raise Refused(f"time {utc!r}: need an instant between the years 1 and 9999")
    return plain.replace(tzinfo=UTC)
