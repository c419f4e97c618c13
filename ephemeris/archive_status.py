"""What a campaign's archive state is, from what is held and the clock; and when a vanished product is gone.

A poll, the holdings and the state are three things.  A poll is an observation of an archive.  Holdings change
when the archive's word is certain.  The state follows from holdings and the moment it is asked for: releases
pass by the clock, without anybody telling us.  Pure: no database, no clock of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

State = Literal[
    "planned", "observed", "proprietary", "partly_public", "public", "on_hold", "withdrawn", "unknown",
    "no_public_archive",
]  # fmt: skip
Access = Literal["public", "proprietary", "on_hold", "restricted", "unknown"]
LOOKED = frozenset(("answered", "empty", "truncated"))
ON_HOLD_FROM = datetime(2098, 1, 1, tzinfo=UTC)
# what is science decides the state; calibration files are public early and previews are no data
NOT_SCIENCE = frozenset(("calibration", "preview"))
CONFIRMED_AFTER = timedelta(hours=6)
SUSPICIOUS_LOSS = 0.2


@dataclass(frozen=True, slots=True)
class Held:
    """A product, or ``number`` like ones, as far as access goes."""

    level: str
    rights: str
    release: datetime | None
    number: int = 1
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """One poll, as far as the state goes; ``digest`` names its set of products."""

    asked_at: datetime
    outcome: str
    row_count: int | None
    control_row_count: int | None = None
    digest: str = ""

    @property
    def zero_counts(self) -> bool:
        """Whether this is a zero that says something: the query succeeded and its control found rows."""
        return self.outcome == "empty" and bool(self.control_row_count)


def access(rights: str, release: datetime | None, now: datetime) -> Access:
    """Who may have a product at a moment.

    A release date in the past makes it public whatever the archive's flag still says; 2098 and later is how
    ESA marks what is on hold.
    """
    if release is not None and release >= ON_HOLD_FROM:
        return "on_hold"
    if rights == "public":
        return "public"
    if rights == "restricted":
        return "restricted"
    if release is not None:
        return "public" if release <= now else "proprietary"
    return "proprietary" if rights == "proprietary" else "unknown"


def counts(products: Iterable[Held], now: datetime) -> dict[str, dict[str, int]]:
    """How many products there are of each level, by access, of those that are not gone."""
    found: dict[str, Counter[str]] = {}
    for product in products:
        if not product.gone:
            found.setdefault(product.level, Counter())[access(product.rights, product.release, now)] += (
                product.number
            )
    return {level: dict(sorted(numbers.items())) for level, numbers in sorted(found.items())}


def state(
    products: Sequence[Held],
    polls: Sequence[Looked],
    *,
    observed_from: date | None,
    polled: bool,
    now: datetime,
) -> State:
    """The state of a campaign at a moment.

    Parameters
    ----------
    products : sequence of Held
        Everything the archive of record ever told us of, what is gone marked so.
    polls : sequence of Looked
        Polls of the archive of record, newest first; the last answers are enough.
    polled : bool
        Whether a machine can ask an archive about this campaign at all.
    """
    standing = [product for product in products if not product.gone]
    if standing:
        cut = next((poll.outcome == "truncated" for poll in polls if poll.outcome in LOOKED), False)
        return _of_holdings(standing, now, cut=cut)
    if products:
        was_public = any(access(product.rights, product.release, now) == "public" for product in products)
        return "withdrawn" if was_public else "observed"
    if any(poll.zero_counts for poll in polls):
        return "observed"
    if observed_from is not None and observed_from > now.date():
        return "planned"
    # nobody has looked with success: whatever the catalogue expects, we do not know
    return "unknown"


def _of_holdings(standing: list[Held], now: datetime, *, cut: bool) -> State:
    science = [product for product in standing if product.level not in NOT_SCIENCE] or standing
    found = {access(product.rights, product.release, now) for product in science}
    if found == {"public"}:
        return "partly_public" if cut else "public"  # of what was cut off we know nothing
    if "public" in found:
        return "partly_public"
    if found & {"proprietary", "restricted"}:
        return "proprietary"
    return "on_hold" if "on_hold" in found else "unknown"


def first_public(products: Iterable[Held], now: datetime) -> datetime | None:
    """When the first science product became public, as far as the archive dates it."""
    dates = [
        product.release
        for product in products
        if product.level not in NOT_SCIENCE
        and product.release is not None
        and access(product.rights, product.release, now) == "public"
    ]
    return min(dates, default=None)


def next_release(products: Iterable[Held], now: datetime) -> datetime | None:
    """When the next product becomes public by its own date; None when none is dated."""
    dates = [
        product.release
        for product in products
        if not product.gone and product.release is not None and now < product.release < ON_HOLD_FROM
        and access(product.rights, product.release, now) == "proprietary"
    ]  # fmt: skip
    return min(dates, default=None)


@dataclass(frozen=True, slots=True)
class Loss:
    """Whether products that an answer lacks are gone, and if not yet, why they are still shown."""

    gone: bool
    reason: str = ""


def loss(present: int, missing: int, answer: Looked, earlier: Sequence[Looked]) -> Loss:
    """Whether ``missing`` of the ``present`` products are gone.

    A small loss counts at once.  When everything or more than a fifth vanished, the same answer must come
    again at least six hours later, without another one in between; an empty one must both times stand beside
    a control that found rows.

    Parameters
    ----------
    earlier : sequence of Looked
        Polls before this answer, newest first.
    """
    if not missing:
        return Loss(gone=False)
    if answer.outcome == "truncated":
        return Loss(False, "the answer was cut short, so what it lacks is not missed")
    empty = missing == present
    if not empty and missing <= SUSPICIOUS_LOSS * present:
        return Loss(gone=True)
    if answer.outcome == "empty" and not answer.zero_counts:
        return Loss(
            False,
            "the control query found nothing either, so the empty answer says nothing; the last products stand",
        )
    for poll in earlier:
        if poll.outcome not in LOOKED:
            continue
        if poll.digest != answer.digest or (poll.outcome == "empty" and not poll.zero_counts):
            break
        if answer.asked_at - poll.asked_at >= CONFIRMED_AFTER:
            return Loss(gone=True)
    lacking = "no products" if empty else f"{missing} of {present} products fewer"
    return Loss(
        False,
        f"the answer has {lacking}; the last products stand until a second look, six hours or more later, agrees",
    )


# how soon a question is asked again after its last answer
ACTIVE, SOON, STABLE = timedelta(days=1), timedelta(hours=6), timedelta(days=7)
ACTIVE_FOR = timedelta(days=30)
SOON_WITHIN = timedelta(days=7)


def pause(
    now_state: str,
    *,
    release: datetime | None,
    changed_at: datetime | None,
    held: bool,
    now: datetime,
) -> timedelta:
    """How long to wait between two looks: hours near a release or a doubt, a week once public and quiet."""
    if held or (release is not None and release - now <= SOON_WITHIN):
        return SOON
    quiet = changed_at is None or now - changed_at > ACTIVE_FOR
    return STABLE if now_state == "public" and quiet else ACTIVE
