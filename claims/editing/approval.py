"""The second pair of eyes: approval with its checklist, or a request for changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims.editing.log import append_log
from claims.editing.rules import (
    EditingRefused,
    approvals_needed,
    is_catalogue_account,
    locked,
    locked_version,
    move,
    name,
    require_checklist,
    require_right,
    require_transition,
    require_unchanged,
)
from claims.models import Approval, VerdictVersion


def bar_to_approval(version: VerdictVersion, person: User) -> str:
    """Why ``person`` can never approve this version; empty if nothing bars it."""
    who = person.get_username()
    if version.author_id == person.pk:
        return f"{who} is the author of v{version.number} and cannot approve it"
    if version.edits.filter(editor=person).exists():
        return f"{who} edited v{version.number} and cannot approve it"
    conflict = version.claim.conflicts.filter(person=person, ended_at__isnull=True).first()
    if conflict:
        return f"{who} declared a conflict of interest ({conflict.statement}) and cannot approve v{version.number}"
    if version.review_level == "signed" and is_catalogue_account(person):
        return f"{who} is not a person and cannot approve"
    return ""


@transaction.atomic
def approve(
    version: VerdictVersion, *, approver: User, at: datetime, checklist: dict[str, Any], comment: str = ""
) -> Approval:
    """Approve ``version`` as it was loaded: an edit since then refuses the approval.

    Refused to the author, to whoever edited the version and to whoever declared a conflict of interest.
    Where the verdict needs two approvals, the first leaves the version in review.
    """
    now = locked_version(version, locked(version.claim))
    require_right(approver, "approve", review_level=now.review_level)
    require_unchanged(version, now)
    bar = bar_to_approval(now, approver)
    if bar:
        raise EditingRefused(bar)
    if now.review_level == "signed":
        require_checklist(checklist)
    require_transition(now, "approve")
    if now.approvals.filter(approver=approver, voided_at__isnull=True).exists():
        raise EditingRefused(
            f"{approver.get_username()} has approved {name(now)} already; it waits for somebody else"
        )
    approval = Approval.objects.create(
        version=now, approver=approver, at=at, checklist=checklist, comment=comment
    )
    standing, needed = now.approvals.filter(voided_at__isnull=True).count(), approvals_needed(now.verdict)
    if standing >= needed:
        move(now, "approve")
    version.state = now.state
    append_log(
        at=at,
        actor=approver,
        action="approve",
        claim=now.claim,
        version=now,
        after={"checklist": checklist, "approvals": f"{standing} of {needed}"},
        reason=comment,
    )
    return approval


@transaction.atomic
def request_changes(version: VerdictVersion, *, actor: User, at: datetime, reason: str) -> None:
    """Send a version back to its author, with words; standing approvals are void."""
    if not reason.strip():
        raise EditingRefused("say what should change")
    now = locked_version(version, locked(version.claim))
    require_right(actor, "request_changes", review_level=now.review_level)
    require_unchanged(version, now)
    move(now, "request_changes")
    version.state = now.state
    now.approvals.filter(voided_at__isnull=True).update(voided_at=at)
    append_log(at=at, actor=actor, action="request_changes", claim=now.claim, version=now, reason=reason)
