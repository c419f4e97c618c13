"""Mars 2020: raw images of Perseverance, published by a machine as they arrive.

Each image carries when it was taken and when the ground received it; their difference is the latency.  The
feed is undocumented and gives at most 100 images a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

import numpy as np

from ephemeris.archives.contract import Archive, Holding, Question, Rows
from ephemeris.archives.reading import Unexpected, field_of, json_of, moment, text_of
from ephemeris.wire import Reply, Request
from science.mars import sol_number
from science.observers import observer
from science.timescales import from_utc

FEED = "https://mars.nasa.gov/rss/api/"
PAGE = 100
MOST_PAGES = 12
CONTROL_SOLS = 30


def sols(question: Question) -> tuple[int, int]:
    """First and last sol of the days of observation, at the rover."""
    ends = [
        np.datetime64(datetime.combine(question.observed_from, time.min), "us"),
        np.datetime64(datetime.combine(question.observed_to, time.max), "us"),
    ]
    first, last = sol_number(observer("perseverance"), from_utc(ends))
    return int(first), int(last)


def takes(question: Question) -> bool:
    named = question.speaks_of("Perseverance") or question.speaks_of("Mars 2020")
    return question.archive == "mission" and named


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    page = len(replies)
    if page and (question.control or page >= MOST_PAGES):
        return None
    if page:
        try:
            rows, total = _images(replies[-1])
        except Unexpected:
            return None  # `read` says what is wrong
        if not rows or page * PAGE >= total:
            return None
    first, last = sols(question)
    if question.control:
        first, last = first - CONTROL_SOLS, first - 1
    return Request(
        "GET",
        FEED,
        query=(
            ("feed", "raw_images"), ("category", "mars2020"), ("feedtype", "json"), ("ver", "1.2"),
            ("num", str(10 if question.control else PAGE)), ("page", str(page)), ("order", "sol desc"),
            ("condition_2", f"{first}:sol:gte"), ("condition_3", f"{last}:sol:lte"),
        ),
    )  # fmt: skip


def _images(reply: Reply) -> tuple[list[dict[str, Any]], int]:
    content = json_of(reply)
    if not isinstance(content, dict):
        raise Unexpected(f"Mars 2020: expected an object, got {type(content).__name__}")
    rows = field_of(content, "images", "Mars 2020")
    total = field_of(content, "total_results", "Mars 2020")
    if not isinstance(rows, list) or not str(total).isdigit():
        raise Unexpected(f"Mars 2020: {total!r} results and {type(rows).__name__} of images")
    return rows, int(total)


def read(question: Question, replies: Sequence[Reply]) -> Rows:
    first, last = sols(question)
    holdings: dict[str, Holding] = {}
    total = 0
    for reply in replies:
        rows, total = _images(reply)
        for row in rows:
            sol = int(field_of(row, "sol", "Mars 2020 image"))
            if not question.control and not first <= sol <= last:
                raise Unexpected(f"Mars 2020 was asked for sols {first} to {last} and answered with {sol}")
            uid = text_of(field_of(row, "imageid", "Mars 2020 image"))
            taken = moment(field_of(row, "date_taken_utc", "Mars 2020 image"))
            received = moment(field_of(row, "date_received", "Mars 2020 image"))
            camera = row.get("camera") or {}
            thumbnail = text_of(row.get("sample_type")).lower() == "thumbnail"
            holdings[uid] = Holding(
                uid=uid,
                facility="Perseverance",
                instrument=text_of(camera.get("instrument")),
                level="preview" if thumbnail else "raw",
                observed=taken,
                release=received,
                rights="public",
                url=text_of(row.get("link")),
                received=received,
            )
    note = ""
    delays = sorted(
        (holding.received - holding.observed).total_seconds() / 3600
        for holding in holdings.values()
        if holding.received and holding.observed
    )
    if delays and not question.control:
        note = f"received {delays[len(delays) // 2]:.1f} h after they were taken (median of {len(delays)})"
    return Rows(tuple(holdings.values()), total, total > len(holdings) and not question.control, note=note)


ARCHIVE = Archive(
    name="mars2020",
    title="Mars 2020 raw images",
    hosts=("mars.nasa.gov",),
    home_url="https://mars.nasa.gov/mars2020/multimedia/raw-images/",
    takes=takes,
    ask=ask,
    read=read,
    policy="Published by a machine as the images arrive.",
    conditional=True,
)
