"""JPL Horizons: the path of JWST about the Sun, without which its place is a guess of 800,000 km."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from ephemeris.services.contract import Question, Service, ServiceAnswer, UnexpectedReply
from ephemeris.services.horizons import vectors_request
from ephemeris.services.horizons_header import target_of
from ephemeris.services.horizons_table import states_table
from ephemeris.services.horizons_text import NO_EPHEMERIS, calendar, envelope, horizons_text, month
from ephemeris.wire import Reply, Request
from science.constants import J2000_JD
from science.refusals import Refused

COMMAND = "-170"
MARGIN_D = 1.0


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    if not replies:
        return vectors_request(COMMAND, question)
    shorter = _shorter(question, replies[0]) if len(replies) == 1 and replies[0].status == 200 else None
    return None if shorter is None else vectors_request(COMMAND, shorter)


def _shorter(question: Question, reply: Reply) -> Question | None:
    """The question as far as the predicted path reaches, where the reply says that it ends earlier."""
    try:
        _, text = envelope(reply)
        found = NO_EPHEMERIS.search(text)
        if not found:
            return None
        ends = datetime(int(found[1]), month(found[2]), int(found[3]))  # noqa: DTZ001  TDB has no time zone
    except UnexpectedReply:
        return None  # `read` says what is wrong
    last = (ends - datetime(2000, 1, 1, 12)).days + 0.5 + J2000_JD - MARGIN_D  # noqa: DTZ001
    days = int((last - question.start_tdb_jd) / question.step_d)
    stop = question.start_tdb_jd + days * question.step_d
    return replace(question, stop_tdb_jd=stop) if days >= 4 and stop < question.stop_tdb_jd else None


def read(question: Question, replies: Sequence[Reply]) -> ServiceAnswer:
    if len(replies) == 2:
        question = _shorter(question, replies[0]) or question
    text = horizons_text(replies[-1])
    target, source = target_of(text.head)
    if "(-170)" not in target:
        raise UnexpectedReply(f"Horizons was asked for JWST and answered with {target!r}")
    try:
        track = states_table(text, question, source[:64])
    except Refused as problem:
        raise UnexpectedReply(f"Horizons: {problem}") from problem
    provenance = {"api_version": text.version, "target": target, "source": source,
                  "requested": f"{calendar(question.start_tdb_jd)} to {calendar(question.stop_tdb_jd)} TDB"}  # fmt: skip
    return ServiceAnswer(track=track, provenance=provenance)


SERVICE = Service(
    name="jwst",
    title="JPL Horizons, path of JWST",
    hosts=("ssd.jpl.nasa.gov",),
    home_url="https://ssd.jpl.nasa.gov/horizons/",
    gives="where JWST is",
    ask=ask,
    read=read,
    most_requests=2,
    spacecraft="jwst",
)
