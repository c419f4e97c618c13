"""A feed and its items: an item before and after a format has spelt it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry.  ``id`` never changes; ``modified`` moves when the entry does."""

    id: str
    url: str
    title: str
    summary: str
    text: str
    published: datetime
    modified: datetime
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: str | None = None
    extension: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as a format spells it, and when it last changed."""

    spelt: bytes
    modified: datetime

    @property
    def size(self) -> int:
        return len(self.spelt) + 300  # and what holds it


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of a feed; ``base`` is its absolute address without the extension of a format.

    ``updated`` is when the feed last had something to tell, ``modified`` when any byte of it last changed.
    """

    title: str
    description: str
    home_url: str
    base: str
    entries: tuple[Entry, ...]
    updated: datetime | None
    modified: datetime | None
    query: tuple[tuple[str, str], ...] = ()
    next_cursor: str | None = None
    hubs: tuple[str, ...] = ()

    def url(self, extension: str) -> str:
        """The feed's own address, the same on each of its pages."""
        asked = f"?{urlencode(self.query)}" if self.query else ""
        return f"{self.base}.{extension}{asked}"

    def next_url(self, extension: str) -> str | None:
        if self.next_cursor is None:
            return None
        return f"{self.base}.{extension}?{urlencode([*self.query, ('before', self.next_cursor)])}"
