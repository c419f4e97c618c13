"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), with the record's own numbers in ``_hyperbole``."""

from __future__ import annotations

from typing import Any

import orjson

from claims.addresses import absolute
from claims.document import LICENCE
from claims.feeds.records import Feed, FeedItem
from claims.feeds.registry import Format


def json_feed(feed: Feed) -> bytes:
    """One page of a feed as a JSON Feed document."""
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.url("json"),
        "description": feed.description,
        "language": "en-GB",
        "authors": [{"name": "Hyperbole", "url": absolute("/")}],
    }
    following = feed.next_url("json")
    if following is not None:
        document["next_url"] = following
    if feed.hubs:
        document["hubs"] = [{"type": "WebSub", "url": hub} for hub in feed.hubs]
    document["_hyperbole"] = {"about": absolute("/api/v1/docs"), "license": LICENCE}
    document["items"] = [orjson.Fragment(entry.spelt) for entry in feed.entries]
    return orjson.dumps(document)


def json_item(item: FeedItem) -> bytes:
    """One item of a JSON Feed."""
    spelt: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "content_text": item.text,
        "date_published": item.published.isoformat(),
        "date_modified": item.modified.isoformat(),
    }
    if item.authors:
        spelt["authors"] = [{"name": name} for name in item.authors]
    if item.tags:
        spelt["tags"] = list(item.tags)
    if item.image:
        spelt["image"] = item.image
    if item.extension:
        spelt["_hyperbole"] = item.extension
    return orjson.dumps(spelt)


FORMAT = Format("json", "application/feed+json; charset=utf-8", "JSON Feed", json_item, json_feed)
