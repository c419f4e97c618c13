"""An article at an address that a reader typed, through the door for strangers' addresses; off unless switched on."""

from __future__ import annotations

from django.conf import settings

from claims.articles.reading import HTML_KINDS, NotReadable, article_text
from ephemeris.page_door import PageDoor

LONGEST_ADDRESS = 2_000
WHOLE_S = 8.0  # a reader waits for it, and a thread of the site with them


class NotFetched(ValueError):
    """An address from which no text came; the error says why and never quotes the text."""


def fetched_text(url: str) -> str:
    """The article at an address."""
    if len(url) > LONGEST_ADDRESS:
        raise NotFetched(f"an address has at most {LONGEST_ADDRESS} characters")
    door = PageDoor(settings.USER_AGENT, route=settings.ARCHIVE_ROUTE, silence_s=4.0, whole_s=WHOLE_S)
    page = door.fetch(url)
    if page.failure:
        raise NotFetched(f"the page was not fetched ({page.failure.replace('_', ' ')}): {page.detail}")
    if page.status != 200:
        raise NotFetched(f"the page answered with status {page.status}")
    ending = ".txt" if page.content_type == "text/plain" else next(iter(sorted(HTML_KINDS)))
    try:
        return article_text(page.body, f"page{ending}")
    except NotReadable as fault:
        raise NotFetched(str(fault)) from None
