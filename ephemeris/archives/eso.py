"""ESO: raw frames of the telescopes on Paranal and La Silla, and the reduced data of ObsCore.

Headers are public at once, so frames are listed while their pixels are proprietary; `release_date` is when
that ends.  Calibration frames have no proprietary period.  Columns: the recorded tables of astroquery's tests.
"""

from __future__ import annotations

from collections.abc import Sequence

from ephemeris.archives import tap
from ephemeris.archives.contract import Archive, Holding, Level, Question, Rows
from ephemeris.archives.reading import answer_rows, from_mjd, mjd, moment, text_of
from ephemeris.wire import Reply, Request

BASE = "https://archive.eso.org/tap_obs"
_RAW = (
    "dp_id",
    "object",
    "target",
    "prog_id",
    "instrument",
    "dp_cat",
    "exp_start",
    "release_date",
    "access_url",
)
_REDUCED = (
    "dp_id", "target_name", "instrument_name", "t_min", "obs_release_date", "proposal_id", "calib_level", "access_url",
)  # fmt: skip
_REDUCED_LEVELS: dict[object, Level] = {0: "raw", 1: "raw", 2: "calibrated", 3: "derived", 4: "derived"}


def takes(question: Question) -> bool:
    return question.archive == "eso"


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    if not replies:
        return tap.query(
            BASE,
            f"""SELECT {", ".join(_RAW)} FROM dbo.raw
            WHERE exp_start BETWEEN '{question.start:%Y-%m-%dT%H:%M:%S}' AND '{question.stop:%Y-%m-%dT%H:%M:%S}'
            AND {tap.named(question, "object", "target")}""",
            tap.most(question),
        )
    if len(replies) == 1 and not question.control:
        return tap.query(
            BASE,
            f"""SELECT {", ".join(_REDUCED)} FROM ivoa.ObsCore
            WHERE t_min BETWEEN {mjd(question.start):.4f} AND {mjd(question.stop):.4f}
            AND {tap.named(question, "target_name")}""",
            tap.most(question),
        )
    return None


def read(question: Question, replies: Sequence[Reply]) -> Rows:
    tables = [tap.table(reply) for reply in replies]
    tables[0].need(*_RAW, where="dbo.raw")
    rows = [_raw(row, question) for row in tables[0].rows]
    if len(tables) > 1:
        tables[1].need(*_REDUCED, where="ivoa.ObsCore")
        rows += [_reduced(row) for row in tables[1].rows]
    truncated = any(table.overflow for table in tables)
    return answer_rows(question, rows, "ESO", truncated=truncated)


def _raw(row: dict, question: Question) -> Holding:
    # both are the observer's words; either may have matched, and the block's target is the tidier one
    names = [text_of(row["target"]), text_of(row["object"])]
    target = next((name for name in names if question.spelling.is_it(name)), names[0] or names[1])
    if not question.control and not question.spelling.may_be(target):
        target = names[1]
    calibration = text_of(row["dp_cat"]).upper() not in ("SCIENCE", "ACQUISITION")
    return Holding(
        uid=text_of(row["dp_id"]),
        facility="VLT",
        instrument=text_of(row["instrument"]),
        level="calibration" if calibration else "raw",
        observed=moment(row["exp_start"]),
        release=moment(row["release_date"]),
        rights="unknown",
        url=text_of(row["access_url"]),
        target=target,
        program=text_of(row["prog_id"]),
    )


def _reduced(row: dict) -> Holding:
    return Holding(
        uid=text_of(row["dp_id"]),
        facility="VLT",
        instrument=text_of(row["instrument_name"]),
        level=_REDUCED_LEVELS.get(row["calib_level"], "unspecified"),
        observed=from_mjd(row["t_min"]),
        release=moment(row["obs_release_date"]),
        rights="unknown",
        url=text_of(row["access_url"]),
        target=text_of(row["target_name"]),
        program=text_of(row["proposal_id"]),
    )


ARCHIVE = Archive(
    name="eso",
    title="ESO Science Archive",
    hosts=("archive.eso.org",),
    home_url="https://archive.eso.org/",
    takes=takes,
    ask=ask,
    read=read,
    policy="Headers are public at once; science frames normally one year after they arrive; calibrations at once.",
)
