"""TESS: the sectors whose full-frame images hold the object (MAST's cut-out service for moving targets).

TESS images have no proprietary period; a sector is listed once its images can be cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from ephemeris.archives.contract import Archive, Holding, Question, Rows
from ephemeris.archives.reading import Unexpected, field_of, json_of, text_of
from ephemeris.wire import Reply, Request

SECTORS = "https://mast.stsci.edu/tesscut/api/v0.1/moving_target/sector"
CONTROL = "Ceres"  # observed in many sectors


def _sector(question: Question) -> int | None:
    found = re.search(r"[Ss]ector (\d+)", question.instrument)
    return int(found[1]) if found else None


def takes(question: Question) -> bool:
    return question.archive == "mast" and question.facility == "TESS" and _sector(question) is not None


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    if replies:
        return None
    name = CONTROL if question.control else question.spelling.smallbody
    form = (("obj_id", name),)
    return Request("POST", SECTORS, form=form, text=f"POST {SECTORS} obj_id={name}")


def read(question: Question, replies: Sequence[Reply]) -> Rows:
    content = json_of(replies[0])
    rows = field_of(content, "results", "tesscut") if isinstance(content, dict) else None
    if not isinstance(rows, list):
        raise Unexpected("tesscut: expected a list of results")
    holdings, others = [], set()
    for row in rows:
        sector = text_of(field_of(row, "sector", "tesscut"))
        if not question.control and sector != str(_sector(question)):
            others.add(sector)
            continue
        camera, chip = text_of(field_of(row, "camera", "tesscut")), text_of(field_of(row, "ccd", "tesscut"))
        holdings.append(
            Holding(
                uid=text_of(field_of(row, "sectorName", "tesscut")),
                facility="TESS",
                instrument=f"full-frame images, camera {camera}, chip {chip}",
                level="calibrated",
                observed=datetime.combine(question.observed_from, datetime.min.time(), UTC),
                release=None,
                rights="public",
                target=question.spelling.smallbody,
                program=f"sector {sector}",
            )
        )
    note = f"also in sector {', '.join(sorted(others, key=int))}" if others else ""
    return Rows(tuple(holdings), len(holdings), note=note)


ARCHIVE = Archive(
    name="tess",
    title="TESS at MAST",
    hosts=("mast.stsci.edu",),
    home_url="https://mast.stsci.edu/tesscut/",
    takes=takes,
    ask=ask,
    read=read,
    policy="No proprietary period.",
    caveats=("A row is a chip whose images hold the computed position, not a single image.",),
)
