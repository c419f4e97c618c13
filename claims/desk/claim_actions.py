"""What can be done on the page of a claim, each through `claims.editing`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from claims import editing
from claims.desk import forms
from claims.models import Claim

Taken = Callable[[Claim, User, datetime, dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class ClaimAction:
    """One action: what it asks, who may take it, what it does, and where it makes sense."""

    name: str
    label: str
    right: str
    form: type[forms.ClaimForm]
    takes: Taken
    done: str
    possible: Callable[[Claim], bool] = lambda claim: True


def _assign(claim: Claim, actor: User, at: datetime, asked: dict[str, Any]) -> None:
    editing.assign(claim, person=asked["person"], actor=actor, at=at)


def _declare(claim: Claim, actor: User, at: datetime, asked: dict[str, Any]) -> None:
    editing.declare_conflict(claim, **asked, actor=actor, at=at)


def _end(claim: Claim, actor: User, at: datetime, asked: dict[str, Any]) -> None:
    editing.end_conflict(**asked, actor=actor, at=at)


def _contact(claim: Claim, actor: User, at: datetime, asked: dict[str, Any]) -> None:
    editing.record_contact(claim, **asked, actor=actor, at=at)


def _answer(claim: Claim, actor: User, at: datetime, asked: dict[str, Any]) -> None:
    editing.record_answer(**asked, actor=actor, at=at)


def _sign(claim: Claim, actor: User, at: datetime, asked: dict[str, Any]) -> None:
    editing.draft_for_signature(claim, author=actor, at=at)


def _waits_for_signature(claim: Claim) -> bool:
    current = claim.current_version
    return (
        current is not None
        and current.review_level == "catalogue"
        and claim.withdrawn_at is None
        and not claim.versions.exclude(state="published").exists()
    )


_ACTIONS = (
    ClaimAction("sign", "Sign as its author", editing.RIGHTS["draft"], forms.SignForm, _sign,
                "Version in your name submitted; it waits for somebody else’s approval.", _waits_for_signature),
    ClaimAction("assign", "Assign", editing.RIGHTS["assign"], forms.AssignForm, _assign, "Assigned."),
    ClaimAction("conflict", "Declare the conflict", editing.RIGHTS["declare_conflict"], forms.ConflictForm, _declare,
                "Declared; it is printed on the claim’s page and bars the approval."),
    ClaimAction("end_conflict", "End the conflict", editing.RIGHTS["declare_conflict_of_another"], forms.EndConflictForm,
                _end, "Ended.", lambda claim: claim.conflicts.filter(ended_at__isnull=True).exists()),
    ClaimAction("contact", "Record the contact", editing.RIGHTS["contact_claimant"], forms.ContactForm, _contact,
                "Recorded; it is printed with the next version."),
    ClaimAction("answer", "Record the answer", editing.RIGHTS["contact_claimant"], forms.AnswerForm, _answer,
                "Recorded; it is printed with the next version.",
                lambda claim: claim.contacts.filter(answered_on__isnull=True).exists()),
)  # fmt: skip
ACTIONS = {action.name: action for action in _ACTIONS}


def open_actions(claim: Claim, person: User) -> list[ClaimAction]:
    """The actions that make sense for a claim and that somebody has the right to."""
    return [action for action in _ACTIONS if person.has_perm(action.right) and action.possible(claim)]
