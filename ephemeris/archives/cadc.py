"""CADC as a second witness: its own copy of the observation lists of JWST, Hubble and Gemini (CAOM-2)."""

from __future__ import annotations

from collections.abc import Sequence

from ephemeris.archives import tap
from ephemeris.archives.contract import Archive, Holding, Level, Question, Rows
from ephemeris.archives.reading import answer_rows, from_mjd, mjd, moment, text_of
from ephemeris.wire import Reply, Request

BASE = "https://ws.cadc-ccda.hia-iha.nrc-cnrc.gc.ca/argus"
COLLECTIONS = {"jwst": "JWST", "hubble": "HST", "gemini": "GEMINI"}
_COLUMNS = (
    "observationid", "target_name", "proposal_id", "instrument_name", "datarelease", "calibrationlevel",
    "time_bounds_lower", "planeuri",
)  # fmt: skip
_LEVELS: dict[object, Level] = {0: "raw", 1: "raw", 2: "calibrated", 3: "derived", 4: "derived"}


def _collection(question: Question) -> str:
    return next(
        (name for word, name in COLLECTIONS.items() if question.facility.lower().startswith(word)), ""
    )


def takes(question: Question) -> bool:
    return question.archive in ("mast", "gemini") and bool(_collection(question))


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    if replies:
        return None
    return tap.query(
        BASE,
        f"""SELECT o.observationID, o.target_name, o.proposal_id, o.instrument_name, p.dataRelease,
        p.calibrationLevel, p.time_bounds_lower, p.planeURI
        FROM caom2.Observation o JOIN caom2.Plane p ON o.obsID = p.obsID
        WHERE o.collection = '{_collection(question)}'
        AND p.time_bounds_lower BETWEEN {mjd(question.start):.4f} AND {mjd(question.stop):.4f}
        AND {tap.named(question, "o.target_name", fold=True)}""",
        tap.most(question),
    )


def read(question: Question, replies: Sequence[Reply]) -> Rows:
    found = tap.table(replies[0])
    found.need(*_COLUMNS, where="caom2.Plane")
    rows = [
        Holding(
            uid=text_of(row["planeuri"]),
            facility=_collection(question),
            instrument=text_of(row["instrument_name"]),
            level=_LEVELS.get(row["calibrationlevel"], "unspecified"),
            observed=from_mjd(row["time_bounds_lower"]),
            release=moment(row["datarelease"]),
            rights="unknown",
            target=text_of(row["target_name"]),
            program=text_of(row["proposal_id"]),
        )
        for row in found.rows
    ]
    return answer_rows(question, rows, "CADC", truncated=found.overflow)


ARCHIVE = Archive(
    name="cadc",
    title="Canadian Astronomy Data Centre",
    hosts=("ws.cadc-ccda.hia-iha.nrc-cnrc.gc.ca",),
    home_url="https://www.cadc-ccda.hia-iha.nrc-cnrc.gc.ca/",
    takes=takes,
    ask=ask,
    read=read,
    policy="A copy: the dates are those of the observatories.",
    witness=True,
)
