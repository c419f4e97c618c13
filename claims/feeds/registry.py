"""The feed formats there are: every file of this folder that exports ``FORMAT``."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from claims.feeds.records import Entry, Feed, FeedItem


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
    package = "claims.feeds"
    for module in pkgutil.iter_modules(import_module(package).__path__):
        if module.name in ("urls", "views"):  # they ask this registry while they are being imported
            continue
        format_ = getattr(import_module(f"{package}.{module.name}"), "FORMAT", None)
        if format_ is None:
            continue
        if format_.extension in found:
            raise ValueError(f"feed format .{format_.extension}: two files of claims/feeds/ export it")
        found[format_.extension] = format_
    return found
