"""Atom (RFC 4287), pages linked as RFC 5005 says."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from claims.addresses import absolute
from claims.document import LICENCE
from claims.feeds.records import Feed, FeedItem
from claims.feeds.registry import Format

ATOM = "http://www.w3.org/2005/Atom"
# characters that no XML 1.0 document may hold, not even escaped
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
END = b"</feed>"


def atom(feed: Feed) -> bytes:
    """One page of a feed as an Atom document."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    _text(root, "id", feed.url("atom"))
    _text(root, "title", feed.title)
    _text(root, "subtitle", feed.description)
    # Atom demands a moment even of a feed that has had no entry yet
    _text(root, "updated", (feed.updated or NEVER).isoformat())
    _text(root, "rights", LICENCE)
    _author(root, "Hyperbole", absolute("/"))
    _link(root, "self", feed.url("atom"), "application/atom+xml")
    _link(root, "alternate", feed.home_url, "text/html")
    following = feed.next_url("atom")
    if following is not None:
        _link(root, "next", following, "application/atom+xml")
    for hub in feed.hubs:
        _link(root, "hub", hub)
    shell = tostring(root, encoding="utf-8", xml_declaration=True)
    return shell.removesuffix(END) + b"".join(entry.spelt for entry in feed.entries) + END


def atom_entry(item: FeedItem) -> bytes:
    """One entry, in the namespace of the feed around it."""
    entry = Element("entry")
    _text(entry, "id", item.id)
    _text(entry, "title", item.title)
    _text(entry, "updated", item.modified.isoformat())
    _text(entry, "published", item.published.isoformat())
    _link(entry, "alternate", item.url, "text/html")
    for name in item.authors:
        _author(entry, name)
    for tag in item.tags:
        SubElement(entry, "category", {"term": tag})
    _text(entry, "summary", item.summary)
    _text(entry, "content", item.text)
    return tostring(entry, encoding="utf-8")


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = FORBIDDEN.sub("\ufffd", text)


def _author(parent: Element, name: str, url: str | None = None) -> None:
    author = SubElement(parent, "author")
    _text(author, "name", name)
    if url:
        _text(author, "uri", url)


def _link(parent: Element, relation: str, url: str, media_type: str | None = None) -> None:
    kind = {"type": media_type} if media_type else {}
    SubElement(parent, "link", {"rel": relation, "href": url, **kind})


FORMAT = Format("atom", "application/atom+xml; charset=utf-8", "Atom", atom_entry, atom)
