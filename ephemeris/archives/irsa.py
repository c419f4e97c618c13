"""IRSA: SPHEREx frames whose footprint holds the object at the time they were taken.

A survey knows no target names, so positions from our own ephemeris are asked for, one a day.  The spacecraft is
in a low orbit: the parallax against the geocentre is below five seconds of arc, the field degrees wide.
Tables and columns as in IRSA's own tutorial.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from ephemeris.archives import tap
from ephemeris.archives.contract import Archive, Holding, Question, Rows
from ephemeris.archives.reading import Unexpected, from_mjd, mjd, text_of, within
from ephemeris.wire import Reply, Request

BASE = "https://irsa.ipac.caltech.edu/TAP"
_COLUMNS = ("uri", "obsid", "energy_bandpassname", "time_bounds_lower", "provenance_version")
_POSITIONS_A_QUERY = 8
_HALF_DAY = timedelta(hours=12)
_MONTH = timedelta(days=30)


def takes(question: Question) -> bool:
    return question.archive == "irsa" and question.speaks_of("SPHEREx")


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    if question.control:  # any frames of the month before
        month = (question.start - _MONTH, question.start)
        return None if replies else tap.query(BASE, _adql("1 = 1", *month), tap.CONTROL_ROWS)
    first = len(replies) * _POSITIONS_A_QUERY
    positions = question.positions[first : first + _POSITIONS_A_QUERY]
    if not positions:
        return None
    where = " OR ".join(
        f"(1 = CONTAINS(POINT('ICRS', {at.ra_deg:.5f}, {at.dec_deg:.5f}), p.poly) AND p.time_bounds_lower "
        f"BETWEEN {mjd(at.utc - _HALF_DAY):.4f} AND {mjd(at.utc + _HALF_DAY):.4f})"
        for at in positions
    )
    return tap.query(BASE, _adql(f"({where})", question.start, question.stop))


def _adql(where: str, start: datetime, stop: datetime) -> str:
    return f"""SELECT a.uri, p.obsid, p.energy_bandpassname, p.time_bounds_lower, p.provenance_version
        FROM spherex.artifact a JOIN spherex.plane p ON a.planeid = p.planeid
        WHERE p.time_bounds_lower BETWEEN {mjd(start):.4f} AND {mjd(stop):.4f} AND {where}"""


def read(question: Question, replies: Sequence[Reply]) -> Rows:
    found: dict[str, Holding] = {}
    overflow = False
    for reply in replies:
        table = tap.table(reply)
        table.need(*_COLUMNS, where="spherex.plane")
        overflow |= table.overflow
        for row in table.rows:
            holding = Holding(
                uid=text_of(row["uri"]),
                facility="SPHEREx",
                instrument=text_of(row["energy_bandpassname"]),
                level="calibrated",
                observed=from_mjd(row["time_bounds_lower"]),
                release=None,
                rights="public",  # the weekly quick release: what is listed can be fetched
                program=text_of(row["provenance_version"]),
            )
            if not question.control and not within(question, holding.observed):
                raise Unexpected(f"IRSA answered with a frame of {holding.observed}, outside the window")
            found[holding.uid] = holding
    rows = tuple(found.values())
    return Rows(rows, None if question.control else len(rows), overflow)


ARCHIVE = Archive(
    name="irsa",
    title="IRSA, SPHEREx quick release",
    hosts=("irsa.ipac.caltech.edu",),
    home_url="https://irsa.ipac.caltech.edu/Missions/spherex.html",
    takes=takes,
    ask=ask,
    read=read,
    policy="Released weekly, without a proprietary period.",
    caveats=("Frames are found by the computed position of the object, not by a name.",),
)
