"""Published claims as feed items: the frozen document of each, and what moved since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.conf import settings
from django.db.models import TextField
from django.db.models.functions import Cast

from claims.addresses import absolute, api_claim_url, card_url, claim_url, pinned_url
from claims.counts import chosen_claims
from claims.feeds.records import Entry, Feed, FeedItem
from claims.feeds.registry import Format
from claims.generation import KEPT_S as KEPT_OF_GENERATION_S
from claims.kept import Kept
from claims.keyset import Cursor, below
from claims.live import (
    ToldRun,
    check_entries,
    last_change,
    newest_check_runs,
    stale_reasons,
    told_check_runs,
)
from claims.models import VerdictVersion
from claims.queries import latest, latest_check_run, latest_publication, published_claims

PAGE = 50
KEPT_S = 3600
DESCRIPTION = (
    "Claims about interstellar objects, each with a reviewed verdict beside the measured facts. "
    "The extension object _hyperbole holds the numbers."
)


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What the item of a version is made of as of a generation: its content, its stale marks and its newest runs.

    ``words`` name all of it.
    """

    words: str
    stale: list[dict[str, Any]]
    runs: list[int]

    @property
    def size(self) -> int:
        return 2 * len(self.words) + 500


@dataclass(frozen=True, slots=True)
class Moved:
    """When the record last told something, and when a check was last run, as of a generation."""

    published: datetime | None
    checked: datetime | None
    size: int = 300


# an item is made of a frozen version, its stale marks and its newest runs: its key names all three
spelt: Kept[Entry] = Kept(8_000_000)
made_of: Kept[MadeOf] = Kept(2_000_000)
moved: Kept[Moved] = Kept(20_000)


def text_quote(phrase: str) -> dict[str, str] | None:
    """A phrase as a text quote selector of the W3C Web Annotation Data Model; the words around it are not public."""
    return {"type": "TextQuoteSelector", "exact": phrase} if phrase else None


def claims_feed(
    format_: Format, path: str, title: str, home_path: str, cursor: Cursor | None, generation: str,
    *, shown: dict[str, str], **chosen: str,
) -> Feed:  # fmt: skip
    """One page of the claims that match ``chosen`` (object, verdict, topic), newest publication first.

    ``generation`` is that of the record; ``shown`` are the filters that stand in the query of the feed's address.
    """
    rows: list[Any] = list(
        chosen_claims(published_claims(), **chosen)
        .filter(below(cursor, "first_published_at"))
        .order_by("-first_published_at", "-id")
        .values(
            "id", "first_published_at", "current_version_id", "current_version__published_at",
            "current_version__content_sha256",
        )[: PAGE + 1]
    )  # fmt: skip
    more, rows = len(rows) > PAGE, rows[:PAGE]
    entries = _entries(rows, format_, generation)
    last = _moved(generation)
    return Feed(
        title=title,
        description=DESCRIPTION,
        home_url=absolute(home_path),
        base=absolute(path),
        entries=entries,
        # a part of the record does not move when another part does, so there it is the last of its items
        updated=latest(*(entry.modified for entry in entries)) if chosen else last.published,
        # an item may also have left this part, so nobody is told "unchanged" by date before the record stood still
        modified=latest(last.published, last.checked),
        query=tuple(shown.items()),
        next_cursor=str(Cursor(rows[-1]["first_published_at"], rows[-1]["id"])) if more else None,
        hubs=(settings.WEBSUB_HUB,) if settings.WEBSUB_HUB else (),
    )


def _moved(generation: str) -> Moved:
    known = moved.get(generation)
    if known is None:
        known = Moved(latest_publication(), latest_check_run())
        moved.set(generation, known, KEPT_OF_GENERATION_S)
    return known


def _entries(rows: list[dict[str, Any]], format_: Format, generation: str) -> tuple[Entry, ...]:
    """The items of these claims; those whose version, marks and runs are as before are not made again."""
    parts = _parts(rows, generation)
    keys = {number: f"{format_.extension} {made.words}" for number, made in parts.items()}
    found = {number: kept for number, key in keys.items() if (kept := spelt.get(key))}
    missing = [row for row in rows if row["id"] not in found]
    if missing:
        for number, item in _items(missing, parts).items():
            found[number] = format_.entry(item)
            spelt.set(keys[number], found[number], KEPT_S)
    return tuple(found[row["id"]] for row in rows)


