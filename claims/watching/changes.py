"""What a look changes: it is appended, and what it means for standing verdicts is marked in the same transaction.

Every change opens a re-review once.  A look that could not be made changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction

from claims.editing import mark_stale
from claims.models import Evidence, Source, SourceChange, SourceCheck, VerdictVersion
from claims.scales import PAGE_STATES
from claims.watching import pages
from ephemeris.watches.contract import Finding
from ephemeris.watches.registry import watches

# (watch, state) -> why a verdict that rests on the source is to be looked at again
REASONS = {
    ("page", "gone"): "source_vanished",
    ("page", "changed"): "source_changed",
    ("crossref", "corrected"): "source_corrected",
    ("crossref", "concern"): "source_corrected",
    ("crossref", "retracted"): "source_retracted",
    ("arxiv", "withdrawn"): "source_retracted",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, when, and under which key it is kept."""

    at: datetime
    finished: datetime
    query: str
    key: str
    reply_digest: str = ""
    synthetic: bool = False


def states_of(watch: str) -> dict[str, str]:
    """The states that a watch can find, in words."""
    return dict(PAGE_STATES if watch == pages.NAME else watches()[watch].states)


def title_of(watch: str) -> str:
    """The name of a watch as it is printed."""
    return pages.TITLE if watch == pages.NAME else watches()[watch].title


@transaction.atomic
def store_finding(source: Source, watch: str, found: Finding, asked: Asked) -> SourceCheck:
    """Append a look that was made, the change that it shows, and the marks that the change opens."""
    if found.state not in states_of(watch):
        raise ValueError(f"{watch}: state {found.state!r}, need one of {', '.join(states_of(watch))}")
    # two looks at one source follow one another, so that a change is seen once
    locked = Source.objects.select_for_update().get(pk=source.pk)
    known = SourceCheck.objects.filter(idempotency_key=asked.key).first()
    if known is not None:
        return known
    row = _row(
        locked, watch, asked, outcome="looked", state=found.state, fingerprint=found.fingerprint,
        sentence=found.sentence, facts=dict(found.facts),
    )  # fmt: skip
    last = SourceChange.objects.filter(source=locked, watch=watch).select_related("seen_in").first()
    if last is None or last.seen_in.fingerprint != row.fingerprint:
        change = SourceChange.objects.create(
            source=locked, watch=watch, at=row.asked_at, before=last.after if last else "", after=row.state,
            detail=row.sentence, seen_in=row,
        )  # fmt: skip
        if reason := reason_to_review(change, last):
            mark_resting_claims(change, reason)
    return row


def store_failure(source: Source, watch: str, outcome: str, why: str, asked: Asked) -> SourceCheck:
    """Append a look that failed; nothing follows from it."""
    known = SourceCheck.objects.filter(idempotency_key=asked.key).first()
    return known or _row(source, watch, asked, outcome=outcome, sentence=f"{why[:500].rstrip('.')}.")


def _row(source: Source, watch: str, asked: Asked, **what: object) -> SourceCheck:
    return SourceCheck.objects.create(
        source=source, watch=watch, asked_at=asked.at, finished_at=asked.finished, query=asked.query,
        reply_digest=asked.reply_digest, synthetic=asked.synthetic, idempotency_key=asked.key, **what,
    )  # fmt: skip


def reason_to_review(change: SourceChange, last: SourceChange | None) -> str:
    """Why what rests on the source is to be looked at again; empty where a change does not touch it.

    A newer version of a preprint opens a review when it appears, not when it is there at our first look: the
    record says which version it cites.
    """
    reason = REASONS.get((change.watch, change.after), "")
    if not reason and change.watch == "arxiv" and last is not None:
        before, now = (row.seen_in.facts.get("version") for row in (last, change))
        return "source_changed" if before and now and now > before else ""
    return reason


def resting_versions(source: Source) -> list[VerdictVersion]:
    """The standing versions that rest on a source: by itself, by a measurement in it, or by a campaign it documents."""
    campaigns = [
        pk
        for pk, keys in Evidence.objects.filter(campaign__isnull=False).values_list(
            "campaign", "campaign__source_keys"
        )
        if source.key in keys
    ]
    versions = VerdictVersion.objects.filter(
        models.Q(evidence__source=source)
        | models.Q(evidence__measurement__source=source)
        | models.Q(evidence__campaign__in=campaigns),
        claim__current_version=models.F("pk"),
        claim__withdrawn_at=None,
    )
    return list(
        versions.select_related("claim").defer("document", "chart_subject").distinct().order_by("claim__slug")
    )


def mark_resting_claims(change: SourceChange, reason: str) -> int:
    """Mark every standing version that rests on the source; return how many were not marked before."""
    source = change.source
    invented = "Demonstration with invented data: " if change.seen_in.synthetic else ""
    detail = f"{source.authors_short}{f' {source.year}' if source.year else ''}, {source.title}: {invented}{change.detail}"
    return sum(
        mark_stale(version, reason, detail, subject_key=source.key, at=change.at)
        for version in resting_versions(source)
    )
