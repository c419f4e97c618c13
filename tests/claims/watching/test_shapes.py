"""Replies of every wrong shape: a finding, or an answer that cannot be read; never a broken look."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from ephemeris.services.contract import RemoteUnavailable, UnexpectedReply
from ephemeris.watches.contract import SourceQuestion
from ephemeris.watches.reading import finding
from ephemeris.watches.registry import watches
from ephemeris.wire import Reply
from tests.fakes.watched import FakeWeb, Heard, Preprint, Said

STRANGE: list[Any] = [None, [], {}, "x", 7, [None], [["x"]], {"x": []}]
DOI, URL = "10.1000/one", "https://site.example/"


def web() -> FakeWeb:
    made = FakeWeb(captures={URL: "20251110081502"}, preprints={"2508.18209": Preprint(version=2, doi=DOI)})
    made.notices[DOI] = [("correction", "10.1000/two", "2026-10-01")]
    return made


def heard(host: str, path: str, **query: str) -> Heard:
    return Heard("GET", host, path, query, {}, {})


def reply(said: Said | None, body: str | None = None) -> Reply:
    assert said is not None
    return Reply(said.status, (said.body if body is None else body).encode(), {"Content-Type": said.kind})


def altered(content: Any) -> Iterator[Any]:
    """The content with one of its parts, or a part of a part, replaced by something strange."""
    yield from STRANGE
    places = (
        content.items()
        if isinstance(content, dict)
        else enumerate(content)
        if isinstance(content, list)
        else ()
    )
    for place, part in list(places):
        for other in altered(part):
            changed = copy.copy(content)
            changed[place] = other
            yield changed
        if isinstance(content, dict):
            yield {name: value for name, value in content.items() if name != place}


def read(watch: str, question: SourceQuestion, replies: list[Reply]) -> str:
    try:
        return finding(watches()[watch], question, replies).state
    except (UnexpectedReply, RemoteUnavailable):
        return "unread"


def test_a_strange_part_of_json_never_breaks_a_look() -> None:
    fake = web()
    work = reply(fake.say(heard("api.crossref.org", f"/works/{DOI}")))
    notices = reply(fake.say(heard("api.crossref.org", "/works", filter=f"updates:{DOI}")))
    captures = reply(fake.say(heard("web.archive.org", "/cdx/search/cdx", url=URL)))
    question = SourceQuestion("one", url=URL, doi=DOI)
    assert (read("crossref", question, [work, notices]), read("wayback", question, [captures])) == (
        "corrected",
        "archived",
    )
    seen = set()
    for place, good in enumerate((work, notices)):
        for content in altered(json.loads(good.body)):
            replies = [work, notices]
            replies[place] = Reply(200, json.dumps(content).encode(), good.headers)
            seen.add(read("crossref", question, replies))
    for content in altered(json.loads(captures.body)):
        seen.add(read("wayback", question, [Reply(200, json.dumps(content).encode(), captures.headers)]))
    done = {
        "status": "success",
        "job_id": "spn2-abcdefgh",
        "timestamp": "20261125101500",
        "original_url": URL,
    }
    for content in altered(done):
        body = json.dumps(content).encode()
        seen.add(
            read(
                "save_page_now",
                SourceQuestion("one", url=URL, job="spn2-abcdefgh"),
                [Reply(200, body, captures.headers)],
            )
        )
    assert {"unread", "corrected", "archived", "not_archived"} <= seen


@pytest.mark.parametrize("element", ["id", "updated", "summary", "arxiv:comment", "arxiv:doi", "entry"])
def test_an_atom_feed_with_a_part_missing_empty_or_twice_never_breaks_a_look(element: str) -> None:
    good = web().say(heard("export.arxiv.org", "/api/query", id_list="2508.18209"))
    assert good is not None
    question = SourceQuestion("one", arxiv="2508.18209", arxiv_version=1)
    assert read("arxiv", question, [reply(good)]) == "newer_version"
    start = good.body.index("<entry>")
    pattern = re.compile(rf"<{element}\b[^>]*>.*?</{element}>", re.DOTALL)
    part = pattern.search(good.body, start)
    assert part is not None
    for other in ("", f"<{element.rpartition(':')[2]}/>", part[0] * 2):
        body = good.body[: part.start()] + other + good.body[part.end() :]
        assert read("arxiv", question, [reply(good, body)]) in ("newer_version", "unread", "not_found")


def test_a_feed_that_names_entities_or_other_files_is_not_followed() -> None:
    bomb = '<!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    good = web().say(heard("export.arxiv.org", "/api/query", id_list="2508.18209"))
    assert good is not None
    body = good.body.replace("<feed", f"{bomb}<feed", 1).replace("12 pages", "&a;&b; withdrawn")
    state = read("arxiv", SourceQuestion("one", arxiv="2508.18209"), [reply(good, body)])
    assert state in ("current", "unread", "withdrawn")
