"""ESA's Planetary Science Archive: products of spacecraft by a window of time (EPN-TAP).

Frames of the sky may carry the target "Sky" or "Mars", so the window and the instrument are asked for and the
target is only noted.  `release_date` as ESA's own tool reads it: past is public, future is on a rolling
release, 2098 and later is on hold.  Times are Julian dates.  A synchronous reply ends at 2000 rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ephemeris.archives import tap
from ephemeris.archives.contract import Archive, Holding, Level, Question, Rows
from ephemeris.archives.reading import Unexpected, from_jd, mjd, moment, text_of, within
from ephemeris.wire import Reply, Request

BASE = "https://psa.esa.int/psa-tap/tap"
_COLUMNS = (
    "granule_uid", "target_name", "instrument_host_name", "instrument_name", "processing_level", "time_min",
    "release_date", "access_url",
)  # fmt: skip
_LEVELS: dict[object, Level] = {1: "raw", 2: "raw", 3: "calibrated", 4: "derived", 5: "derived"}
# spellings to be confirmed by the first live refresh (SELECT DISTINCT instrument_name)
INSTRUMENTS = {
    "mars express": ("HRSC", "VMC", "OMEGA", "SPICAM"),
    "trace gas orbiter": ("CaSSIS", "NOMAD"),
    "exomars tgo": ("CaSSIS", "NOMAD"),
    "juice": ("JANUS", "MAJIS", "UVS", "SWI", "PEP", "NAVCAM"),
}
_CONTROL_SHIFT = timedelta(days=30)


def _instruments(question: Question) -> tuple[str, ...]:
    return next((names for host, names in INSTRUMENTS.items() if question.speaks_of(host)), ())


def takes(question: Question) -> bool:
    return question.archive == "psa" and bool(_instruments(question))


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    if replies:
        return None
    # a control looks at the month before with the same instruments
    start, stop = (
        (question.start - _CONTROL_SHIFT, question.start)
        if question.control
        else (question.start, question.stop)
    )
    return tap.query(
        BASE,
        f"""SELECT {", ".join(_COLUMNS)} FROM psa.epn_core
        WHERE time_min >= {mjd(start) + 2_400_000.5:.5f} AND time_min < {mjd(stop) + 2_400_000.5:.5f}
        AND {tap.one_of("instrument_name", _instruments(question))}""",
        tap.most(question),
    )


def read(question: Question, replies: Sequence[Reply]) -> Rows:
    found = tap.table(replies[0])
    found.need(*_COLUMNS, where="psa.epn_core")
    rows = [
        Holding(
            uid=text_of(row["granule_uid"]),
            facility=text_of(row["instrument_host_name"]),
            instrument=text_of(row["instrument_name"]),
            level=_LEVELS.get(row["processing_level"], "unspecified"),
            observed=from_jd(row["time_min"]),
            release=moment(row["release_date"]),
            rights="unknown",
            url=text_of(row["access_url"]),
            target=text_of(row["target_name"]),
        )
        for row in found.rows
    ]
    if question.control:
        return Rows(tuple(rows), truncated=found.overflow)
    wanted = {name.lower() for name in _instruments(question)}
    for row in rows:
        if row.instrument.lower() not in wanted or not within(question, row.observed):
            raise Unexpected(
                f"PSA was asked for {', '.join(sorted(wanted))} from {question.start:%Y-%m-%d} to "
                f"{question.stop:%Y-%m-%d} and answered with {row.instrument} of {row.observed}"
            )
    # a full table is cut short whether or not the server says so
    return Rows(tuple(rows), len(rows), found.overflow or len(rows) >= tap.MOST_ROWS)


ARCHIVE = Archive(
    name="psa",
    title="ESA Planetary Science Archive",
    hosts=("psa.esa.int",),
    home_url="https://psa.esa.int/",
    takes=takes,
    ask=ask,
    read=read,
    policy="Six to twelve months after the observation, by instrument; later dates mean a rolling release.",
    caveats=("All products of the instruments in that window are counted, whatever they point at.",),
)
