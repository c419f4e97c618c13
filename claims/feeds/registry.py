"""The feed formats there are: every file of this folder that exports ``FORMAT``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from claims import feeds as folder
from claims.feeds.records import Entry, Feed, FeedItem
from science.registry import exported


@dataclass(frozen=True, slots=True)
class Format:
    """A spelling of feeds: the extension of its addresses, its media type, how it spells one item and one page."""

    extension: str
    media_type: str
    label: str
    spells: Callable[[FeedItem], bytes]
    writes: Callable[[Feed], bytes]

    def entry(self, item: FeedItem) -> Entry:
        return Entry(self.spells(item), item.modified)


@cache
def formats() -> dict[str, Format]:
    """Every format by extension; raises ValueError if two files claim the same one."""
    found: dict[str, Format] = {}
    # addresses and views ask this registry while they are being imported
    for _, format_ in exported(folder, "FORMAT", leaving=("urls", "views")):
        if format_.extension in found:
            raise ValueError(f"feed format .{format_.extension}: two files of claims/feeds/ export it")
        found[format_.extension] = format_
    return found
