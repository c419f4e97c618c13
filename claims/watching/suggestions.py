"""Pages that seem to repeat a claim: what the matching finds in a page's text is kept as suspicions, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache

from claims.matching.records import Match
from claims.models import Appearance, Claim, Source, SuspectedAppearance
from claims.watching.looking import Ended, Reach, robots
from claims.watching.reading import PageText, page_text

MOST_WORDS = 8
# what came of the addresses that editors named, for the desk; kept beside other answers, not in the record
TOLD_AT, TOLD_S, MOST_TOLD = "suspected:told", 7 * 86_400, 20
MOST_CHARACTERS = 100_000
LONGEST_PHRASE = 160
# the stances of a text that repeats a claim; what rejects it, or may, is no appearance to suspect
REPEATS = frozenset(("asserts", "attributes"))
BANDS = frozenset(("strong", "likely"))
PAGE_INTERVAL_S = 15.0


def suspect(text: PageText, url: str, source: Source | None, *, at: datetime, synthetic: bool) -> int:
    """Keep which published claims a page seems to repeat; return how many were not suspected before."""
    from claims.articles.checking import check_text  # the sentence encoder is loaded where it is needed

    found = check_text((text.main or text.visible)[:MOST_CHARACTERS])
    best: dict[str, Match] = {}
    for match in found.matches:
        repeats = match.stance in REPEATS and match.band in BANDS
        if repeats and (match.slug not in best or match.score > best[match.slug].score):
            best[match.slug] = match
    known = _known(source, url)
    new = 0
    for claim in Claim.objects.filter(slug__in=set(best) - known):
        match = best[claim.slug]
        _, created = SuspectedAppearance.objects.get_or_create(
            url=url,
            claim=claim,
            defaults={
                "source": source,
                "phrase": phrase_of(match.sentence, match.shared),
                "stance": match.stance,
                "score": round(match.score, 4),
                "found_at": at,
                "synthetic": synthetic,
            },
        )
        new += created
    return new


def _known(source: Source | None, url: str) -> set[str]:
    """The claims that are on record as said there."""
    rows = Appearance.objects.filter(source=source) if source else Appearance.objects.filter(source__url=url)
    return set(rows.values_list("claim__slug", flat=True))


def phrase_of(sentence: str, shared: Iterable[str]) -> str:
    """The eight words of a sentence in a row that share most with the claim, as they stand there."""
    words = sentence.split()
    wanted = {term.casefold().lstrip("#")[:5] for term in shared}
    telling = [
        any(word.casefold().strip(".,;:!?“”\"'()").startswith(term) for term in wanted if term)
        for word in words
    ]
    starts = range(max(1, len(words) - MOST_WORDS + 1))
    best = max(starts, key=lambda start: (sum(telling[start : start + MOST_WORDS]), telling[start], -start))
    chosen = words[best : best + MOST_WORDS]
    while len(" ".join(chosen)) > LONGEST_PHRASE and len(chosen) > 1:
        chosen.pop()
    return " ".join(chosen)[:LONGEST_PHRASE]


def look_for_claims(url: str, *, now: datetime, by: Reach) -> Ended:
    """Fetch a page that an editor named, once and as its site allows, and keep what it seems to repeat."""
    turn = by.throttle.turn(f"page:{urlsplit(url).hostname or ''}", PAGE_INTERVAL_S)
    if not turn.granted:
        return Ended("wait", f"{turn.host}: {turn.reason}", turn.wait_s)
    try:
        rules = robots(url, by.door)
        if rules is None:
            return Ended(
                "failed", "the site does not say what programs may fetch (its robots.txt does not answer)"
            )
        if not rules.can_fetch(url, settings.USER_AGENT):
            return Ended("failed", "the site asks programs not to fetch this page (robots.txt)")
        page = by.door.fetch(url)
    finally:
        by.throttle.release(turn)
    if page.failure is not None or page.status != 200:
        return Ended("failed", page.detail or f"the page answered with status {page.status}")
    source = Source.objects.filter(url=url).first()
    new = suspect(page_text(page.body, page.content_type), url, source, at=now, synthetic=page.synthetic)
    return Ended("stored", f"{new} claims suspected")


def tell(url: str, why: str, at: datetime) -> None:
    """Keep for the desk what came of an address that an editor named."""
    told = [one for one in cache.get(TOLD_AT, []) if one["url"] != url]
    cache.set(TOLD_AT, [{"url": url, "why": why, "at": at.isoformat()}, *told][:MOST_TOLD], TOLD_S)


def told() -> list[dict[str, str]]:
    """What came of the last addresses that editors named, newest first."""
    found: list[dict[str, str]] = cache.get(TOLD_AT, [])
    return found
