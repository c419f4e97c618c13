"""The review of an expert without an account: an editor hands out a link, the expert comments, nothing is approved."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from claims.editing.log import append_log
from claims.editing.rules import (
    EditingRefused,
    back_to_review,
    locked,
    locked_version,
    name,
    require_right,
)
from claims.models import ReviewComment, ReviewInvitation, VerdictVersion

SHOWN_STATES = ("in_review", "approved")
LONGEST_DAYS = 60
MOST_COMMENTS = 20


@transaction.atomic
def invite_expert(
    version: VerdictVersion, *, for_whom: str, days: int, actor: User, at: datetime
) -> ReviewInvitation:
    """Hand out a link to a version in review."""
    now = locked_version(version, locked(version.claim))
    require_right(actor, "invite_expert")
    if now.state != "in_review":
        raise EditingRefused(
            f"{name(now)} is {now.get_state_display()}: only a version in review is shown to an expert"
        )
    if not for_whom.strip():
        raise EditingRefused("say for whom the link is; editors see it")
    if not 1 <= days <= LONGEST_DAYS:
        raise EditingRefused(f"a link is good for 1 to {LONGEST_DAYS} days, not {days}")
    invitation = ReviewInvitation.objects.create(
        version=now, nonce=secrets.token_urlsafe(18), for_whom=for_whom.strip(), made_by=actor, made_at=at,
        expires_at=at + timedelta(days=days),
    )  # fmt: skip
    append_log(
        at=at, actor=actor, action="invite_expert", claim=now.claim, version=now,
        after={"invitation": invitation.pk, "for": invitation.for_whom, "until": invitation.expires_at.isoformat()},
    )  # fmt: skip
    return invitation


@transaction.atomic
def revoke_invitation(invitation: ReviewInvitation, *, actor: User, at: datetime) -> None:
    """End a link before its time."""
    require_right(actor, "invite_expert")
    version = invitation.version
    claim = locked(version.claim)
    changed = ReviewInvitation.objects.filter(pk=invitation.pk, revoked_at__isnull=True).update(
        revoked_at=at, revoked_by=actor
    )
    if changed != 1:
        raise EditingRefused("this link was revoked already")
    append_log(
        at=at, actor=actor, action="revoke_invitation", claim=claim, version=version,
        after={"invitation": invitation.pk, "for": invitation.for_whom},
    )  # fmt: skip


def is_open(invitation: ReviewInvitation, at: datetime) -> bool:
    """Whether the link shows its version now."""
    version = invitation.version
    return (
        invitation.revoked_at is None
        and at < invitation.expires_at
        and version.state in SHOWN_STATES
        and version.claim.withdrawn_at is None
    )


@transaction.atomic
def record_expert_comment(
    invitation: ReviewInvitation,
    *,
    expert: str,
    affiliation: str,
    text: str,
    may_be_named: bool,
    text_of: datetime,
    at: datetime,
) -> ReviewComment:
    """Take down what an expert wrote; it approves nothing and changes no text."""
    claim = locked(invitation.version.claim)
    invitation = ReviewInvitation.objects.select_related("version").get(pk=invitation.pk)
    invitation.version.claim = claim
    if not is_open(invitation, at):
        raise EditingRefused("this link is no longer open")
    if not (expert.strip() and affiliation.strip() and text.strip()):
        raise EditingRefused("name, affiliation and comment are needed")
    if invitation.comments.count() >= MOST_COMMENTS:
        raise EditingRefused(
            f"{MOST_COMMENTS} comments were sent through this link; ask the editor for another"
        )
    comment = ReviewComment.objects.create(
        invitation=invitation, name=expert.strip(), affiliation=affiliation.strip(), text=text.strip(),
        may_be_named=may_be_named, text_of=text_of, at=at,
    )  # fmt: skip
    back_to_review(claim)  # a named comment is printed: a trigger voids approvals that were given before it
    append_log(
        at=at, actor=None, actor_name=f"expert {comment.name}"[:150], action="expert_comment", claim=claim,
        version=invitation.version, reason=comment.text,
        after={"invitation": invitation.pk, "affiliation": comment.affiliation, "may_be_named": may_be_named},
    )  # fmt: skip
    return comment
