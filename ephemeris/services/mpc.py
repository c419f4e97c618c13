"""Minor Planet Center: the names of an object, and how much astrometry of it is published.

Both come from its REST interface, which takes a question as JSON in the body of a GET.  The client library
asks for 1P and 2P when it is told 1I and 2I (astroquery issue 3464), so it is not used.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from ephemeris.archives.reading import Unexpected, moment, shortened, text_of
from ephemeris.services.contract import AstrometryRecord, Question, Service, ServiceAnswer, UnexpectedReply
from ephemeris.services.reading import json_object
from ephemeris.wire import Reply, Request

IDENTIFIERS = "https://data.minorplanetcenter.net/api/query-identifier"
OBSERVATIONS = "https://data.minorplanetcenter.net/api/get-obs"


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    if not replies:
        body: dict[str, Any] = {"ids": [question.subject]}
        return Request("GET", IDENTIFIERS, body=body, text=f"GET {IDENTIFIERS} {orjson.dumps(body).decode()}")
    if len(replies) > 1 or replies[0].status != 200:
        return None
    body = {"desigs": [question.subject], "output_format": ["ADES_DF"], "ades_version": "2022"}
    return Request("GET", OBSERVATIONS, body=body, text=f"GET {OBSERVATIONS} {orjson.dumps(body).decode()}")


def read(question: Question, replies: Sequence[Reply]) -> ServiceAnswer:
    names = _names(question, json_object(replies[0], "MPC"))
    try:
        content = orjson.loads(replies[1].body)
    except orjson.JSONDecodeError:
        raise UnexpectedReply(f"MPC: expected JSON, got {shortened(replies[1].body)}") from None
    rows = (
        content[0].get("ADES_DF")
        if isinstance(content, list) and content and isinstance(content[0], dict)
        else None
    )
    if not isinstance(rows, list):
        raise UnexpectedReply("MPC: expected a list of observations under ADES_DF")
    observatories, moments = set(), []
    for number, row in enumerate(rows, 1):
        named = {text_of(row.get("permID")), text_of(row.get("provID"))} - {""}
        if not any(question.spelling is not None and question.spelling.is_it(name) for name in named):
            raise UnexpectedReply(
                f"MPC was asked for {question.subject}; observation {number} is of {' '.join(sorted(named)) or 'nothing'}"
            )
        if "stn" not in row or "obstime" not in row:
            raise UnexpectedReply(
                f"MPC: observation {number} has no {'stn' if 'stn' not in row else 'obstime'}"
            )
        try:
            at = moment(row["obstime"])
        except Unexpected as problem:
            raise UnexpectedReply(f"MPC: observation {number}: {problem}") from problem
        if at is None:
            raise UnexpectedReply(f"MPC: observation {number} has no time")
        observatories.add(text_of(row["stn"]))
        moments.append(at)
    record = AstrometryRecord(
        body=question.subject,
        names=names,
        observations=len(rows),
        observatories=len(observatories),
        first_utc=min(moments, default=None),
        last_utc=max(moments, default=None),
    )
    return ServiceAnswer(astrometry=record, provenance={"target": names[0]})


def _names(question: Question, content: dict[str, Any]) -> tuple[str, ...]:
    entry = content.get(question.subject)
    if not isinstance(entry, dict):
        raise UnexpectedReply(
            f"MPC: no answer about {question.subject}, there are {', '.join(sorted(content))[:80]}"
        )
    if entry.get("found") != 1:
        raise UnexpectedReply(f"MPC: {entry.get('found')} objects are called {question.subject}, expected 1")
    given = [entry.get("permid"), entry.get("unpacked_primary_provisional_designation"), entry.get("iau_designation"),
             entry.get("name"), *(entry.get("unpacked_secondary_provisional_designations") or [])]  # fmt: skip
    names = tuple(dict.fromkeys(text_of(name) for name in given if text_of(name)))
    if not any(question.spelling is not None and question.spelling.is_it(name) for name in names):
        raise UnexpectedReply(
            f"MPC was asked for {question.subject} and answered with {' '.join(names) or 'no name'}"
        )
    return names


SERVICE = Service(
    name="mpc",
    title="Minor Planet Center",
    hosts=("data.minorplanetcenter.net",),
    home_url="https://www.minorplanetcenter.net/",
    gives="identifiers and published astrometry",
    ask=ask,
    read=read,
    most_requests=2,
)
