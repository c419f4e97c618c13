"""ALMA: ObsCore of the science archive, which lists proprietary data with their release date.

Columns as in astroquery's recorded replies.
"""

from __future__ import annotations

from collections.abc import Sequence

from ephemeris.archives import tap
from ephemeris.archives.contract import Archive, Holding, Question, Rights, Rows
from ephemeris.archives.reading import from_mjd, mjd, moment, of_the_object, text_of
from ephemeris.wire import Reply, Request

BASE = "https://almascience.eso.org/tap"
_COLUMNS = (
    "obs_publisher_did", "target_name", "proposal_id", "member_ous_uid", "t_min", "data_rights", "obs_release_date",
    "band_list",
)  # fmt: skip
_RIGHTS: dict[str, Rights] = {"public": "public", "proprietary": "proprietary"}


def takes(question: Question) -> bool:
    return question.archive == "alma"


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    if replies:
        return None
    return tap.query(
        BASE,
        f"""SELECT {", ".join(_COLUMNS)} FROM ivoa.obscore
        WHERE t_min BETWEEN {mjd(question.start):.4f} AND {mjd(question.stop):.4f}
        AND {tap.named(question, "target_name", fold=True)}""",
        tap.most(question),
    )


def read(question: Question, replies: Sequence[Reply]) -> Rows:
    found = tap.table(replies[0])
    found.need(*_COLUMNS, where="ivoa.obscore")
    rows = [
        Holding(
            # one line a spectral window and field: the observing unit and the publisher's id name it together
            uid=f"{text_of(row['member_ous_uid'])} {text_of(row['obs_publisher_did'])}",
            facility="ALMA",
            instrument=f"band {text_of(row['band_list'])}",
            level="unspecified",
            observed=from_mjd(row["t_min"]),
            release=moment(row["obs_release_date"]),
            rights=_RIGHTS.get(text_of(row["data_rights"]).lower(), "unknown"),
            target=text_of(row["target_name"]),
            program=text_of(row["proposal_id"]),
        )
        for row in found.rows
    ]
    if question.control:
        return Rows(tuple(rows), truncated=found.overflow)
    ours, possible = of_the_object(question, rows, "ALMA")
    kept = {row.uid: row for row in ours}
    return Rows(tuple(kept.values()), len(kept), found.overflow, possible)


ARCHIVE = Archive(
    name="alma",
    title="ALMA Science Archive",
    hosts=("almascience.eso.org",),
    home_url="https://almascience.eso.org/aq/",
    takes=takes,
    ask=ask,
    read=read,
    policy="Twelve months after the data are delivered, six for discretionary time.",
)
