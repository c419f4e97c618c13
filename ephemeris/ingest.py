"""The only writer of polls, holdings, proposals and changes of state.

A poll is appended once, whatever happens to the task that brought it: its key is the run's, and all that
follows from it is one transaction.  Holdings change only when the archive's word is certain.  A change of state
is compare-and-set under the campaign's row, and everybody who rests on it hears of it in that transaction.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, Sum

from ephemeris import archive_status
from ephemeris.archive_status import Held, Looked, Loss
from ephemeris.archive_words import told_by_the_archive, told_by_the_clock
from ephemeris.archives.contract import LOOKED, ArchiveAnswer
from ephemeris.archives.contract import Holding as Product
from ephemeris.models import ArchivePoll, ArchiveStatusChange, Campaign, Holding, PollTally, Proposal
from ephemeris.questions import UNCHANGED, Subject, archives_of, of_subject, spelling_of
from ephemeris.signals import archive_status_changed

LONGEST_UID = 255
LONGEST_TEXTS = {"facility": 128, "instrument": 128, "target": 128, "program": 64}
FIELDS = (
    "facility", "instrument", "level", "rights", "observed", "release", "received", "target", "program", "url", "number",
)  # fmt: skip
KNOWN_POLLS = 40  # enough for any confirmation: they are hours apart, and so are polls in doubt


class MixedWorlds(Exception):
    """A real answer into a database of a demonstration, or a synthetic one into a real database."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of an answer: its poll, and the changes of state that it brought."""

    poll: ArchivePoll
    new: bool
    changes: tuple[ArchiveStatusChange, ...] = ()
    loss: Loss | None = None


@transaction.atomic
def store(
    answer: ArchiveAnswer, subject: Subject, *, asked_at: datetime, key: str, witness: bool = False
) -> Stored:
    """Append the poll of an answer and do what follows from it; the same key again changes nothing."""
    if isinstance(subject, Campaign):
        # the lock of the campaign: two answers of one campaign follow one another (SQLite locks at BEGIN)
        subject = Campaign.objects.select_for_update().select_related("body").get(pk=subject.pk)
    known = ArchivePoll.objects.filter(idempotency_key=key).first()
    if known is not None:
        return Stored(known, new=False)
    _same_world(answer)
    earlier = _earlier(subject, answer.archive)
    last = next((poll for poll in earlier if poll.outcome in LOOKED), None)
    changes: list[ArchiveStatusChange] = []
    lost: Loss | None = None
    if isinstance(subject, Campaign) and not witness:
        changes += follow(subject, now=asked_at, cause="clock")
    digest, row_count = answer.reply_digest, answer.row_count
    if answer.unchanged:
        full = next((poll for poll in earlier if poll.outcome == "answered"), None)
        digest, row_count = (full.reply_digest, full.row_count) if full else ("", None)
    elif isinstance(subject, Campaign) and answer.looked and not _told_before(subject, answer, last):
        lost = _take_holdings(subject, answer, earlier, at=asked_at)
    poll = ArchivePoll.objects.create(
        **of_subject(subject),
        archive=answer.archive,
        witness=witness,
        asked_at=asked_at,
        outcome=answer.outcome,
        query_text=answer.query_text,
        row_count=row_count,
        archive_count=answer.archive_count,
        counts=_counts(subject, answer, at=asked_at) if answer.looked else {},
        control_query_text=answer.control_query_text,
        control_row_count=answer.control_row_count,
        reply_digest=digest,
        observations_digest=answer.observations,
        message=UNCHANGED if answer.unchanged else (lost.reason if lost and lost.reason else answer.message),
        synthetic=answer.synthetic,
        idempotency_key=key,
    )
    if isinstance(subject, Campaign) and not witness:
        _tally(subject)
    if isinstance(subject, Campaign) and answer.looked and not witness:
        changes += follow(subject, now=asked_at, cause="archive", poll=poll)
        if lost is not None:
            _propose(subject, answer, at=asked_at)
    return Stored(poll, True, tuple(changes), lost)


def _tally(campaign: Campaign) -> None:
    """Count one more poll of a campaign whose row is locked; all of them where no tally stands yet."""
    if not PollTally.objects.filter(campaign=campaign).update(polls=F("polls") + 1):
        number = ArchivePoll.objects.filter(campaign=campaign, witness=False).count()
        PollTally.objects.create(campaign=campaign, polls=number)


