"""Save Page Now: the Internet Archive is asked to keep a page, with keys of the operator.

Asking is not archiving: a capture is pending until the archive says that it is done.  A request whose answer
never came is not sent again; the index of the Wayback Machine tells in its time what came of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ephemeris.services.contract import UnexpectedReply
from ephemeris.services.reading import json_object, taken
from ephemeris.watches.contract import Finding, SourceQuestion, Watch
from ephemeris.watches.wayback import copy_url, moment
from ephemeris.wire import Reply, Request

TITLE = "Save Page Now"
SAVE = "https://web.archive.org/save"


def ask(question: SourceQuestion, replies: Sequence[Reply]) -> Request | None:
    if replies:
        return None
    if question.job:
        return Request("GET", f"{SAVE}/status/{question.job}")
    return Request(
        "POST",
        SAVE,
        form=(("url", question.url), ("capture_all", "0"), ("skip_first_archive", "1")),
        text=f"POST {SAVE} url={question.url}",
    )


def read(question: SourceQuestion, replies: Sequence[Reply]) -> Finding:
    told = json_object(taken(replies[0], TITLE), TITLE)
    status = told.get("status")
    if status == "error":  # a refusal comes with 200
        code = str(told.get("status_ext") or "error:unknown").removeprefix("error:")
        return Finding(
            "failed", f"The Internet Archive could not capture the page: {code}.", code, {"code": code}
        )
    if not question.job:
        return Finding(
            "pending", "A capture was asked for; it is not archived yet.", facts={"job": _job(told)}
        )
    if told.get("job_id") != question.job:
        raise UnexpectedReply(
            f"{TITLE} was asked for job {question.job} and answered for {told.get('job_id')!r}"
        )
    if status == "pending":
        return Finding(
            "pending", "A capture was asked for; it is not archived yet.", facts={"job": question.job}
        )
    if status != "success":
        raise UnexpectedReply(f"{TITLE}: status {status!r}, expected pending, success or error")
    stamp, original = str(told.get("timestamp") or ""), str(told.get("original_url") or question.url)
    at = moment(stamp)
    return Finding(
        "archived",
        f"The Internet Archive captured the page on {at:%-d %B %Y} at our request.",
        facts={"archived_at": at.isoformat(), "archive_url": copy_url(stamp, original), "job": question.job},
    )


def _job(told: dict[str, Any]) -> str:
    job = told.get("job_id")
    if not isinstance(job, str) or not re.fullmatch(r"[A-Za-z0-9_-]{8,80}", job):
        raise UnexpectedReply(f"{TITLE}: expected the id of a job, got {str(told)[:120]}")
    return job


WATCH = Watch(
    name="save_page_now",
    title=TITLE,
    hosts=("web.archive.org",),
    home_url="https://web.archive.org/save",
    gives="captures of pages that are not archived yet, where the operator gave keys",
    states={
        "pending": "a capture was asked for and is not done",
        "archived": "captured at our request",
        "failed": "the archive could not capture it",
    },
    takes=lambda question: bool(question.url),
    ask=ask,
    read=read,
    interval_s=10.0,  # six a minute
    with_keys=True,
)
