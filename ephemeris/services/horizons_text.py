"""The envelope of a Horizons reply: version of the interface, and the plain-text refusals it sends with status 200."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from ephemeris.archives.reading import shortened
from ephemeris.services.contract import UnexpectedReply
from ephemeris.services.reading import json_object, known_version
from ephemeris.wire import Reply
from science.constants import J2000_JD

# 1.1 (2022) and 1.2 (2025 and 2026) have the same tables; recorded replies of both were read
VERSIONS = ("1.1", "1.2")
START, END = "$$SOE", "$$EOE"
NO_EPHEMERIS = re.compile(
    r"No ephemeris for target .*? after A\.D\. (\d{4})-([A-Z]{3})-(\d{2})", re.IGNORECASE
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def address() -> str:
    return "https://ssd.jpl.nasa.gov/api/horizons.api"


@dataclass(frozen=True, slots=True)
class HorizonsText:
    """A reply with a table in it, in lines: all before the table, the table's rows, the names of its columns."""

    version: str
    head: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[str, ...]


def calendar(tdb_jd: float) -> str:
    """A TDB Julian date as Horizons takes it."""
    moment = datetime(2000, 1, 1, 12) + timedelta(days=tdb_jd - J2000_JD)  # noqa: DTZ001  TDB has no time zone
    return f"{moment:%Y-%m-%d}" if moment.hour == moment.minute == 0 else f"{moment:%Y-%m-%d %H:%M:%S}"


def envelope(reply: Reply) -> tuple[str, str]:
    """Version of the interface, and the text of a reply in either of its two wrappings."""
    if reply.body.lstrip()[:1] == b"{":
        content = json_object(reply, "Horizons")
        signature = content.get("signature")
        version = signature.get("version") if isinstance(signature, dict) else None
        text = content.get("result", content.get("error", content.get("message", "")))
    else:
        text = reply.body.decode("utf-8", "replace")
        stated = re.search(r"^API VERSION:\s*(\S+)", text, re.MULTILINE)
        version = stated[1] if stated else None
        if version is None:
            raise UnexpectedReply(f"Horizons: expected 'API VERSION', got {shortened(reply.body)}")
    known_version(version, VERSIONS, "Horizons")
    return str(version), str(text)


def horizons_text(reply: Reply) -> HorizonsText:
    """A reply that holds a whole table.

    Raises
    ------
    UnexpectedReply
        For another version, an unknown or ambiguous name, an error text, or a table that is cut short.
    """
    version, text = envelope(reply)
    _named(text)
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if line.strip() == START]
    ends = [number for number, line in enumerate(lines) if line.strip() == END]
    if not starts:
        raise UnexpectedReply(f"Horizons sent no table, but: {said(text)}")
    if not ends or ends[0] < starts[0]:
        raise UnexpectedReply(f"Horizons: the table is cut short, expected {END} after {START}")
    head = lines[: starts[0]]
    named = next((line for line in reversed(head) if line.strip() and not line.startswith("***")), "")
    columns = tuple(name.strip() for name in named.split(","))
    return HorizonsText(
        version,
        tuple(head),
        columns[:-1] if columns[-1] == "" else columns,
        tuple(lines[starts[0] + 1 : ends[0]]),
    )


def _named(text: str) -> None:
    if "No matches found" in text:
        raise UnexpectedReply("Horizons knows no object of the designation that we asked for")
    found = re.search(r"Matching small-bodies:|Multiple major-bodies match", text)
    if found and START not in text:
        listed = re.findall(r"^\s+(-?\d+)\s{2,}\S.*$", text[found.end() :], re.MULTILINE)
        raise UnexpectedReply(
            f"Horizons answered with a list of {len(listed)} objects that share the name we asked for"
        )


def said(text: str, most: int = 200) -> str:
    """What a reply without a table says, in one line."""
    lines = [
        line.strip() for line in text.splitlines() if line.strip() and not line.startswith(("API ", "***"))
    ]
    return " ".join(lines)[:most] or "nothing"


def month(name: str) -> int:
    """The number of a month by its three letters."""
    try:
        return MONTHS.index(name.lower()) + 1
    except ValueError:
        raise UnexpectedReply(f"Horizons: expected the name of a month, got {name!r}") from None
