"""The text of an article that somebody pastes, uploads or names by its file: bounded, and without any download."""

from __future__ import annotations

import html
import re
import unicodedata
from pathlib import PurePath

import trafilatura

LARGEST_FILE = 2_000_000  # bytes
KINDS = (".txt", ".html", ".htm", ".md")
HTML_KINDS = frozenset((".html", ".htm"))
# What an article has at most; beyond, markup is read by the plain reader below, which goes through it once.
MOST_TAGS, MOST_DEPTH = 20_000, 200
_PACKED = {b"PK\x03\x04": "ZIP", b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"%PDF": "PDF", b"\xd0\xcf\x11\xe0": "Word"}  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]{0,2000}?(/?)>")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "blockquote",
        "figcaption",
        "br",
        "tr",
        "td",
        "th",
        "pre",
        "dt",
        "dd",
        "header",
        "footer",
    ]
)
_UNREAD = frozenset(
    ["script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select", "nav", "title"]
)
_FENCE = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}(?:\s+\"[^\"]{0,200}\")?\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_|`)(?=\S)(.{1,400}?)(?<=\S)\1(?!\w)")
_LINE_MARK = re.compile(r"^[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+)+", re.MULTILINE)


class NotReadable(ValueError):
    """A file that is no text of a kind we read; the error says what it is and what is read."""


def article_text(body: bytes, name: str) -> str:
    """The text of a file, by the ending of its name."""
    kind = PurePath(name.lower()).suffix
    if kind not in KINDS:
        raise NotReadable(
            f"files that end in {', '.join(KINDS)} are read, not {kind[:12] or 'files without an ending'}"
        )
    if len(body) > LARGEST_FILE:
        raise NotReadable(f"the file has {len(body):,} bytes; at most {LARGEST_FILE:,} are read")
    for beginning, packed in _PACKED.items():
        if body.startswith(beginning):
            raise NotReadable(f"the file is packed ({packed}), whatever its name says; send the text itself")
    text = _decoded(body, markup=kind in HTML_KINDS)
    if kind in HTML_KINDS:
        return html_text(text)
    return markdown_text(text) if kind == ".md" else text


def _decoded(body: bytes, *, markup: bool) -> str:
    """The characters of a file: UTF-8, UTF-16 with its mark, or what HTML itself declares."""
    try:
        if body.startswith((b"\xff\xfe", b"\xfe\xff")):
            return body.decode("utf-16")
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        declared = _CHARSET.search(body[:4096]) if markup else None
        place = fault.start
    if declared:
        try:
            return body.decode(declared[1].decode("ascii"))
        except (UnicodeDecodeError, LookupError):
            pass
    raise NotReadable(f"the file is not valid UTF-8 (byte {place}); save it as UTF-8 and send it again")


def html_text(markup: str) -> str:
    """The article of an HTML page."""
    if any(
        unicodedata.category(character) == "Cc" and character not in "\t\n\r\f" for character in set(markup)
    ):
        markup = "".join(one for one in markup if one in "\t\n\r\f" or unicodedata.category(one) != "Cc")
    if not _outgrown(markup):
        # nothing is fetched: it is given the page, and follows no link of it
        found = trafilatura.extract(markup, include_comments=False, include_tables=True, deduplicate=False)
        if found:
            return str(found)
    return _visible(markup)


def _outgrown(markup: str) -> bool:
    """True for markup with more tags, or tags more deeply nested, than any article has."""
    depth = deepest = 0
    for number, tag in enumerate(_TAG.finditer(markup)):
        if number >= MOST_TAGS:
            return True
        if tag[2].lower() in _VOID or tag[3]:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest > MOST_DEPTH


def _visible(markup: str) -> str:
    """The visible words of a page in one pass, however it is nested."""
    parts: list[str] = []
    inside, place = "", 0
    markup = _without_comments(markup)
    for tag in _TAG.finditer(markup):
        if not inside:
            parts.append(markup[place : tag.start()])
        name, place = tag[2].lower(), tag.end()
        if inside:
            inside = "" if tag[1] and name == inside else inside
        elif name in _UNREAD and not tag[1] and not tag[3]:
            inside = name
        elif name in _BLOCKS:
            parts.append("\n")
    if not inside:
        parts.append(markup[place:])
    lines = (" ".join(line.split()) for line in html.unescape("".join(parts)).split("\n"))
    return "\n".join(line for line in lines if line)


def _without_comments(markup: str) -> str:
    parts, place = [], 0
    while (start := markup.find("<!--", place)) >= 0:
        parts.append(markup[place:start])
        stop = markup.find("-->", start + 4)
        if stop < 0:
            return "".join(parts)
        place = stop + 3
    return "".join([*parts, markup[place:]])


def markdown_text(text: str) -> str:
    """Markdown without its marks: words of links and headings stay, code blocks and addresses go."""
    text = _FENCE.sub("", text)
    text = _LINE_MARK.sub("", text)
    text = _LINK.sub(r"\1", text)
    return _EMPHASIS.sub(r"\2", text)
