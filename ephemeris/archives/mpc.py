"""MPC: published astrometry of the object, counted by observatory and day.

The service takes its question as JSON in the body of a GET.  At most five requests a second are allowed; one a
second is enough.  Thousands of independent measurements are one holding a station and day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from ephemeris.archives.contract import Archive, Holding, Question, Rows
from ephemeris.archives.reading import Unexpected, field_of, json_of, moment, text_of, within
from ephemeris.wire import Reply, Request

OBSERVATIONS = "https://data.minorplanetcenter.net/api/get-obs"
CONTROL = {"3I": "2I", "2I": "1I", "1I": "2I"}


def _station(question: Question) -> str:
    """The observatory code that the campaign names; the empty text for all of them."""
    found = re.search(r"MPC code ([A-Z0-9]\d\d)", question.instrument)
    return found[1] if found else ""


def takes(question: Question) -> bool:
    return question.archive == "mpc"


def _designation(question: Question) -> str:
    return CONTROL.get(question.body, "2I") if question.control else question.body


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    if replies:
        return None
    body = {"desigs": [_designation(question)], "output_format": ["ADES_DF"], "ades_version": "2022"}
    return Request("GET", OBSERVATIONS, body=body, text=f"GET {OBSERVATIONS} {body}")


def read(question: Question, replies: Sequence[Reply]) -> Rows:
    content = json_of(replies[0])
    if not isinstance(content, list) or not content or not isinstance(content[0], dict):
        raise Unexpected("MPC: expected a list with one object")
    rows = field_of(content[0], "ADES_DF", "MPC")
    if not isinstance(rows, list):
        raise Unexpected(f"MPC: ADES_DF is {type(rows).__name__}, expected a list")
    counted: dict[tuple[str, date], int] = defaultdict(int)
    for row in rows:
        names = {text_of(row.get("permID")), text_of(row.get("provID"))} - {""}
        expected = _designation(question)
        if not names or (not question.control and not any(question.spelling.is_it(name) for name in names)):
            raise Unexpected(
                f"MPC was asked for {expected} and answered with {' '.join(sorted(names)) or 'no name'}"
            )
        station = text_of(field_of(row, "stn", "MPC"))
        at = moment(field_of(row, "obstime", "MPC"))
        if at is None:
            raise Unexpected("MPC: an observation without a time")
        if question.control or (within(question, at) and _station(question) in ("", station)):
            counted[station, at.date()] += 1
    holdings = tuple(
        Holding(
            uid=f"{station} {day}",
            facility=f"MPC station {station}",
            instrument="astrometry",
            level="derived",
            observed=datetime.combine(day, time(), UTC),
            release=None,
            rights="public",
            target=_designation(question),
            number=number,
        )
        for (station, day), number in counted.items()
    )
    stations = len({station for station, _ in counted})
    return Rows(holdings, sum(counted.values()), note=f"{stations} observatories" if holdings else "")


ARCHIVE = Archive(
    name="mpc",
    title="Minor Planet Center",
    hosts=("data.minorplanetcenter.net",),
    home_url="https://www.minorplanetcenter.net/",
    takes=takes,
    ask=ask,
    read=read,
    policy="Published as they are accepted.",
)
