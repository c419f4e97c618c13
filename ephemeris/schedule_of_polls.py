"""Which questions are due, and when in the hour each of them is put: never all at once, never on the hour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Max, Min, Q

from ephemeris.archive_status import LOOKED, pause
from ephemeris.models import ArchivePoll, ArchiveStatusChange, Campaign, Enquiry, Holding
from ephemeris.questions import Subject, archives_of, name_of

SPREAD_S = 45 * 60.0
# a look that is due within the hour is due now: the next fan-out would be late
EARLY = timedelta(minutes=30)
# between two tries at an archive that did not answer
AFTER_FAILURE = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Due:
    """One poll to be sent: its subject, its archive, and how many seconds from now."""

    subject: str
    archive: str
    after_s: float


def questions(body: str = "") -> list[tuple[Subject, str, bool]]:
    """Every subject with every archive that a machine asks about it, and whether that is a mere witness."""
    campaigns = Campaign.objects.select_related("body").order_by("key")
    enquiries = Enquiry.objects.select_related("body").filter(active=True).order_by("key")
    if body:
        campaigns, enquiries = (
            campaigns.filter(body__designation=body),
            enquiries.filter(body__designation=body),
        )
    subjects: list[Subject] = [*campaigns, *enquiries]
    return [
        (subject, archive.name, archive.witness) for subject in subjects for archive in archives_of(subject)
    ]


def due(now: datetime, *, body: str = "", everything: bool = False) -> list[Due]:
    """The polls that are due at a moment; ``everything`` asks all of them, for a person who wants it now."""
    asked = questions(body)
    if everything:
        return [Due(name_of(subject), archive, 0.0) for subject, archive, _ in asked]
    memory = _Memory(now)
    return [
        Due(name_of(subject), archive, spread(f"{subject.key} {archive} {now:%Y-%m-%d}"))
        for subject, archive, witness in asked
        if memory.is_due(subject, archive, witness)
    ]


def spread(name: str) -> float:
    """A place in the hour that a name keeps for a day, so that a fan-out sent twice sends the same."""
    return int(sha256(name.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF * SPREAD_S


class _Memory:
    """The last polls, changes and releases of all campaigns, read in four queries."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        polls = ArchivePoll.objects.order_by().values("campaign", "enquiry", "archive")
        looked = Q(outcome__in=LOOKED)
        self.last: dict[tuple[int | None, int | None, str], dict[str, Any]] = {
            (row["campaign"], row["enquiry"], row["archive"]): dict(row)
            for row in polls.annotate(asked=Max("asked_at"), answered=Max("asked_at", filter=looked))
        }
        changes = ArchiveStatusChange.objects.order_by("pk").values_list("campaign", "after", "at")
        self.changes = {campaign: (after, at) for campaign, after, at in changes}
        standing = Holding.objects.filter(gone_since__isnull=True)
        self.standing = set(standing.order_by().values_list("campaign", flat=True).distinct())
        future = (
            standing.filter(release__gt=now).order_by().values("campaign").annotate(release=Min("release"))
        )
        self.release = {row["campaign"]: row["release"] for row in future}
        self.empty = set(
            polls.filter(outcome="empty", asked_at__in=self._answered()).values_list("campaign", flat=True)
        )

    def _answered(self) -> Iterable[datetime]:
        return [row["answered"] for row in self.last.values() if row["answered"]]

    def is_due(self, subject: Subject, archive: str, witness: bool) -> bool:
        is_campaign = isinstance(subject, Campaign)
        key = (subject.pk, None, archive) if is_campaign else (None, subject.pk, archive)
        row = self.last.get(key)
        if row is None:
            return True
        if row["answered"] is None or row["answered"] < row["asked"]:
            return self.now - row["asked"] >= AFTER_FAILURE - EARLY
        if not is_campaign or witness:
            return self.now - row["answered"] >= timedelta(days=7) - EARLY
        after, at = self.changes.get(subject.pk, ("unknown", None))
        wait = pause(
            after,
            release=self.release.get(subject.pk),
            changed_at=at,
            held=subject.pk in self.standing and subject.pk in self.empty,
            now=self.now,
        )
        return self.now - row["answered"] >= wait - EARLY
