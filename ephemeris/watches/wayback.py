"""The Wayback Machine's index: whether a page is archived, and when last.

The index (CDX) is asked and not the "available" service, which answers that it knows nothing when it is busy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from ephemeris.archives.reading import shortened
from ephemeris.services.contract import UnexpectedReply
from ephemeris.services.reading import taken
from ephemeris.watches.contract import Finding, SourceQuestion, Watch
from ephemeris.wire import Reply, Request

TITLE = "Wayback Machine"
COLUMNS = ["timestamp", "original", "mimetype", "statuscode", "digest", "length"]


def ask(question: SourceQuestion, replies: Sequence[Reply]) -> Request | None:
    if replies:
        return None
    return Request(
        "GET",
        "https://web.archive.org/cdx/search/cdx",
        query=(
            ("url", question.url),
            ("output", "json"),
            ("fl", ",".join(COLUMNS)),
            ("filter", "statuscode:200"),
            ("limit", "-1"),  # the newest; without the minus the oldest
        ),
    )


def read(question: SourceQuestion, replies: Sequence[Reply]) -> Finding:
    reply = replies[0]
    if reply.status == 403 and b"Blocked Site Error" in (
        reply.headers.get("X-Archive-Wayback-Runtime-Error", "").encode() + reply.body
    ):
        return Finding("excluded", "The Wayback Machine does not show this page, at its owner's request.")
    rows = _rows(taken(reply, TITLE))
    if not rows:
        return Finding("not_archived", "The Wayback Machine has no copy of this page.")
    stamp, original = rows[-1][0], rows[-1][1]
    if _same_page(original) != _same_page(question.url):
        raise UnexpectedReply(f"{TITLE} was asked for {question.url} and answered with {original}")
    at = moment(stamp)
    return Finding(
        "archived",
        f"The Wayback Machine has a copy of {at:%-d %B %Y}.",
        facts={
            "archived_at": at.isoformat(),
            "archive_url": copy_url(stamp, original),
            "digest": rows[-1][4],
        },
    )


def _rows(reply: Reply) -> list[list[str]]:
    """The captures; an empty body and an empty list both say that there are none."""
    if not reply.body.strip():
        return []
    try:
        content: Any = orjson.loads(reply.body)
    except orjson.JSONDecodeError:
        raise UnexpectedReply(f"{TITLE}: expected JSON, got {shortened(reply.body)}") from None
    if content == []:
        return []
    if not isinstance(content, list) or content[0] != COLUMNS:
        raise UnexpectedReply(
            f"{TITLE}: expected the columns {', '.join(COLUMNS)}, got {shortened(reply.body)}"
        )
    for row in content[1:]:
        if (
            not isinstance(row, list)
            or len(row) != len(COLUMNS)
            or not all(isinstance(cell, str) for cell in row)
        ):
            raise UnexpectedReply(
                f"{TITLE}: a capture of {len(COLUMNS)} cells was expected, got {str(row)[:80]}"
            )
    return content[1:]


def moment(stamp: str) -> datetime:
    """The time of a capture, from its fourteen digits."""
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        raise UnexpectedReply(
            f"{TITLE}: {stamp!r} is no time of a capture, expected fourteen digits"
        ) from None


def copy_url(stamp: str, original: str) -> str:
    return f"https://web.archive.org/web/{stamp}/{original}"


def _same_page(url: str) -> str:
    """An address without what the index leaves out when it looks one up."""
    bare = re.sub(r"^https?://(www\d?\.)?", "", url.lower()).partition("#")[0]
    return re.sub(r":(80|443)(?=/|$)", "", bare).rstrip("/")


WATCH = Watch(
    name="wayback",
    title=TITLE,
    hosts=("web.archive.org",),
    home_url="https://web.archive.org/",
    gives="archived copies of pages",
    states={
        "archived": "an archived copy is known",
        "not_archived": "no archived copy is known",
        "excluded": "excluded from the archive by its owner",
    },
    takes=lambda question: bool(question.url),
    ask=ask,
    read=read,
    interval_s=2.5,  # 24 a minute
)
