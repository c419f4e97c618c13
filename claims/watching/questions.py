"""What is asked about a source, by whom, and when the next look is due."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max, QuerySet

from claims.models import Appearance, Source, SourceCheck
from claims.watching import pages
from ephemeris.watches.contract import SourceQuestion
from ephemeris.watches.registry import watches

WEEKLY = timedelta(days=7)
# what was not found, or not seen, is looked for sooner
SOONER = timedelta(days=3)
CAPTURE_AGAIN = timedelta(days=30)
AN_HOUR_AT_MOST = 12  # looks that begin in one hour; a week has room for two thousand


@dataclass(frozen=True, slots=True)
class Due:
    """One look that is due."""

    source: str
    watch: str


def question_of(source: Source, job: str = "") -> SourceQuestion:
    """A source as the services know it."""
    number = re.fullmatch(r"(?:arXiv:)?(.+?)(?:v(\d+))?", source.arxiv, re.IGNORECASE)
    return SourceQuestion(
        key=source.key,
        url=source.url if has_page(source) else "",
        doi=source.doi.lower(),
        arxiv=number[1] if number else "",
        arxiv_version=int(number[2]) if number and number[2] else None,
        job=job,
    )


def has_page(source: Source) -> bool:
    """Whether the source's address is a page of its own; papers are followed by their numbers."""
    host = urlsplit(source.url).hostname or ""
    return bool(source.url) and source.kind != "own_computation" and host not in pages.NOT_PAGES


def phrases_of(source: Source) -> list[str]:
    """The phrases that the record quotes from a source."""
    rows = Appearance.objects.filter(source=source, state="confirmed").exclude(phrase="")
    return sorted(set(rows.values_list("phrase", flat=True)))


def watches_of(source: Source) -> list[str]:
    """Which watches look at a source."""
    question = question_of(source)
    named = [pages.NAME] if has_page(source) else []
    return named + [
        watch.name
        for watch in watches().values()
        if watch.takes(question) and (settings.WAYBACK_KEYS or not watch.with_keys)
    ]


def latest(checks: QuerySet[SourceCheck]) -> dict[tuple[int, str], SourceCheck]:
    """The newest of the given looks for each source and watch."""
    newest = checks.order_by().values("source", "watch").annotate(newest=Max("pk")).values("newest")
    return {
        (row.source_id, row.watch): row
        for row in SourceCheck.objects.filter(pk__in=newest).defer("facts", "query")
    }


def due(now: datetime, *, body: str = "", everything: bool = False) -> list[Due]:
    """The looks that are due, the longest due first; at most so many as an hour takes.

    ``body`` narrows the sources to those of claims and measurements of one object; ``everything`` asks for all of
    them, whenever they were asked last.
    """
    sources = Source.objects.order_by("key")
    if body:
        sources = (
            sources.filter(measurements__small_body__designation=body)
            | sources.filter(appearances__claim__body__designation=body)
        ).distinct()
    tried = latest(SourceCheck.objects.all())
    seen: dict[int, dict[str, str]] = defaultdict(dict)
    for (number, watch), row in latest(SourceCheck.objects.filter(outcome="looked")).items():
        seen[number][watch] = row.state
    found: list[tuple[datetime, Due]] = []
    for source in sources:
        for watch in watches_of(source):
            last = tried.get((source.pk, watch))
            since = last.asked_at if last else datetime.min.replace(tzinfo=now.tzinfo)
            wanted = _wants_capture(seen[source.pk], last, now) if watch == "save_page_now" else (
                everything or last is None or now - since >= _period(last)
            )  # fmt: skip
            if wanted:
                found.append((since, Due(source.key, watch)))
    found.sort(key=lambda one: (one[0], one[1].source, one[1].watch))
    return [one for _, one in found[: None if everything else AN_HOUR_AT_MOST]]


def _period(last: SourceCheck) -> timedelta:
    return SOONER if last.outcome != "looked" or last.state == "missing" else WEEKLY


def _wants_capture(seen: dict[str, str], last: SourceCheck | None, now: datetime) -> bool:
    """Whether the Internet Archive is to be asked to keep a page: it is there, and no copy is known."""
    if seen.get("wayback") != "not_archived" or seen.get(pages.NAME) not in pages.SEEN:
        return False
    return last is None or last.state == "pending" or now - last.asked_at >= CAPTURE_AGAIN
