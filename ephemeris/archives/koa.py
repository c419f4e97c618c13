"""KOA: frames of the Keck telescopes, one table an instrument.

The release follows from the date and the months of the proprietary period that each frame carries.  All
columns are asked for: their names are those of the archive's programming interface, not seen in a live reply.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ephemeris.archives import tap
from ephemeris.archives.contract import Archive, Holding, Question, Rows
from ephemeris.archives.reading import Unexpected, answer_rows, moment, text_of, within
from ephemeris.wire import Reply, Request

BASE = "https://koa.ipac.caltech.edu/TAP"
INSTRUMENTS = ("kcwi", "lris", "nires", "nirspec", "hires", "mosfire", "osiris", "nirc2", "esi", "deimos")


def _tables(question: Question) -> list[str]:
    return [f"koa_{name}" for name in INSTRUMENTS if question.speaks_of(name)]


def takes(question: Question) -> bool:
    return question.archive == "koa" and bool(_tables(question))


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    tables = _tables(question)[: 1 if question.control else None]
    if len(replies) >= len(tables):
        return None
    return tap.query(
        BASE,
        f"""SELECT * FROM {tables[len(replies)]}
        WHERE date_obs BETWEEN '{question.start:%Y-%m-%d}' AND '{question.stop:%Y-%m-%d}'""",
        tap.most(question),
    )


def read(question: Question, replies: Sequence[Reply]) -> Rows:
    rows: list[Holding] = []
    overflow = False
    for name, reply in zip(_tables(question), replies, strict=False):
        found = tap.table(reply)
        found.need("koaid", "targname", "koaimtyp", "date_obs", where=name)
        overflow |= found.overflow
        for row in found.rows:
            at = moment(row["date_obs"])
            if not within(question, at):
                raise Unexpected(f"KOA answered with a frame of {at}, outside the window")
            period = row.get("propint")
            rows.append(
                Holding(
                    uid=text_of(row["koaid"]),
                    facility="Keck",
                    instrument=name.removeprefix("koa_").upper(),
                    level="raw" if text_of(row["koaimtyp"]).lower() == "object" else "calibration",
                    observed=at,
                    release=_months_later(at, int(period)) if at and period is not None else None,
                    rights="unknown",
                    target=text_of(row["targname"]),
                    program=text_of(row.get("progid")),
                )
            )
    return answer_rows(question, rows, "KOA", truncated=overflow, whole_window=True)


def _months_later(at: datetime, months: int) -> datetime:
    """The same day some months later, or the first of the month after where there is no such day."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    try:
        return at.replace(year=year, month=month + 1)
    except ValueError:
        year, month = divmod(year * 12 + month + 1, 12)
        return at.replace(year=year, month=month + 1, day=1)


ARCHIVE = Archive(
    name="koa",
    title="Keck Observatory Archive",
    hosts=("koa.ipac.caltech.edu",),
    home_url="https://koa.ipac.caltech.edu/",
    takes=takes,
    ask=ask,
    read=read,
    policy="Eighteen months from the observation by default; calibrations with the first science release.",
)