def _parts(rows: list[dict[str, Any]], generation: str) -> dict[int, MadeOf]:
    """What each claim's item is made of, by the claim's id; marks and runs are asked for once in a generation.

    The generation was read before the rows were, so what is kept under it is never older than it says.
    """
    names = {row["id"]: f"{settings.SITE_URL} {generation} {row['current_version_id']}" for row in rows}
    found = {number: kept for number, name in names.items() if (kept := made_of.get(name))}
    missing = [row for row in rows if row["id"] not in found]
    if missing:
        stale = stale_reasons(row["current_version_id"] for row in missing)
        newest = newest_check_runs(row["id"] for row in missing)
        for row in missing:
            number, version = row["id"], row["current_version_id"]
            marks, runs = stale.get(version, []), newest.get(number, [])
            words = f"{settings.SITE_URL} {version} {row['current_version__content_sha256']} {marks} {runs}"
            found[number] = MadeOf(words, marks, runs)
            made_of.set(names[number], found[number], KEPT_OF_GENERATION_S)
    return found


def _items(rows: list[dict[str, Any]], parts: Mapping[int, MadeOf]) -> dict[int, FeedItem]:
    """The items of these claims, made anew, by the claim's id."""
    # as text: orjson reads it in a fraction of the time that the JSON column takes
    documents = dict(
        VerdictVersion.objects.filter(pk__in=[row["current_version_id"] for row in rows])
        .annotate(frozen=Cast("document", TextField()))
        .values_list("pk", "frozen")
    )
    runs = told_check_runs(run for row in rows for run in parts[row["id"]].runs)
    return {
        row["id"]: claim_item(
            row, documents[row["current_version_id"]], parts[row["id"]].stale, runs.get(row["id"], {})
        )
        for row in rows
    }


def claim_item(
    row: dict[str, Any], frozen: str, stale: list[dict[str, Any]], runs: Mapping[str, ToldRun]
) -> FeedItem:
    """The feed item of one claim: its frozen document, spelt as ``_hyperbole`` beside readable text."""
    document = orjson.loads(frozen)
    slug, number = document["slug"], document["version"]
    return FeedItem(
        id=claim_url(slug),
        url=claim_url(slug),
        title=f"{document['verdict_label']}: {document['title']}",
        summary=document["one_line"],
        text=readable(document),
        published=row["first_published_at"],
        modified=last_change(row["current_version__published_at"], stale),
        authors=tuple(person["name"] for person in document["reviewers"]),
        tags=(document["object"]["designation"], document["topic"], document["verdict"]),
        image=card_url(slug, number),
        extension=claim_extension(document, row["current_version__content_sha256"], stale, runs),
    )


def readable(document: dict[str, Any]) -> str:
    """The claim, its verdict and why, as plain text."""
    points = "\n".join(f"- {point}" for point in document["key_points"])
    parts = [
        f"Claim: {document['statement']}",
        f"Verdict: {document['verdict_label']} ({document['confidence']} confidence). {document['one_line']}",
        points,
        document["rationale"].strip(),
    ]
    return "\n\n".join(part for part in parts if part)


def claim_extension(
    document: dict[str, Any], sha256: str, stale: list[dict[str, Any]], runs: Mapping[str, ToldRun]
) -> dict[str, Any]:
    """The extension object ``_hyperbole`` of an item, as docs/api.md describes it."""
    slug, number = document["slug"], document["version"]
    return {
        **{name: document[name] for name in ("slug", "kind", "topic", "statement", "truth_condition")},
        "object": document["object"]["designation"],
        **{name: document[name] for name in ("verdict", "verdict_label", "normalized", "rating")},
        **{name: document[name] for name in ("confidence", "confidence_basis", "one_line", "version")},
        **{name: document[name] for name in ("evidence_cutoff", "next_review")},
        "stale": bool(stale),
        "stale_reasons": stale,
        "review_level": document["review_level"],
        "reviewers": document["reviewers"],
        "key_numbers": document["key_numbers"],
        "evidence": [
            {name: entry.get(name) for name in ("id", "kind", "stance", "tier", "title", "url")}
            for entry in document["evidence"]
        ],
        "appearances": [
            {
                "source": entry["source"]["key"],
                "title": entry["source"]["title"],
                "url": entry["source"].get("url"),
                "first_seen": entry["first_seen"],
                "phrase": entry["phrase"] or None,
                "selector": text_quote(entry["phrase"]),
                "stance": entry["stance"],
            }
            for entry in document["appearances"]
        ],
        "checks": check_entries(document["checks"], runs),
        "api_url": api_claim_url(slug),
        "pinned_url": pinned_url(slug, number),
        "content_sha256": sha256,
        "license": document["license"],
    }
