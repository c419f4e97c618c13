"""What is known of sources as of their last looks, for pages and the API; a look that failed hides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max, Q

from claims.models import Source, SourceCheck
from claims.scales import SOURCE_STATES
from claims.watching.questions import watches_of

# what a state of a watch says of the source; the gravest first
SIGNS = {
    ("crossref", "retracted"): "retracted",
    ("arxiv", "withdrawn"): "withdrawn",
    ("crossref", "concern"): "concern",
    ("crossref", "corrected"): "corrected",
    ("page", "gone"): "gone",
    ("page", "missing"): "missing",
    ("page", "changed"): "changed",
    ("arxiv", "newer_version"): "newer_version",
    ("page", "moved"): "moved",
    ("page", "blocked"): "blocked",
}
# what stands beside a fact that is cited as evidence
GRAVE = frozenset(("retracted", "withdrawn", "concern", "corrected"))
PHRASES = {
    "there": "the phrase still stands there",
    "reworded": "the phrase has other words now",
    "missing": "the phrase was not found there",
}


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing to know about a source, and the look that saw it."""

    slug: str
    label: str
    seen: SourceCheck


@dataclass(slots=True)
class Standing:
    """The last looks at a source by watch: those that saw something, and the last tries of all."""

    looks: dict[str, SourceCheck] = field(default_factory=dict)
    tries: dict[str, SourceCheck] = field(default_factory=dict)

    @property
    def signs(self) -> list[Sign]:
        """What is to be known, the gravest first."""
        states = {(watch, row.state): row for watch, row in self.looks.items()}
        return [Sign(slug, SOURCE_STATES[slug], states[key]) for key, slug in SIGNS.items() if key in states]

    @property
    def grave(self) -> list[Sign]:
        return [sign for sign in self.signs if sign.slug in GRAVE]

    @property
    def failing(self) -> list[SourceCheck]:
        """The last tries that saw nothing."""
        return [row for row in self.tries.values() if row.outcome != "looked"]

    @property
    def looked_at(self) -> datetime | None:
        """When anything of it was seen last."""
        return max((row.asked_at for row in self.looks.values()), default=None)

    @property
    def copy(self) -> dict[str, Any] | None:
        """The archived copy that is known: address and time."""
        rows = [self.looks[name] for name in ("wayback", "save_page_now") if name in self.looks]
        found = [row.facts for row in rows if row.state == "archived"]
        return max(found, key=lambda facts: str(facts["archived_at"])) if found else None

    @property
    def published_as(self) -> str | None:
        """The DOI of the paper that a preprint became, as arXiv or Crossref say."""
        rows = [self.looks[name] for name in ("crossref", "arxiv") if name in self.looks]
        return next((row.facts["published_as"] for row in rows if row.facts.get("published_as")), None)

    def phrase(self, phrase: str) -> str:
        """Whether a quoted phrase still stands on the page, in words; empty where nobody could read."""
        page = self.looks.get("page")
        found = page.facts.get("phrases", ()) if page else ()
        return next((PHRASES[one["state"]] for one in found if one["phrase"] == phrase), "")

    def states(self, expected: Iterable[str]) -> list[str]:
        """The states by which a list of sources is filtered."""
        named = [sign.slug for sign in self.signs]
        if self.failing:
            named.append("could_not_look")
        if not self.looks and any(True for _ in expected):
            named.append("not_looked")
        return named


def standings(keys: Iterable[str] | None = None) -> dict[str, Standing]:
    """The standing of sources by key, of all without ``keys``; a source that nobody looked at is left out."""
    rows = SourceCheck.objects.order_by()
    if keys is not None:
        rows = rows.filter(source__key__in=set(keys))
    newest = rows.values("source", "watch").annotate(
        tried=Max("pk"), looked=Max("pk", filter=Q(outcome="looked"))
    )
    numbers = [number for row in newest for number in (row["tried"], row["looked"]) if number]
    found: dict[str, Standing] = {}
    if not numbers:
        return found
    seen = SourceCheck.objects.filter(pk__in=numbers).select_related("source").defer("query").order_by()
    for row in sorted(seen, key=lambda one: one.pk):
        standing = found.setdefault(row.source.key, Standing())
        standing.tries[row.watch] = row
        if row.outcome == "looked":
            standing.looks[row.watch] = row
    return found


def sources_in(state: str) -> list[int]:
    """The sources in one of `claims.scales.SOURCE_STATES`."""
    known = standings()
    return [
        row.pk
        for row in Source.objects.all()
        if state in known.get(row.key, Standing()).states(watches_of(row))
    ]


def last_looks() -> dict[str, SourceCheck]:
    """The last try of each watch, for the status page."""
    newest = SourceCheck.objects.order_by().values("watch").annotate(newest=Max("pk")).values("newest")
    return {
        row.watch: row
        for row in SourceCheck.objects.filter(pk__in=newest).defer("facts").select_related("source")
    }


def latest_look() -> datetime | None:
    """When the last look at any source was kept."""
    return SourceCheck.objects.order_by("-pk").values_list("finished_at", flat=True).first()


def standing_json(standing: Standing | None) -> dict[str, Any]:
    """A standing as programs read it; what nobody looked at is null, which is not "nothing found"."""
    if standing is None:
        return {"states": None, "last_looked": None, "archived_copy": None, "published_as": None, "looks": []}
    return {
        "states": [sign.slug for sign in standing.signs] if standing.looks else None,
        "last_looked": standing.looked_at,
        "archived_copy": (
            {"url": copy["archive_url"], "captured_at": copy["archived_at"]} if (copy := standing.copy) else None
        ),
        "published_as": standing.published_as,
        "looks": [
            {
                "watch": watch,
                "state": looked.state if (looked := standing.looks.get(watch)) else None,
                "sentence": looked.sentence if looked else None,
                "looked_at": looked.asked_at if looked else None,
                "last_try": row.asked_at,
                "last_try_outcome": row.outcome,
                "synthetic": row.synthetic,
            }
            for watch, row in sorted(standing.tries.items())
        ],
    }  # fmt: skip
