"""arXiv: newer versions of a preprint, its withdrawal, and the paper that it became."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from ephemeris.archives.reading import shortened
from ephemeris.services.contract import UnexpectedReply
from ephemeris.services.reading import taken
from ephemeris.watches.contract import Finding, SourceQuestion, Watch
from ephemeris.wire import Reply, Request

TITLE = "arXiv"
ATOM, ARXIV = "{http://www.w3.org/2005/Atom}", "{http://arxiv.org/schemas/atom}"
WITHDRAWN = re.compile(r"\bwithdrawn\b", re.IGNORECASE)
WITHDRAWN_ABSTRACT = re.compile(
    r"\b(paper|article|submission|manuscript)\b.{0,40}\bwithdrawn\b", re.IGNORECASE
)


def ask(question: SourceQuestion, replies: Sequence[Reply]) -> Request | None:
    if replies:
        return None
    # without a version, so that the newest answers
    return Request("GET", "https://export.arxiv.org/api/query", query=(("id_list", question.arxiv),))


def read(question: SourceQuestion, replies: Sequence[Reply]) -> Finding:
    entries = _feed(replies[0]).findall(f"{ATOM}entry")
    if not entries:
        return Finding("not_found", f"arXiv does not know {question.arxiv}.")
    entry = entries[0]
    address = _text(entry, f"{ATOM}id")
    if "/api/errors" in address:
        raise UnexpectedReply(f"{TITLE}: {_text(entry, f'{ATOM}summary') or 'an error without words'}")
    found = re.search(r"/abs/(.+?)v(\d+)$", address)
    if not found or found[1] != question.arxiv:
        raise UnexpectedReply(f"{TITLE} was asked for {question.arxiv} and answered with {address!r}")
    version = int(found[2])
    comment, doi = _text(entry, f"{ARXIV}comment"), _text(entry, f"{ARXIV}doi")
    withdrawn = bool(
        WITHDRAWN.search(comment) or WITHDRAWN_ABSTRACT.search(_text(entry, f"{ATOM}summary")[:300])
    )
    facts = {
        "version": version,
        "cited_version": question.arxiv_version,
        "updated": _text(entry, f"{ATOM}updated")[:10] or None,
        "comment": comment or None,
        "published_as": doi or None,
        "journal_ref": _text(entry, f"{ARXIV}journal_ref") or None,
    }
    dated = f" of {facts['updated']}" if facts["updated"] else ""
    print_ = f"v{version} {doi}".strip()
    if withdrawn:
        return Finding(
            "withdrawn",
            f"Its authors have withdrawn it from arXiv (version {version}{dated}).",
            print_,
            facts,
        )
    became = f" It was published as {doi}." if doi else ""
    if question.arxiv_version is not None and version > question.arxiv_version:
        return Finding(
            "newer_version",
            f"The record cites version {question.arxiv_version}; version {version}{dated} is the newest.{became}",
            print_,
            facts,
        )
    return Finding("current", f"Version {version}{dated} is the newest.{became}", print_, facts)


def _feed(reply: Reply) -> etree._Element:
    content = taken(reply, TITLE).body
    # entities and other files are nobody's to name in an answer
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise UnexpectedReply(f"{TITLE}: expected Atom, got {shortened(content)}") from None
    if root is None or root.tag != f"{ATOM}feed":
        raise UnexpectedReply(f"{TITLE}: expected an Atom feed, got {shortened(content)}")
    return root


def _text(entry: etree._Element, name: str) -> str:
    found = entry.find(name)
    return " ".join((found.text or "").split()) if found is not None else ""


WATCH = Watch(
    name="arxiv",
    title=TITLE,
    hosts=("export.arxiv.org",),
    home_url="https://arxiv.org/",
    gives="versions and withdrawals of preprints",
    states={
        "current": "no newer version than the record cites",
        "newer_version": "a newer version is on arXiv",
        "withdrawn": "withdrawn by its authors",
        "not_found": "not known to arXiv",
    },
    takes=lambda question: bool(question.arxiv),
    ask=ask,
    read=read,
    interval_s=3.0,
)
