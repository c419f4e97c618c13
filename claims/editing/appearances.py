"""What editors decide about the machine's look at sources: suspected appearances, and changes of a source."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from claims.editing.log import append_log
from claims.editing.rules import EditingRefused, locked, read_again, require_right
from claims.models import Appearance, Source, SourceAnswer, SourceChange, SuspectedAppearance
from claims.scales import CLAIM_STANCES

MOST_WORDS = 8


@transaction.atomic
def accept_suspicion(
    suspected: SuspectedAppearance,
    *,
    stance: str,
    phrase: str,
    first_seen: date | None,
    actor: User,
    at: datetime,
) -> Appearance:
    """Make an appearance of a suspicion.  It becomes public with the claim's next version and not before."""
    require_right(actor, "decide_suspicion")
    if stance not in CLAIM_STANCES:
        raise EditingRefused(f"stance {stance!r}, need one of {', '.join(CLAIM_STANCES)}")
    if not 1 <= len(phrase.split()) <= MOST_WORDS:
        raise EditingRefused(f"the phrase has {len(phrase.split())} words, allowed are 1 to {MOST_WORDS}")
    if first_seen is not None and first_seen > at.date():
        raise EditingRefused(f"{first_seen} is still to come, expected the day it was first seen")
    claim = locked(suspected.claim)
    open_version = claim.versions.filter(state__in=("in_review", "approved")).first()
    if open_version is not None:
        raise EditingRefused(
            f"version {open_version.number} of {claim.slug} is {open_version.get_state_display()}: an appearance would "
            "enter a text that somebody has read already; wait until it is published, or send it back"
        )
    source = suspected.source or Source.objects.filter(url=suspected.url).first()
    if source is None:
        raise EditingRefused(
            f"no source of the record has the address {suspected.url}; add it to data/sources.toml first"
        )
    _decide(suspected, "accepted", "", actor, at)
    try:
        with transaction.atomic():
            appearance = Appearance.objects.create(
                claim=claim, source=source, phrase=phrase.strip(), stance=stance, first_seen=first_seen,
                position=claim.appearances.count(),
            )  # fmt: skip
    except IntegrityError:
        raise EditingRefused("this phrase of this source stands with the claim already; decline it") from None
    read_again(claim, at=at, editor=actor)
    append_log(
        at=at, actor=actor, action="accept_appearance", claim=claim,
        after={"source": source.key, "phrase": appearance.phrase, "stance": stance, "suspicion": suspected.pk},
    )  # fmt: skip
    return appearance


@transaction.atomic
def decline_suspicion(suspected: SuspectedAppearance, *, note: str, actor: User, at: datetime) -> None:
    """Say that a page does not repeat the claim; the same suspicion does not come back."""
    require_right(actor, "decide_suspicion")
    if not note.strip():
        raise EditingRefused("say why it is none")
    claim = locked(suspected.claim)
    _decide(suspected, "declined", note.strip(), actor, at)
    append_log(
        at=at, actor=actor, action="decline_appearance", claim=claim, reason=note.strip(),
        after={"suspicion": suspected.pk, "url": suspected.url},
    )  # fmt: skip


def _decide(suspected: SuspectedAppearance, state: str, note: str, actor: User, at: datetime) -> None:
    changed = SuspectedAppearance.objects.filter(pk=suspected.pk, state="open").update(
        state=state, note=note, decided_by=actor, decided_at=at
    )
    if changed != 1:
        raise EditingRefused("somebody else has decided this already")


@transaction.atomic
def answer_source(change: SourceChange, *, note: str, actor: User, at: datetime) -> SourceAnswer:
    """Say what was done about a change of a source; marks on verdicts stand until their next versions."""
    require_right(actor, "answer_source")
    if not note.strip():
        raise EditingRefused("say what was done, or why nothing was")
    SourceChange.objects.select_for_update().get(pk=change.pk)
    if SourceAnswer.objects.filter(change=change).exists():
        raise EditingRefused("somebody else has answered this change")
    answer = SourceAnswer.objects.create(change=change, note=note.strip(), answered_by=actor, answered_at=at)
    append_log(
        at=at, actor=actor, action="answer_source", reason=note.strip(),
        after={"source": change.source.key, "watch": change.watch, "state": change.after},
    )  # fmt: skip
    return answer
