"""Sources that moved: gone, changed, corrected, retracted, closed; until an editor says what was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max, QuerySet
from django.urls import reverse

from claims.desk.contract import Queue, Reason, Waiting
from claims.models import SourceChange
from claims.watching.changes import states_of, title_of

# (watch, state) -> what to do about it
TODO = {
    ("page", "gone"): "Cite the archived copy where there is one, or another source.",
    (
        "page",
        "missing",
    ): "It counts as gone when three looks over a week agree; look for its new address meanwhile.",
    (
        "page",
        "changed",
    ): "Read the page again; where the phrase has other words now, say so with the next version.",
    ("page", "moved"): "Put the new address into data/sources.toml.",
    ("page", "blocked"): "Look at the page yourself, and note what was seen.",
    ("crossref", "corrected"): "Read the notice and take over the numbers that it corrects.",
    ("crossref", "concern"): "Read the notice; weigh what rests on the paper.",
    ("crossref", "retracted"): "Weigh every verdict that rests on the paper without it.",
    ("crossref", "not_registered"): "Compare the DOI with the paper's own page.",
    ("arxiv", "withdrawn"): "Read why, and weigh every verdict that rests on it without it.",
    ("arxiv", "newer_version"): "Compare the numbers that were transcribed with the newest version.",
    ("arxiv", "not_found"): "Compare the arXiv number with the paper's own page.",
    ("save_page_now", "failed"): "Try the capture by hand, or keep another copy of the evidence.",
}


def _rows(person: User, at: datetime) -> QuerySet[Any]:
    newest = (
        SourceChange.objects.order_by().values("source", "watch").annotate(newest=Max("pk")).values("newest")
    )
    rows = SourceChange.objects.filter(pk__in=newest, answer__isnull=True)
    wanted = rows.none()
    for watch, state in TODO:
        wanted = wanted | rows.filter(watch=watch, after=state)
    return wanted.select_related("source")


def _shown(rows: list[Any], at: datetime) -> list[Waiting]:
    return [
        Waiting(
            f"{row.source.title} ({row.source.authors_short})",
            reverse("desk:source", args=[row.pk]),
            row.at,
            (
                Reason(
                    f"{title_of(row.watch)}: {states_of(row.watch)[row.after]}. {row.detail}",
                    TODO[row.watch, row.after],
                ),
            ),
        )
        for row in rows
    ]


QUEUE = Queue(
    name="sources",
    title="Sources that moved",
    about="A source vanished, changed, was corrected, retracted or closed. What rests on it is marked stale by itself.",
    empty="No change of a source waits for a look.",
    place=70,
    right="claims.add_sourceanswer",
    rows=_rows,
    moment="at",
    shown=_shown,
)