def _same_world(answer: ArchiveAnswer) -> None:
    """Refuse to mix what archives said with what a fake said."""
    other = ArchivePoll.objects.filter(synthetic=not answer.synthetic, outcome__in=LOOKED)
    if answer.looked and other.exists():
        kinds = ("synthetic", "real") if answer.synthetic else ("real", "synthetic")
        raise MixedWorlds(
            f"{answer.archive}: a {kinds[0]} answer came into a record of {kinds[1]} polls; "
            "a demonstration needs a state folder of its own (HYPERBOLE_VAR)"
        )


def _earlier(subject: Subject, archive: str) -> list[ArchivePoll]:
    rows = ArchivePoll.objects.filter(archive=archive, **of_subject(subject))
    return list(rows.order_by("-asked_at", "-pk").defer("query_text", "control_query_text")[:KNOWN_POLLS])


def looked(poll: ArchivePoll) -> Looked:
    """A poll as the rules take it."""
    return Looked(poll.asked_at, poll.outcome, poll.row_count, poll.control_row_count, poll.reply_digest)


def _key(uid: str) -> str:
    """The uid as a column holds it: one that is too long becomes its beginning and its digest."""
    if len(uid) <= LONGEST_UID:
        return uid
    return f"{uid[: LONGEST_UID - 33]} {hashlib.sha256(uid.encode()).hexdigest()[:32]}"


def _told_before(campaign: Campaign, answer: ArchiveAnswer, last: ArchivePoll | None) -> bool:
    """Whether an answer is the last one again and all of it stands: the usual case, without a row touched."""
    if last is None or last.reply_digest != answer.reply_digest or answer.outcome != "answered":
        return False
    standing = Holding.objects.filter(campaign=campaign, archive=answer.archive, gone_since__isnull=True)
    return standing.aggregate(number=Sum("number"))["number"] == answer.row_count


def _take_holdings(
    campaign: Campaign, answer: ArchiveAnswer, earlier: list[ArchivePoll], *, at: datetime
) -> Loss:
    """Bring the holdings to an answer, except for what may have vanished by mistake."""
    standing = Holding.objects.filter(campaign=campaign, archive=answer.archive)
    known = {row.uid: row for row in standing}
    told = {_key(product.uid): product for product in answer.holdings}
    new = [
        _row(campaign, answer.archive, uid, product, at) for uid, product in told.items() if uid not in known
    ]
    Holding.objects.bulk_create(new, batch_size=500)
    changed = [row for uid, product in told.items() if (row := known.get(uid)) and _renew(row, product)]
    Holding.objects.bulk_update(changed, [*FIELDS, "gone_since"], batch_size=200)
    present_rows = [row for row in known.values() if row.gone_since is None]
    missing = [row for row in present_rows if row.uid not in told]
    this = Looked(at, answer.outcome, answer.row_count, answer.control_row_count, answer.reply_digest)
    lost = archive_status.loss(len(present_rows), len(missing), this, [looked(poll) for poll in earlier])
    if lost.gone:
        Holding.objects.filter(pk__in=[row.pk for row in missing]).update(gone_since=at)
    return lost


def _row(campaign: Campaign, archive: str, uid: str, product: Product, at: datetime) -> Holding:
    columns = {name: getattr(product, name) for name in FIELDS}
    return Holding(campaign=campaign, archive=archive, uid=uid, first_seen=at, **_fitting(columns))


def _fitting(columns: dict[str, Any]) -> dict[str, Any]:
    """Texts cut to their columns: an archive may call things what it likes."""
    for name in LONGEST_TEXTS:
        columns[name] = columns[name][: LONGEST_TEXTS[name]]
    return columns


def _renew(row: Holding, product: Product) -> bool:
    """Bring a row to the archive's word; whether anything about it changed."""
    wanted = _fitting({name: getattr(product, name) for name in FIELDS}) | {"gone_since": None}
    changed = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)


def held(campaign: Campaign, archive: str) -> list[Held]:
    """The holdings of a campaign in an archive, like ones together."""
    rows = (
        Holding.objects.filter(campaign=campaign, archive=archive)
        .order_by()
        .values("level", "rights", "release", "gone_since")
        .annotate(products=Sum("number"))
    )
    return [
        Held(row["level"], row["rights"], row["release"], row["products"], row["gone_since"] is not None)
        for row in rows
    ]


