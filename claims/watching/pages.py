"""What became of a source's own page: still there, changed, moved, gone, blocked; or nobody could look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from protego import Protego

from claims.watching.reading import kept_share, other_words_around, page_text, phrases_gone, reading
from ephemeris.page_door import Page
from ephemeris.services.contract import RemoteUnavailable
from ephemeris.watches.contract import Finding

NAME = "page"
TITLE = "The page itself"
SEEN = ("there", "changed", "moved")
# a page is gone after so many looks in a row that did not find it, over so long a time
LOOKS_TO_BE_GONE, DAYS_TO_BE_GONE = 3, timedelta(days=7)
KEPT_TO_BE_THE_SAME = 0.9
NOT_THERE = frozenset((404, 410))
CLOSED = frozenset((401, 402, 403, 451))
# pages of papers are watched through arXiv and Crossref, our own computations have none
NOT_PAGES = frozenset(
    ("arxiv.org", "www.arxiv.org", "export.arxiv.org", "doi.org", "dx.doi.org", "ui.adsabs.harvard.edu")
)


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier looks at a page found: the first reading, and the looks since that did not find it."""

    first: Mapping[str, Any] = field(default_factory=dict)
    missed: Sequence[datetime] = ()
    others_answer: bool = False  # another site was reached within the last day, so our own network works


def robots_of(page: Page) -> Protego | None:
    """What a site lets programs fetch (RFC 9309); None where it does not say and nothing may be fetched."""
    if page.failure is None and page.status == 200:
        return Protego.parse(page.body.decode("utf-8", "replace"))
    if 400 <= page.status < 500 and page.status != 429:
        return Protego.parse("")
    return None


def found_on(page: Page, phrases: Iterable[str], before: Before, *, now: datetime) -> Finding:
    """What a page says of itself.

    Raises
    ------
    RemoteUnavailable
        When nobody could look: a time-out, an error of the site, no trusted connection, no network.
    """
    if page.failure == "no_such_host" and before.others_answer:
        return _missing("Its site has no address any more", {"link": "dns"}, before, now)
    if page.failure in ("timeout", "unreachable", "tls", "no_such_host", "too_many_redirects"):
        raise RemoteUnavailable(page.detail)
    if page.failure == "refused":
        return Finding(
            "blocked", f"We do not open its address: {page.detail}.", "refused", {"link": "refused"}
        )
    facts: dict[str, Any] = {"status": page.status, "final_url": page.url}
    if page.status in NOT_THERE:
        return _missing(f"Its address answers that there is no such page ({page.status})", facts, before, now)
    if page.status in CLOSED:
        return Finding("blocked", f"The site does not let us in ({page.status}).", str(page.status), facts)
    if page.status != 200:
        raise RemoteUnavailable(f"the site answers with status {page.status}", retry_after_s=_seconds(page))
    if page.hops and _is_home(page.url) and not _is_home(page.hops[0][1]):
        return _missing(
            "Its address leads to the front page of the site", {**facts, "link": "soft 404"}, before, now
        )
    return _read(page, phrases, before, facts)


def _read(page: Page, phrases: Iterable[str], before: Before, facts: dict[str, Any]) -> Finding:
    if page.failure is not None:  # not a text, or too large: it is there, and was not read
        return _there(page, facts, f"The page is there; its text was not read: {page.detail}.")
    text = page_text(page.body, page.content_type)
    if not text.visible:
        return _there(page, facts, "The page is there; no text of it can be read without its scripts.")
    facts |= reading(text, phrases)
    gone = phrases_gone(before.first, facts)
    share = kept_share(before.first, facts)
    if gone:
        words = "the phrase on record is" if len(gone) == 1 else f"{len(gone)} phrases on record are"
        return Finding("changed", f"The page is there and has changed: {words} not on it any more.",
                       f"{len(gone)} gone", {**facts, "kept_share": share})  # fmt: skip
    if moved := other_words_around(before.first, facts):
        words = "the phrase on record stands" if len(moved) == 1 else f"{len(moved)} phrases on record stand"
        return Finding("changed", f"The page is there and has changed: {words} among other words now.",
                       f"{len(moved)} among other words", {**facts, "kept_share": share})  # fmt: skip
    if share is not None and share < KEPT_TO_BE_THE_SAME:
        return Finding("changed", f"The page is there and has changed: {share:.0%} of its paragraphs are as at our first look.",
                       f"{share:.1f}", {**facts, "kept_share": share})  # fmt: skip
    return _there(page, {**facts, "kept_share": share}, "The page is there.")


def _there(page: Page, facts: dict[str, Any], sentence: str) -> Finding:
    if page.moved_for_good and _place(page.url) != _place(page.hops[0][1]):
        return Finding("moved", f"The page has moved to {page.url}.", _place(page.url), facts)
    return Finding("there", sentence, facts=facts)


def _missing(why: str, facts: dict[str, Any], before: Before, now: datetime) -> Finding:
    looks = [*before.missed, now]
    facts = {**facts, "missed_since": looks[0].isoformat(), "looks": len(looks)}
    if len(looks) >= LOOKS_TO_BE_GONE and now - looks[0] >= DAYS_TO_BE_GONE:
        return Finding(
            "gone", f"{why}; {len(looks)} looks since {looks[0]:%-d %B %Y} did not find it.", "", facts
        )
    return Finding(
        "missing", f"{why}. It counts as gone when {LOOKS_TO_BE_GONE} looks over a week agree.", "", facts
    )


def _seconds(page: Page) -> float | None:
    text = page.headers.get("Retry-After", "").strip()
    return float(text) if text.isdigit() else None


def _place(url: str) -> str:
    """An address without scheme, "www." and a slash at its end: http to https is no move."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/", "/index.html") and not parts.query
