"""A validator of JSON Feed 1.1 documents, written from the specification alone.

https://www.jsonfeed.org/version/1.1/ (read in full).  It knows nothing of this site's code.
"""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

VERSION = "https://jsonfeed.org/version/1.1"
TOP = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "user_comment": str,
    "next_url": str, "icon": str, "favicon": str, "author": dict, "authors": list, "language": str, "expired": bool,
    "hubs": list, "items": list,
}  # fmt: skip
ITEM = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str, "content_text": str,
    "summary": str, "image": str, "banner_image": str, "date_published": str, "date_modified": str, "author": dict,
    "authors": list, "tags": list, "language": str, "attachments": list,
}  # fmt: skip
AUTHOR = {"name": str, "url": str, "avatar": str}
ATTACHMENT = {"url": str, "mime_type": str, "title": str, "size_in_bytes": (int, float), "duration_in_seconds": (int, float)}  # fmt: skip
URLS = {"home_page_url", "feed_url", "next_url", "icon", "favicon", "url", "external_url", "image", "banner_image", "avatar"}  # fmt: skip
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RFC5646 = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")


def faults(feed: Any) -> list[str]:
    """Everything in which ``feed`` departs from the specification; an empty list for a valid feed."""
    if not isinstance(feed, dict):
        return ["the top level is not an object"]
    found = _members(feed, TOP, "feed")
    if feed.get("version") != VERSION:
        found.append(f"feed: version is {feed.get('version')!r}")
    found += [f"feed: {name} is missing" for name in ("title", "items") if name not in feed]
    if "next_url" in feed and feed["next_url"] == feed.get("feed_url"):
        found.append("feed: next_url must not be the same as feed_url")
    for hub in feed.get("hubs", []):
        if not isinstance(hub, dict) or not {"type", "url"} <= set(hub):
            found.append("feed: a hub needs type and url")
    if "language" in feed and not RFC5646.fullmatch(feed["language"]):
        found.append(f"feed: language {feed['language']!r}")
    found += _authors(feed, "feed")
    seen: set[str] = set()
    for place, item in enumerate(feed.get("items") or []):
        found += _item(item, f"items[{place}]", seen)
    return found


def _item(item: Any, where: str, seen: set[str]) -> list[str]:
    if not isinstance(item, dict):
        return [f"{where}: not an object"]
    found = _members(item, ITEM, where)
    name = item.get("id")
    if not name:
        found.append(f"{where}: id is missing")
    elif name in seen:
        found.append(f"{where}: id {name!r} twice")
    else:
        seen.add(name)
    if not {"content_html", "content_text"} & set(item):
        found.append(f"{where}: neither content_html nor content_text")
    for moment in ("date_published", "date_modified"):
        if moment in item and not _is_moment(item[moment]):
            found.append(f"{where}: {moment} {item[moment]!r} is not RFC 3339")
    if any(not isinstance(tag, str) for tag in item.get("tags", [])):
        found.append(f"{where}: a tag is not a string")
    for attachment in item.get("attachments", []):
        found += _members(attachment, ATTACHMENT, f"{where}: attachment")
        if not {"url", "mime_type"} <= set(attachment):
            found.append(f"{where}: an attachment needs url and mime_type")
    return found + _authors(item, where)


def _members(given: dict[str, Any], known: dict[str, Any], where: str) -> list[str]:
    found = []
    for name, value in given.items():
        if name.startswith("_"):
            if not isinstance(value, dict):
                found.append(f"{where}: extension {name} is not an object")
            elif "." in name or len(name) < 2 or not name[1].isalpha():
                found.append(f"{where}: extension name {name!r}")
        elif name not in known:
            found.append(
                f"{where}: {name!r} is not a member of JSON Feed; extensions begin with an underscore"
            )
        elif not isinstance(value, known[name]):
            found.append(f"{where}: {name} is a {type(value).__name__}")
        elif name in URLS and urlsplit(value).scheme not in ("http", "https"):
            found.append(f"{where}: {name} {value!r} is not an absolute address")
    return found


def _authors(given: dict[str, Any], where: str) -> list[str]:
    found = []
    for author in given.get("authors", []):
        found += _members(author, AUTHOR, f"{where}: author")
        if not set(AUTHOR) & set(author):
            found.append(f"{where}: an author needs at least one member")
    return found


def _is_moment(text: Any) -> bool:
    if not isinstance(text, str) or not RFC3339.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
