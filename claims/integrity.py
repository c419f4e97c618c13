"""Whether the record still holds: catalogue, log chain, guards, frozen documents, and reviews that are due."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import connection, models

from claims import editing
from claims.catalogue.comparison import compare
from claims.catalogue.problems import CatalogueRefused
from claims.catalogue.reading import read_catalogue
from claims.database import missing_guards
from claims.document import document_sha256
from claims.models import Approval, EditorialLog, VerdictVersion
from ephemeris.models import ArchivePoll, PollTally


@dataclass(slots=True)
class Integrity:
    """What one look found: sentences about what does not hold, and how much was looked at."""

    findings: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        return not self.findings


def look(folder: Path, *, at: datetime) -> Integrity:
    """Look at all of the record as of ``at``; reviews that are due are marked, everything else only told."""
    seen = Integrity()
    _look_at_catalogue(folder, seen)
    _look_at_log(seen)
    _look_at_signatures(seen)
    _look_at_guards(seen)
    _look_at_documents(seen)
    _look_at_tallies(seen)
    # an overdue review is work for an editor, not damage: it is counted and marked, the record stays sound
    seen.counts["reviews overdue"], seen.counts["newly marked stale"] = mark_reviews_due(at=at)
    return seen


def _look_at_catalogue(folder: Path, seen: Integrity) -> None:
    try:
        catalogue = read_catalogue(folder)
    except CatalogueRefused as refused:
        seen.findings += [str(problem) for problem in refused.problems]
        return
    seen.findings += compare(catalogue).findings()
    seen.counts |= {f"catalogue {name}": number for name, number in catalogue.counts().items()}


def _look_at_log(seen: Integrity) -> None:
    broken = editing.first_broken_log_row()
    if broken is not None:
        seen.findings.append(f"the editorial log is broken: {broken[1]}")
    seen.counts["log rows"] = EditorialLog.objects.count()


def _look_at_signatures(seen: Integrity) -> None:
    """Whoever signed a published version did so by a step that stands on the log, and so did its publication."""
    steps = EditorialLog.objects.filter(version=models.OuterRef("version"), action="approve")
    unlogged = Approval.objects.filter(voided_at__isnull=True, version__state="published").exclude(
        models.Exists(steps.filter(actor=models.OuterRef("approver")))
    )
    names = unlogged.order_by("pk").values_list(
        "version__claim__slug", "version__number", "approver__username"
    )
    seen.findings += [
        f"{slug} v{number}: the log has no approval by {name}, whose name stands under it"
        for slug, number, name in names
    ]
    publications = EditorialLog.objects.filter(version=models.OuterRef("pk"), action="publish")
    unpublished = VerdictVersion.objects.filter(state="published").exclude(models.Exists(publications))
    seen.findings += [
        f"{slug} v{number} is published, and the log has no publication of it"
        for slug, number in unpublished.order_by("pk").values_list("claim__slug", "number")
    ]


def _look_at_guards(seen: Integrity) -> None:
    seen.findings += [
        f"the database has no trigger {name}; run migrate" for name in missing_guards(connection)
    ]


def _look_at_documents(seen: Integrity) -> None:
    """Every published version still has the content that its sha256 was made of."""
    versions = VerdictVersion.objects.filter(state="published").order_by("pk")
    rows = versions.values_list("claim__slug", "number", "document", "chart_subject", "content_sha256")
    number_of_versions = 0
    for slug, number, document, subject, sha256 in rows.iterator(chunk_size=200):
        number_of_versions += 1
        if document is None or subject is None or document_sha256(document, subject) != sha256:
            seen.findings.append(f"{slug} v{number} does not have the content that its sha256 was made of")
    seen.counts["published versions"] = number_of_versions


def _look_at_tallies(seen: Integrity) -> None:
    """The numbers of polls that are kept are those that are counted."""
    polls = ArchivePoll.objects.filter(witness=False, campaign__isnull=False).order_by()
    counted = dict(polls.values_list("campaign").annotate(number=models.Count("pk")))
    seen.findings += [
        f"campaign {key}: its tally says {number} polls, and there are {counted.get(campaign, 0)}"
        for key, campaign, number in PollTally.objects.order_by("campaign").values_list(
            "campaign__key", "campaign", "polls"
        )
        if number != counted.get(campaign, 0)
    ]


def mark_reviews_due(*, at: datetime) -> tuple[int, int]:
    """How many standing verdicts are due for review at ``at``, and how many were not marked so before."""
    due = VerdictVersion.objects.filter(
        claim__current_version=models.F("pk"), claim__withdrawn_at=None, next_review__lte=at.date()
    ).select_related("claim")
    overdue = marked = 0
    for version in due.defer("document", "chart_subject").order_by("claim__slug"):
        overdue += 1
        detail = f"The review planned for {version.next_review:%-d %B %Y} is due."
        marked += editing.mark_stale(version, "review_due", detail, at=at)
    return overdue, marked
