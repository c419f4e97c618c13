"""What may follow what, who may do it, and what an approval has to answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, User

from claims.models import Claim, VerdictVersion, VersionEdit

# what may follow what: (state, action) -> state
TRANSITIONS = {
    ("draft", "submit"): "in_review",
    ("in_review", "request_changes"): "draft",
    ("in_review", "approve"): "approved",
    ("approved", "request_changes"): "draft",
    ("approved", "publish"): "published",
}
# the right that an action asks for; claims/roles.py says which role has which
RIGHTS = {
    "draft": "claims.add_verdictversion",
    "edit": "claims.change_verdictversion",
    "submit": "claims.change_verdictversion",
    "approve": "claims.add_approval",
    "request_changes": "claims.add_approval",
    "publish": "claims.publish_verdictversion",
    "withdraw": "claims.withdraw_claim",
    "declare_conflict": "claims.add_conflictofinterest",
    "declare_conflict_of_another": "claims.change_conflictofinterest",
    "add_claim": "claims.add_claim",
    "edit_claim": "claims.change_claim",
    "contact_claimant": "claims.change_claim",
    "assign": "claims.change_claim",
    "answer_report": "claims.change_readerreport",
    "answer_source": "claims.add_sourceanswer",
    "decide_suspicion": "claims.change_suspectedappearance",
    "invite_expert": "claims.publish_verdictversion",
}
# what an approver has to have looked at; the last answer is in words (the first five are yes)
CHECKLIST = {
    "neutral_wording": "The wording is neutral and fair to the claimant.",
    "truth_condition": "The truth condition says what would make the claim true.",
    "two_sources": "Two independent sources, or one archive, carry the verdict.",
    "units_and_epochs": "Every number has its unit and its epoch.",
    "limits_not_absence": "No limit is read as an absence.",
    "claimant_contact": "Was the claimant contacted? When, or why not?",
}
CATALOGUE_ACCOUNTS = {"author": "initial-catalogue", "second_reader": "catalogue-second-reading"}


class EditingRefused(Exception):
    """An action that the rules do not allow; the message says which rule and what would be allowed."""


def is_catalogue_account(user: AbstractBaseUser) -> bool:
    """Whether ``user`` stands for the initial catalogue rather than for a person."""
    return user.get_username() in CATALOGUE_ACCOUNTS.values()


def require_right(actor: User, action: str, *, review_level: str = "signed") -> None:
    """Refuse an action to somebody whose role does not have it.

    The two accounts of the initial catalogue have no role: they act on the catalogue's versions and on
    nothing that people sign.
    """
    if is_catalogue_account(actor):
        if review_level != "catalogue":
            raise EditingRefused(f"{actor.get_username()} is not a person and cannot {spelt(action)}")
    elif not actor.has_perm(RIGHTS[action]):
        raise EditingRefused(
            f"{actor.get_username()} has no right to {spelt(action)}, needed: {RIGHTS[action]}"
        )


def require_unchanged(read: VerdictVersion, now: VerdictVersion) -> None:
    """Refuse an action on a version that was edited since the actor loaded it."""
    if read.edited_at != now.edited_at:
        raise EditingRefused(f"{name(now)} was edited while you read it, load it again")


def require_transition(version: VerdictVersion, action: str) -> str:
    """The state that ``action`` leads to from the version's state."""
    state = TRANSITIONS.get((version.state, action))
    if state is None:
        possible = sorted(spelt(other) for before, other in TRANSITIONS if before == version.state)
        raise EditingRefused(
            f"{name(version)} is {version.get_state_display()}: cannot {spelt(action)}, "
            f"possible: {', '.join(possible) or 'nothing; start a new version'}"
        )
    return state


def require_checklist(checklist: dict[str, Any]) -> None:
    """Refuse an approval that leaves one of the six questions open."""
    open_questions = [
        question
        for key, question in CHECKLIST.items()
        if not (
            str(checklist.get(key) or "").strip() if key == "claimant_contact" else checklist.get(key) is True
        )
    ]
    if open_questions:
        raise EditingRefused(f"the approval leaves open: {' '.join(open_questions)}")


def approvals_needed(verdict: str) -> int:
    """How many people besides the author have to approve a version with this verdict."""
    return 2 if verdict in settings.TWO_APPROVALS_FOR else 1


def locked(claim: Claim) -> Claim:
    """The claim's row, held until the end of the transaction."""
    # SQLite takes the write lock at BEGIN IMMEDIATE and ignores FOR UPDATE
    return Claim.objects.select_for_update(of=("self",)).select_related("body").get(pk=claim.pk)


def locked_version(version: VerdictVersion, claim: Claim) -> VerdictVersion:
    """The version as it stands now, held until the end of the transaction."""
    now = claim.versions.select_for_update(of=("self",)).select_related("author").get(pk=version.pk)
    now.claim = claim
    return now


def move(version: VerdictVersion, action: str) -> None:
    """Bring the version to the state that ``action`` leads to; exactly one row must change."""
    state = require_transition(version, action)
    changed = VerdictVersion.objects.filter(pk=version.pk, state=version.state).update(state=state)
    if changed != 1:
        raise EditingRefused(f"{name(version)}: somebody else was faster, load it again")
    version.state = state


def read_again(claim: Claim, *, at: datetime, editor: User | None = None) -> None:
    """What an open version of ``claim`` carries to readers beside its own text has changed.

    A trigger voids its approvals; here it goes back to the reviewers.  Whoever edited it (``editor``) may not
    approve it then; None says that something was recorded which nobody here worded.
    """
    version = claim.versions.select_for_update(of=("self",)).exclude(state="published").first()
    if version is None:
        return
    if editor is not None:
        VersionEdit.objects.create(version=version, editor=editor, at=at)
    back_to_review(claim)
    # a reviewer's screen is out of date with it; the form of an author at work on a draft is not
    VerdictVersion.objects.filter(pk=version.pk).exclude(state="draft").update(edited_at=at)


def back_to_review(claim: Claim) -> None:
    """An approved version whose standing approvals no longer suffice waits for reviewers again."""
    for version in claim.versions.filter(state="approved"):
        standing = version.approvals.filter(voided_at__isnull=True).count()
        if standing < approvals_needed(version.verdict):
            VerdictVersion.objects.filter(pk=version.pk, state="approved").update(state="in_review")


def name(version: VerdictVersion) -> str:
    return f"{version.claim.slug} v{version.number}"


def spelt(action: str) -> str:
    return action.replace("_", " ")
