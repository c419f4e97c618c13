"""What surrounds a verdict and is printed with it: conflicts of interest, the claimant's reply, who is at work."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction

from claims.editing.log import append_log
from claims.editing.rules import EditingRefused, back_to_review, locked, read_again, require_right
from claims.models import Claim, ClaimantContact, ConflictOfInterest, ReaderReport


@transaction.atomic
def declare_conflict(
    claim: Claim, *, person: User, statement: str, actor: User, at: datetime
) -> ConflictOfInterest:
    """Print that ``person`` has an interest in the claim; their standing approval of an open version falls."""
    require_right(actor, "declare_conflict" if actor == person else "declare_conflict_of_another")
    if not statement.strip():
        raise EditingRefused("say what the interest is; it is printed")
    claim = locked(claim)
    if claim.conflicts.filter(person=person, ended_at__isnull=True).exists():
        raise EditingRefused(f"{person.get_username()} has declared a conflict on {claim.slug} already")
    conflict = ConflictOfInterest.objects.create(
        claim=claim, person=person, statement=statement.strip(), declared_at=at, declared_by=actor
    )  # a trigger voids the person's standing approvals
    back_to_review(claim)
    append_log(
        at=at, actor=actor, action="declare_conflict", claim=claim, reason=conflict.statement,
        after={"person": person.get_username()},
    )  # fmt: skip
    return conflict


@transaction.atomic
def end_conflict(conflict: ConflictOfInterest, *, actor: User, at: datetime, reason: str) -> None:
    """Say that an interest is over.  Nobody ends their own."""
    require_right(actor, "declare_conflict_of_another")
    if actor.pk == conflict.person_id:
        raise EditingRefused(f"{actor.get_username()} cannot end the own conflict of interest")
    if not reason.strip():
        raise EditingRefused("say why the conflict of interest is over")
    claim = locked(conflict.claim)
    if ConflictOfInterest.objects.filter(pk=conflict.pk, ended_at__isnull=True).update(ended_at=at) != 1:
        raise EditingRefused("this conflict of interest was ended already")
    append_log(
        at=at, actor=actor, action="end_conflict", claim=claim, reason=reason,
        after={"person": conflict.person.get_username()},
    )  # fmt: skip


@transaction.atomic
def record_contact(
    claim: Claim, *, claimant: str, contacted_on: date, way: str, actor: User, at: datetime
) -> ClaimantContact:
    """Note that the claimant was given the opportunity to reply."""
    require_right(actor, "contact_claimant")
    if not claimant.strip():
        raise EditingRefused("say who was contacted; it is printed")
    if contacted_on > at.date():
        raise EditingRefused(f"{contacted_on} is still to come, expected the day of the contact")
    claim = locked(claim)
    contact = ClaimantContact.objects.create(
        claim=claim, claimant=claimant.strip(), contacted_on=contacted_on, way=way, recorded_by=actor, recorded_at=at
    )  # fmt: skip
    read_again(claim, at=at)
    append_log(
        at=at, actor=actor, action="contact_claimant", claim=claim,
        after={"claimant": contact.claimant, "on": contacted_on.isoformat()},
    )  # fmt: skip
    return contact


@transaction.atomic
def record_answer(
    contact: ClaimantContact, *, answer: str, answered_on: date, actor: User, at: datetime
) -> None:
    """Note what the claimant answered; it is printed, so whoever took it down has edited an open version."""
    require_right(actor, "contact_claimant")
    if not answer.strip():
        raise EditingRefused("the answer is printed and cannot be empty")
    if not contact.contacted_on <= answered_on <= at.date():
        raise EditingRefused(f"{answered_on} is not between the contact on {contact.contacted_on} and today")
    claim = locked(contact.claim)
    changed = ClaimantContact.objects.filter(pk=contact.pk, answered_on__isnull=True).update(
        answer=answer.strip(), answered_on=answered_on
    )
    if changed != 1:
        raise EditingRefused("an answer stands there already; record another contact")
    read_again(claim, at=at, editor=actor)
    append_log(
        at=at, actor=actor, action="claimant_answered", claim=claim, reason=answer.strip(),
        after={"claimant": contact.claimant, "on": answered_on.isoformat()},
    )  # fmt: skip


@transaction.atomic
def assign(claim: Claim, *, person: User | None, actor: User, at: datetime) -> None:
    """Say who works on a claim."""
    require_right(actor, "assign")
    claim = locked(claim)
    before, claim.assigned_to = claim.assigned_to, person
    claim.save(update_fields=["assigned_to"])
    append_log(
        at=at, actor=actor, action="assign", claim=claim,
        before={"person": before.get_username() if before else None},
        after={"person": person.get_username() if person else None},
    )  # fmt: skip


@transaction.atomic
def answer_report(report: ReaderReport, *, state: str, note: str, actor: User, at: datetime) -> None:
    """Close a reader's report: something was done about it, or it was declined, and why."""
    require_right(actor, "answer_report")
    if state not in ("done", "declined"):
        raise EditingRefused(f"a report is done or declined, not {state!r}")
    if not note.strip():
        raise EditingRefused("say what was done, or why nothing was")
    changed = ReaderReport.objects.filter(pk=report.pk, state="open").update(
        state=state, note=note.strip(), answered_by=actor, answered_at=at
    )
    if changed != 1:
        raise EditingRefused("somebody else has answered this report")
    append_log(
        at=at, actor=actor, action="answer_report", claim=report.claim, reason=note.strip(),
        after={"report": report.pk, "state": state},
    )  # fmt: skip
