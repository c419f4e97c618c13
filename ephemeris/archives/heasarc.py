"""HEASARC: the master tables of Swift and XRISM.

All columns are asked for, because only those of Swift were seen in print; `public_date` and `archive_date`
are taken where they exist.
"""

from __future__ import annotations

from collections.abc import Sequence

from ephemeris.archives import tap
from ephemeris.archives.contract import Archive, Holding, Question, Rows
from ephemeris.archives.reading import answer_rows, from_mjd, mjd, text_of
from ephemeris.wire import Reply, Request

BASE = "https://heasarc.gsfc.nasa.gov/xamin/vo/tap"
TABLES = {"swift": ("swiftmastr", "Swift"), "xrism": ("xrismmastr", "XRISM")}


def _table(question: Question) -> tuple[str, str]:
    return next((table for word, table in TABLES.items() if question.speaks_of(word)), ("", ""))


def takes(question: Question) -> bool:
    return question.archive == "heasarc" and bool(_table(question)[0])


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    if replies:
        return None
    return tap.query(
        BASE,
        f"""SELECT * FROM {_table(question)[0]}
        WHERE start_time BETWEEN {mjd(question.start):.4f} AND {mjd(question.stop):.4f}
        AND {tap.named(question, "name", fold=True)}""",
        tap.most(question),
    )


def read(question: Question, replies: Sequence[Reply]) -> Rows:
    table, facility = _table(question)
    found = tap.table(replies[0])
    found.need("obsid", "name", "start_time", where=table)
    rows = [
        Holding(
            uid=text_of(row["obsid"]),
            facility=facility,
            instrument=text_of(row.get("instrument")) or facility,
            level="raw",
            observed=from_mjd(row["start_time"]),
            release=from_mjd(row.get("public_date")),
            # Swift has no proprietary period and no column for one
            rights="unknown" if "public_date" in found.columns else "public",
            target=text_of(row["name"]),
            received=from_mjd(row.get("archive_date")),
        )
        for row in found.rows
    ]
    return answer_rows(question, rows, "HEASARC", truncated=found.overflow)


ARCHIVE = Archive(
    name="heasarc",
    title="HEASARC",
    hosts=("heasarc.gsfc.nasa.gov",),
    home_url="https://heasarc.gsfc.nasa.gov/",
    takes=takes,
    ask=ask,
    read=read,
    policy="Swift: public at once.  XRISM: as the public date of each observation says.",
)
