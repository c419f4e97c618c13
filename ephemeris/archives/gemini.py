"""Gemini: frames of both telescopes with their release date (the archive's JSON summary).

Objects match whole, so each likely spelling is a request of its own.  A list that ends at a round number was
cut.  Files that failed the archive's quality check are not listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from ephemeris.archives.contract import Archive, Holding, Question, Rows
from ephemeris.archives.reading import Unexpected, field_of, json_of, moment, text_of, within
from ephemeris.wire import Reply, Request

SUMMARY = "https://archive.gemini.edu/jsonsummary/notengineering/NotFail"
ROUND = 250
SPELLINGS = 4
_CALIBRATIONS = frozenset(("partnerCal", "progCal", "dayCal", "acqCal"))


def takes(question: Question) -> bool:
    return question.archive == "gemini"


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    if question.control:  # all that the telescopes took in those days
        days = f"{question.observed_from:%Y%m%d}-{question.observed_to:%Y%m%d}"
        return None if replies else Request("GET", f"{SUMMARY}/science/{days}")
    names = question.spelling.exact[:SPELLINGS]
    if len(replies) >= len(names):
        return None
    return Request("GET", f"{SUMMARY}/object={quote(names[len(replies)], safe='')}")


def read(question: Question, replies: Sequence[Reply]) -> Rows:
    found: dict[str, Holding] = {}
    cut = False
    side = "South" if question.speaks_of("South") else "North" if question.speaks_of("North") else ""
    for reply in replies:
        rows = json_of(reply)
        if not isinstance(rows, list):
            raise Unexpected(f"Gemini: expected a list, got {type(rows).__name__}")
        cut |= bool(rows) and len(rows) % ROUND == 0
        for row in rows:
            target = text_of(field_of(row, "object", "Gemini"))
            if not question.control and not question.spelling.is_it(target):
                raise Unexpected(f"Gemini was asked for {question.body} and answered with {target!r}")
            at = moment(field_of(row, "ut_datetime", "Gemini"))
            if not within(question, at) or side not in text_of(row.get("telescope")):
                continue  # the summary knows no window: other nights belong to other campaigns
            kind = text_of(field_of(row, "observation_class", "Gemini"))
            name = text_of(field_of(row, "filename", "Gemini"))
            found[name] = Holding(
                uid=name,
                facility=text_of(row.get("telescope")) or "Gemini",
                instrument=text_of(row.get("instrument")),
                level="calibration" if kind in _CALIBRATIONS
                else "derived" if text_of(row.get("reduction")).startswith("PROCESSED") else "raw",
                observed=at,
                release=moment(field_of(row, "release", "Gemini")),
                rights="unknown",
                url=f"https://archive.gemini.edu/fullheader/{name}",
                target=target,
                program=text_of(row.get("program_id")),
            )  # fmt: skip
    return Rows(tuple(found.values()), len(found), cut)


ARCHIVE = Archive(
    name="gemini",
    title="Gemini Observatory Archive",
    hosts=("archive.gemini.edu",),
    home_url="https://archive.gemini.edu/",
    takes=takes,
    ask=ask,
    read=read,
    policy="The release date stands in each frame: twelve months as a rule, less for discretionary time.",
    caveats=("Frames that failed the archive's quality check are not counted.",),
)
