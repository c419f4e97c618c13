"""COBS: brightness estimates by amateur and professional observers, counted by day; a witness.

The database asks for attribution and non-commercial use: counts are shown with its name, rows are not passed on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from ephemeris.archives.contract import Archive, Holding, Question, Rows
from ephemeris.archives.reading import Unexpected, field_of, json_of, moment, text_of, within
from ephemeris.wire import Reply, Request

OBSERVATIONS = "https://cobs.si/api/obs_list.api"
MOST_PAGES = 4
CONTROL = "C/2024 E1"


def takes(question: Question) -> bool:
    return question.archive == "mpc" and question.speaks_of("many observatories")


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    page = len(replies) + 1
    if replies:
        if question.control or page > MOST_PAGES:
            return None
        try:
            _, pages, _ = _page(replies[-1])
        except Unexpected:
            return None  # `read` says what is wrong
        if page > pages:
            return None
    name = CONTROL if question.control else question.spelling.smallbody
    return Request(
        "GET",
        OBSERVATIONS,
        query=(
            ("des", name), ("format", "json"), ("from_date", f"{question.start:%Y-%m-%d %H:%M}"),
            ("to_date", f"{question.stop:%Y-%m-%d %H:%M}"), ("page", str(page)),
        ),
    )  # fmt: skip


def _page(reply: Reply) -> tuple[list[dict[str, Any]], int, int]:
    content = json_of(reply)
    if not isinstance(content, dict):
        raise Unexpected(f"COBS: expected an object, got {type(content).__name__}")
    rows, info = field_of(content, "objects", "COBS"), field_of(content, "info", "COBS")
    try:
        pages = int(field_of(info, "pages", "COBS info"))
        total = int(info.get("recordsTotal", len(rows)))
    except (TypeError, ValueError):
        raise Unexpected(f"COBS: pages is {info.get('pages')!r}, expected a number") from None
    if not isinstance(rows, list):
        raise Unexpected(f"COBS: objects is {type(rows).__name__}, expected a list")
    return rows, pages, total


def read(question: Question, replies: Sequence[Reply]) -> Rows:
    counted: dict[date, int] = defaultdict(int)
    pages = total = 0
    for reply in replies:
        rows, pages, total = _page(reply)
        for row in rows:
            comet = field_of(row, "comet", "COBS")
            name = text_of(field_of(comet, "fullname", "COBS comet"))
            if not question.control and not question.spelling.is_it(name):
                raise Unexpected(
                    f"COBS was asked for {question.spelling.smallbody} and answered with {name!r}"
                )
            at = moment(field_of(row, "obs_date", "COBS"))
            if at is None or not within(question, at):
                raise Unexpected(f"COBS answered with an estimate of {at}, outside the window")
            counted[at.date()] += 1
    holdings = tuple(
        Holding(
            uid=f"{day}",
            facility="COBS",
            instrument="magnitude estimates",
            level="derived",
            observed=datetime.combine(day, time(), UTC),
            release=None,
            rights="public",
            target=question.spelling.smallbody,
            number=number,
        )
        for day, number in counted.items()
    )
    return Rows(holdings, total, not question.control and len(replies) < pages)


ARCHIVE = Archive(
    name="cobs",
    title="Comet Observation Database (COBS)",
    hosts=("cobs.si",),
    home_url="https://cobs.si/",
    takes=takes,
    ask=ask,
    read=read,
    policy="Public as submitted.",
    witness=True,
    licence="Counts only, attributed to COBS (cobs.si); its rows are for non-commercial use.",
)