def _counts(subject: Subject, answer: ArchiveAnswer, *, at: datetime) -> dict[str, dict[str, int]]:
    """Products by level and access, as this answer told them; of an unchanged one, as they stand."""
    if answer.unchanged and isinstance(subject, Campaign):
        return archive_status.counts(held(subject, answer.archive), at)
    products = [Held(row.level, row.rights, row.release, row.number) for row in answer.holdings]
    return archive_status.counts(products, at)


def follow(
    campaign: Campaign, *, now: datetime, cause: str, poll: ArchivePoll | None = None
) -> list[ArchiveStatusChange]:
    """Append a change when the campaign's state is another than the last one; at most one row.

    Must run inside the transaction that holds the campaign's row.
    """
    asked = archives_of(campaign)
    record = asked[0].name if asked else ""
    last = ArchiveStatusChange.objects.filter(campaign=campaign).order_by("-pk").first()
    before = last.after if last else ""
    if cause == "clock" and not before:
        return []
    products = held(campaign, record)
    polls = [looked(row) for row in _earlier(campaign, record)]
    after = archive_status.state(
        products, polls, observed_from=campaign.observed_from, polled=bool(asked), now=now
    )
    if after == before or (not before and after in ("unknown", "planned")):
        return []
    words = told_by_the_clock if cause == "clock" else told_by_the_archive
    change = ArchiveStatusChange.objects.create(
        campaign=campaign,
        at=now,
        before=before,
        after=after,
        cause=cause,
        poll=poll,
        note=words(asked[0].title if asked else campaign.archive, before, after, products, now=now,
                   synthetic=bool(poll and poll.synthetic) or _demonstration()),
    )  # fmt: skip
    archive_status_changed.send(sender=ArchiveStatusChange, change=change)
    return [change]


def _demonstration() -> bool:
    return ArchivePoll.objects.filter(synthetic=True).exists()


@transaction.atomic
def follow_clock(key: str, *, now: datetime) -> list[ArchiveStatusChange]:
    """Let releases pass whose date has come; nobody needs to be asked for that."""
    campaign = Campaign.objects.select_for_update().select_related("body").get(key=key)
    return follow(campaign, now=now, cause="clock")


def releases_due(now: datetime) -> list[str]:
    """Keys of campaigns that hold a product whose release date came after their last change of state."""
    rows = Holding.objects.filter(gone_since__isnull=True, release__lte=now).exclude(rights="public")
    due: dict[str, datetime] = {}
    for key, release in rows.order_by().values_list("campaign__key", "release").distinct():
        if release is None:
            continue
        due[key] = max(due.get(key, release), release)
    settled = {
        row["campaign__key"]: row["at"]
        for row in ArchiveStatusChange.objects.filter(Q(campaign__key__in=due)).order_by("pk").values("campaign__key", "at")
    }  # fmt: skip
    return sorted(key for key, release in due.items() if key in settled and settled[key] < release)


def _propose(campaign: Campaign, answer: ArchiveAnswer, *, at: datetime) -> None:
    """Tell an editor what was discovered: spellings, program ids and, at the first look, the counts."""
    spelled = spelling_of(campaign.body)
    known = set(spelled.exact) | {campaign.body.full_designation, *campaign.body.other_designations}
    found: dict[tuple[str, str], str] = {}
    seen: dict[str, int] = defaultdict(int)
    for product in answer.holdings:
        if product.target and product.target not in known and spelled.is_it(product.target):
            found["target", product.target] = "surely the object; its products are counted"
        if product.program and product.program not in campaign.program_id:
            seen[product.program] += product.number
    for target in answer.possible:
        if target not in spelled.rejected:
            found["target", target] = "may be the object; its products are not counted until confirmed"
    for program, number in seen.items():
        found["program", program] = f"on {number} products"
    present = set(Proposal.objects.filter(campaign=campaign).values_list("kind", "value"))
    if answer.row_count and not any(kind == "count" for kind, _ in present):
        found["count", f"{answer.row_count} products"] = "the first count of this campaign"
    Proposal.objects.bulk_create(
        Proposal(
            campaign=campaign,
            archive=answer.archive,
            kind=kind,
            value=value[:128],
            detail=detail,
            first_seen=at,
        )
        for (kind, value), detail in found.items()
        if (kind, value[:128]) not in present
    )
