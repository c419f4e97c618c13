"""How campaigns and enquiries stand in the archives at a moment, for any number of them in a few queries.

A standing shows the last answer that said something, however old it is, and beside it what came after: failures,
or an answer that is held until a second look agrees.  Nothing here asks anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from ephemeris import archive_status
from ephemeris.archive_status import Access, Held
from ephemeris.archives.contract import LEVELS, LOOKED, Archive
from ephemeris.models import ArchivePoll, ArchiveStatusChange, Campaign, Enquiry, Holding, PollTally
from ephemeris.questions import archives_of

ACCESSES: tuple[Access, ...] = ("public", "proprietary", "on_hold", "restricted", "unknown")
# what is public and quiet is asked weekly; the eighth day is grace for its place in the hour
STALE_AFTER = timedelta(days=8)
OLD_AFTER = timedelta(days=30)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Failing:
    """Polls that told us nothing since the last answer: since when, how many, and how the last one went."""

    since: datetime
    times: int
    last: ArchivePoll

    @property
    def outcome(self) -> str:
        return str(self.last.get_outcome_display())

    @property
    def message(self) -> str:
        return self.last.message or self.outcome


@dataclass(frozen=True, slots=True)
class Line:
    """The products of one level, by access."""

    level: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A campaign in its archive of record at a moment; None where nobody has answered."""

    campaign: Campaign
    at: datetime
    archive: Archive | None
    answered: ArchivePoll | None
    failing: Failing | None
    change: ArchiveStatusChange | None
    products: tuple[Held, ...]
    first_seen: datetime | None

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Products by level and access, as the clock has it."""
        return archive_status.counts(self.products, self.at)

    @property
    def total(self) -> int:
        return sum(product.number for product in self.products if not product.gone)

    @property
    def accesses(self) -> tuple[Access, ...]:
        """The kinds of access that occur, in their order."""
        found = {access for numbers in self.counts.values() for access in numbers}
        return tuple(access for access in ACCESSES if access in found)

    @property
    def lines(self) -> list[Line]:
        counts = self.counts
        return [
            Line(words, tuple(counts[level].get(access, 0) for access in self.accesses))
            for level, words in LEVELS.items()
            if level in counts
        ]

    @property
    def first_public(self) -> datetime | None:
        return archive_status.first_public(self.products, self.at)

    @property
    def next_release(self) -> datetime | None:
        return archive_status.next_release(self.products, self.at)

    @property
    def is_held(self) -> bool:
        """Whether the last answer lists fewer products than are shown: it waits for a second look."""
        if self.answered is None or self.answered.outcome == "truncated":
            return False
        return (self.answered.row_count or 0) < self.total

    @property
    def is_stale(self) -> bool:
        return self.answered is not None and self.at - self.answered.asked_at > STALE_AFTER

    @property
    def is_old(self) -> bool:
        """Whether the last answer is too old to say how things are."""
        return self.answered is not None and self.at - self.answered.asked_at > OLD_AFTER


@dataclass(frozen=True, slots=True)
class EnquiryStanding:
    """A standing question with its last answer and what failed since."""

    enquiry: Enquiry
    answered: ArchivePoll | None
    failing: Failing | None


def standings(campaigns: Sequence[Campaign], *, now: datetime) -> list[Standing]:
    """How campaigns stand, in their order; their bodies must be selected with them."""
    keys = [row.pk for row in campaigns]
    answered, failing = _polls("campaign", Campaign.objects.filter(pk__in=keys))
    changes = _changes(keys)
    products = _products(keys)
    found = []
    for row in campaigns:
        asked = archives_of(row)
        record = asked[0] if asked and not asked[0].witness else None
        held = [line for line in products[row.pk] if record is not None and line["archive"] == record.name]
        found.append(
            Standing(
                campaign=row,
                at=now,
                archive=record,
                answered=answered.get(row.pk),
                failing=failing.get(row.pk),
                change=changes.get(row.pk),
                products=tuple(
                    Held(
                        line["level"],
                        line["rights"],
                        line["release"],
                        line["products"],
                        line["gone_since"] is not None,
                    )
                    for line in held
                ),
                first_seen=min((line["seen"] for line in held), default=None),
            )
        )
    return found


def poll_numbers(keys: Sequence[int]) -> dict[int, int]:
    """How many polls each campaign has had, witnesses apart; counted only where no tally is kept yet."""
    numbers = dict(PollTally.objects.filter(campaign__in=keys).values_list("campaign", "polls"))
    if missing := [key for key in keys if key not in numbers]:
        polls = ArchivePoll.objects.filter(campaign__in=missing, witness=False).order_by()
        numbers |= dict(polls.values_list("campaign").annotate(number=Count("pk")))
    return numbers


@dataclass(frozen=True, slots=True)
class BriefStanding:
    """What a line beside something else says of a campaign: its state, and when its archive last answered."""

    campaign: Campaign
    state: str
    since: datetime | None
    answered_at: datetime | None
    synthetic: bool


def brief_standings(keys: Iterable[str]) -> list[BriefStanding]:
    """The same in one query, by the campaigns' keys, the first observed first."""
    changes = ArchiveStatusChange.objects.filter(campaign=OuterRef("pk"))
    answers = ArchivePoll.objects.filter(campaign=OuterRef("pk"), witness=False, outcome__in=LOOKED)
    rows = (
        Campaign.objects.filter(key__in=list(keys))
        .annotate(
            state=Subquery(changes.values("after")[:1]),
            since=Subquery(changes.values("at")[:1]),
            answered_at=Subquery(answers.values("asked_at")[:1]),
            synthetic=Subquery(answers.values("synthetic")[:1]),
        )
        .order_by("observed_from", "key")
    )
    words = dict(ArchiveStatusChange.STATES)
    return [
        BriefStanding(row, words.get(row.state, ""), row.since, row.answered_at, bool(row.synthetic))
        for row in rows
    ]


