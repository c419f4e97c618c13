"""Crossref: corrections, expressions of concern and retractions of a paper, by its DOI.

The paper's own record is asked for (`updated-by`), and the notices that name it (`updates:`), because not
every paper shows its notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from ephemeris.services.contract import UnexpectedReply
from ephemeris.services.reading import json_object, taken
from ephemeris.watches.contract import Finding, SourceQuestion, Watch
from ephemeris.wire import Reply, Request

TITLE = "Crossref"
WORKS = "https://api.crossref.org/works"
# the kinds of a notice, the gravest first; https://www.crossref.org/documentation/crossmark/
KINDS = {
    "retraction": "retracted", "partial_retraction": "retracted", "withdrawal": "retracted", "removal": "retracted",
    "expression_of_concern": "concern", "correction": "corrected", "corrigendum": "corrected", "erratum": "corrected",
}  # fmt: skip
GRAVEST = ("retracted", "concern", "corrected")
SENTENCES = {
    "retracted": "Its publisher has retracted it",
    "concern": "Its publisher has expressed concern about it",
    "corrected": "Its publisher has corrected it",
}
# registered elsewhere: Crossref knows nothing of arXiv, MAST, Zenodo, PDS
OTHER_AGENCIES = ("10.48550/", "10.17909/", "10.5281/", "10.26033/", "10.17189/")


def ask(question: SourceQuestion, replies: Sequence[Reply]) -> Request | None:
    if not replies:
        return Request("GET", f"{WORKS}/{quote(question.doi, safe='')}")
    if len(replies) == 1 and replies[0].status == 200:
        return Request("GET", WORKS, query=(("filter", f"updates:{question.doi}"), ("rows", "20")))
    return None


def read(question: SourceQuestion, replies: Sequence[Reply]) -> Finding:
    if replies[0].status == 404:
        return Finding("not_registered", f"Crossref does not know the DOI {question.doi}.")
    work = _message(replies[0], "work")
    if _doi(work) != question.doi.lower():
        raise UnexpectedReply(f"{TITLE} was asked for {question.doi} and answered with {work.get('DOI')!r}")
    if len(replies) < 2:
        raise UnexpectedReply(f"{TITLE}: the notices that name {question.doi} were not asked for")
    notices = _notices(_list(work, "updated-by"), "")
    for item in _list(_message(replies[1], "work-list"), "items"):
        notices |= _notices(_list(item, "update-to"), question.doi.lower(), _doi(item))
    published = _published(work)
    listed = [notices[doi] for doi in sorted(notices)]
    facts = {"notices": listed, "published_as": published}
    print_ = " ".join(f"{one['type']}:{one['doi']}" for one in listed)
    state = next((state for state in GRAVEST if any(one["means"] == state for one in notices.values())), "")
    if not state:
        return Finding("no_notice", "Crossref lists no correction and no retraction.", print_, facts)
    first = next(one for one in listed if one["means"] == state)
    dated = f" ({first['date']})" if first["date"] else ""
    return Finding(
        state, f"{SENTENCES[state]}: {first['type'].replace('_', ' ')} {first['doi']}{dated}.", print_, facts
    )


def _message(reply: Reply, kind: str) -> Mapping[str, Any]:
    told = json_object(taken(reply, TITLE), TITLE)
    message = told.get("message")
    if told.get("message-type") != kind or not isinstance(message, dict):
        raise UnexpectedReply(f"{TITLE}: expected a message of type {kind}, got {told.get('message-type')!r}")
    return message


def _list(holder: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = holder.get(name) or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise UnexpectedReply(f"{TITLE}: {name} is no list of records")
    return found


def _doi(holder: Mapping[str, Any]) -> str:
    doi = holder.get("DOI")
    if not isinstance(doi, str) or not doi:
        raise UnexpectedReply(f"{TITLE}: a record without a DOI")
    return doi.lower()


def _notices(entries: Iterable[Mapping[str, Any]], about: str, by: str = "") -> dict[str, dict[str, Any]]:
    """The notices by their DOI; ``about`` picks those that name one paper, ``by`` is the notice that does."""
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        if about and _doi(entry) != about:
            continue
        kind = str(entry.get("type") or "").lower().replace("-", "_").replace(" ", "_")
        doi = by or _doi(entry)
        if doi == about or kind not in KINDS:
            continue
        date = (entry.get("updated") or {}).get("date-time") or ""
        found[doi] = {"doi": doi, "type": kind, "means": KINDS[kind], "date": str(date)[:10],
                      "source": str(entry.get("source") or "")}  # fmt: skip
    return found


def _published(work: Mapping[str, Any]) -> str | None:
    """The DOI of the paper that a preprint became."""
    relation = work.get("relation") or {}
    entries = relation.get("is-preprint-of") if isinstance(relation, dict) else None
    return next(
        (str(one["id"]) for one in entries or [] if one.get("id-type") == "doi" and one.get("id")), None
    )


WATCH = Watch(
    name="crossref",
    title=TITLE,
    hosts=("api.crossref.org",),
    home_url="https://www.crossref.org/",
    gives="corrections and retractions of papers",
    states={
        "no_notice": "no correction or retraction is listed",
        "corrected": "corrected by its publisher",
        "concern": "under an expression of concern",
        "retracted": "retracted by its publisher",
        "not_registered": "not registered there",
    },
    takes=lambda question: bool(question.doi) and not question.doi.startswith(OTHER_AGENCIES),
    ask=ask,
    read=read,
    interval_s=1.0,
)
