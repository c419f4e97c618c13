"""The steps of the editorial workflow as the admin offers them: what each asks, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from claims import editing
from claims.models import VerdictVersion

TEXT = forms.Textarea(attrs={"rows": 4, "cols": 90})


class StepForm(forms.Form):
    """What every step posts: which text was on the screen, so that a stale screen changes nothing."""

    edited_at = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def clean_edited_at(self) -> datetime:
        try:
            return datetime.fromisoformat(self.cleaned_data["edited_at"])
        except ValueError:
            raise forms.ValidationError("The form is broken, load it again.") from None


class NothingAsked(StepForm):
    """A step that needs a press of its button and no words."""


class ChecklistForm(StepForm):
    """What the approver has looked at; stored with the approval."""

    neutral_wording = forms.BooleanField(label=editing.CHECKLIST["neutral_wording"])
    truth_condition = forms.BooleanField(label=editing.CHECKLIST["truth_condition"])
    two_sources = forms.BooleanField(label=editing.CHECKLIST["two_sources"])
    units_and_epochs = forms.BooleanField(label=editing.CHECKLIST["units_and_epochs"])
    limits_not_absence = forms.BooleanField(label=editing.CHECKLIST["limits_not_absence"])
    claimant_contact = forms.CharField(
        label=editing.CHECKLIST["claimant_contact"], max_length=500, widget=TEXT
    )
    comment = forms.CharField(required=False, max_length=2000, widget=TEXT)


class CommentForm(StepForm):
    comment = forms.CharField(label="What should change?", max_length=4000, widget=TEXT)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: where it may start from, who may take it, what it asks and what it does."""

    name: str
    label: str
    action: str
    permission: str
    form: type[StepForm]
    takes: Callable[[VerdictVersion, Any, datetime, dict[str, Any]], Any]
    done: str
    consequence: str


def _submit(version: VerdictVersion, person: Any, at: datetime, asked: dict[str, Any]) -> None:
    editing.submit_for_review(version, actor=person, at=at)


def _approve(version: VerdictVersion, person: Any, at: datetime, asked: dict[str, Any]) -> None:
    checklist = {question: asked[question] for question in editing.CHECKLIST}
    editing.approve(version, approver=person, at=at, checklist=checklist, comment=asked["comment"])


def _request_changes(version: VerdictVersion, person: Any, at: datetime, asked: dict[str, Any]) -> None:
    editing.request_changes(version, actor=person, at=at, reason=asked["comment"])


def _publish(version: VerdictVersion, person: Any, at: datetime, asked: dict[str, Any]) -> None:
    editing.publish(version, actor=person, at=at)


_STEPS = (
    Step("submit", "Submit for review", "submit", "claims.change_verdictversion", NothingAsked, _submit,
         "waits for somebody else's approval", "Somebody else has to approve the version before it can be published."),
    Step("approve", "Approve", "approve", "claims.add_approval", ChecklistForm, _approve,
         "approved", "Your name is printed beside the verdict. Any later edit voids the approval."),
    Step("request-changes", "Request changes", "request_changes", "claims.add_approval", CommentForm, _request_changes,
         "back with its author", "The version returns to its author as a draft; your words go on the log."),
    Step("publish", "Publish", "publish", "claims.publish_verdictversion", NothingAsked, _publish,
         "published", "The version is frozen and becomes what the public reads, in pages, feeds and the API."),
)  # fmt: skip
STEPS = {step.name: step for step in _STEPS}


def open_steps(version: VerdictVersion) -> list[Step]:
    """The steps that a version's state allows."""
    return [step for step in _STEPS if (version.state, step.action) in editing.TRANSITIONS]