def enquiry_standings(body: str = "") -> list[EnquiryStanding]:
    """The standing questions that are still asked, about one object or all."""
    rows = Enquiry.objects.filter(active=True).select_related("body").order_by("-window_from", "key")
    if body:
        rows = rows.filter(body__designation=body)
    enquiries = list(rows)
    if not enquiries:
        return []
    answered, failing = _polls("enquiry", Enquiry.objects.filter(pk__in=[row.pk for row in enquiries]))
    return [EnquiryStanding(row, answered.get(row.pk), failing.get(row.pk)) for row in enquiries]


def newest_changes(number: int) -> list[ArchiveStatusChange]:
    """The changes of state that came last, whatever their cause."""
    return list(ArchiveStatusChange.objects.select_related("campaign__body", "poll")[:number])


def state_tally() -> list[tuple[str, int]]:
    """How many campaigns are in each state that is on record, the most common first."""
    newest = ArchiveStatusChange.objects.order_by().values("campaign").annotate(newest=Max("pk"))
    rows = (
        ArchiveStatusChange.objects.filter(pk__in=newest.values("newest"))
        .order_by()
        .values_list("after")
        .annotate(number=Count("pk"))
    )
    words = dict(ArchiveStatusChange.STATES)
    return sorted(((words[after], number) for after, number in rows), key=lambda item: (-item[1], item[0]))


def _polls(
    kind: str, subjects: QuerySet[Campaign] | QuerySet[Enquiry]
) -> tuple[dict[int, ArchivePoll], dict[int, Failing]]:
    """The last answer of each subject and the failures after it, in two queries.

    Each subject's last polls are the first entries of its part of an index, so that a long history costs
    nothing.
    """
    mine = ArchivePoll.objects.filter(**{kind: OuterRef("pk")}, witness=False)
    answers = mine.filter(outcome__in=LOOKED)
    later = mine.filter(asked_at__gt=OuterRef("answered_at"))
    newest = (
        subjects.order_by()
        .annotate(
            last=Subquery(mine.values("pk")[:1]),
            answer=Subquery(answers.values("pk")[:1]),
            answered_at=Coalesce(Subquery(answers.values("asked_at")[:1]), BEGINNING),
        )
        .annotate(
            since=Subquery(later.order_by("asked_at").values("asked_at")[:1]),
            times=Subquery(later.order_by().values(kind).annotate(number=Count("pk")).values("number")),
        )
    )
    found = {row["pk"]: row for row in newest.values("pk", "last", "answer", "since", "times") if row["last"]}
    wanted = {pk for row in found.values() for pk in (row["last"], row["answer"]) if pk}
    polls = ArchivePoll.objects.order_by().defer("control_query_text").in_bulk(wanted) if wanted else {}
    answered = {pk: polls[row["answer"]] for pk, row in found.items() if row["answer"]}
    failing = {
        pk: Failing(row["since"], row["times"], polls[row["last"]])
        for pk, row in found.items()
        if row["times"] and row["last"] != row["answer"]
    }
    return answered, failing


def _changes(keys: Iterable[int]) -> dict[int, ArchiveStatusChange]:
    """The last change of each campaign."""
    newest = (
        ArchiveStatusChange.objects.filter(campaign__in=keys)
        .order_by()
        .values("campaign")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    return {row.campaign_id: row for row in ArchiveStatusChange.objects.filter(pk__in=newest)}


def _products(keys: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """What campaigns hold, like products together."""
    rows = (
        Holding.objects.filter(campaign__in=keys)
        .order_by()
        .values("campaign", "archive", "level", "rights", "release", "gone_since")
        .annotate(products=Sum("number"), seen=Min("first_seen"))
    )
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["campaign"]].append(dict(row))
    return found
