"""XSA: observations of XMM-Newton with the end of their proprietary period.

Columns as printed in the documentation of astroquery's module; the target's column is called `target` or
`target_name`, so all columns are asked for and the object is found among the window's few observations.
"""

from __future__ import annotations

from collections.abc import Sequence

from ephemeris.archives import tap
from ephemeris.archives.contract import Archive, Holding, Question, Rows
from ephemeris.archives.reading import Unexpected, answer_rows, moment, text_of, within
from ephemeris.wire import Reply, Request

BASE = "https://nxsa.esac.esa.int/tap-server/tap"
_COLUMNS = ("observation_id", "start_utc", "proprietary_end_date")


def takes(question: Question) -> bool:
    return question.archive == "xsa"


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    if replies:
        return None
    return tap.query(
        BASE,
        f"""SELECT * FROM v_all_observations
        WHERE start_utc BETWEEN '{question.start:%Y-%m-%d %H:%M:%S}' AND '{question.stop:%Y-%m-%d %H:%M:%S}'""",
        tap.most(question),
    )


def read(question: Question, replies: Sequence[Reply]) -> Rows:
    found = tap.table(replies[0])
    found.need(*_COLUMNS, where="v_all_observations")
    target = next((name for name in ("target", "target_name") if name in found.columns), None)
    if target is None:
        raise Unexpected("v_all_observations: neither target nor target_name is a column")
    rows = []
    for row in found.rows:
        at = moment(row["start_utc"])
        if not within(question, at):
            raise Unexpected(f"XSA answered with an observation of {at}, outside the window")
        rows.append(
            Holding(
                uid=text_of(row["observation_id"]),
                facility="XMM-Newton",
                instrument="EPIC, RGS, OM",
                level="unspecified",
                observed=at,
                release=moment(row["proprietary_end_date"]),
                rights="unknown",
                target=text_of(row[target]),
                program=text_of(row.get("proposal_id")),
            )
        )
    # the window was asked for whole: strangers are expected, near misses are told
    return answer_rows(question, rows, "XSA", truncated=found.overflow, whole_window=True)


ARCHIVE = Archive(
    name="xsa",
    title="XMM-Newton Science Archive",
    hosts=("nxsa.esac.esa.int",),
    home_url="https://nxsa.esac.esa.int/",
    takes=takes,
    ask=ask,
    read=read,
    policy="Twelve months after the data reach the observer.",
)
