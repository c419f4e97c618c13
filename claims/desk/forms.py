"""What the page of a claim asks: who takes it, interests, contacts, answers, and readers' reports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone

from claims import editing
from claims.models import Claim, ClaimantContact, ConflictOfInterest

WORDS = forms.Textarea(attrs={"rows": 3, "cols": 60})
DAY = forms.DateInput(attrs={"type": "date"})


def editors() -> Any:
    """The people who may work on claims."""
    return User.objects.filter(is_active=True, is_staff=True).exclude(
        username__in=editing.CATALOGUE_ACCOUNTS.values()
    )


class ClaimForm(forms.Form):
    """A form on the page of a claim, for the person who looks at it."""

    def __init__(self, *given: Any, claim: Claim, person: User, **named: Any) -> None:
        super().__init__(*given, **named)
        self.claim, self.by = claim, person
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to the claim and the person."""


class AssignForm(ClaimForm):
    person = forms.ModelChoiceField(
        User.objects.none(), required=False, empty_label="nobody", label="Who works on it"
    )

    def prepare(self) -> None:
        field: Any = self.fields["person"]
        field.queryset = editors().order_by("username")
        field.initial = self.claim.assigned_to_id


class ConflictForm(ClaimForm):
    person = forms.ModelChoiceField(User.objects.none(), label="Whose", to_field_name="username")
    statement = forms.CharField(
        label="What the interest is", max_length=300, widget=WORDS, help_text="Printed on the claim’s page."
    )

    def prepare(self) -> None:
        field: Any = self.fields["person"]
        field.queryset = editors().order_by("username")
        field.initial = self.by.get_username()
        if not self.by.has_perm(editing.RIGHTS["declare_conflict_of_another"]):
            field.queryset = field.queryset.filter(pk=self.by.pk)


class EndConflictForm(ClaimForm):
    conflict = forms.ModelChoiceField(ConflictOfInterest.objects.none(), label="Which")
    reason = forms.CharField(label="Why it is over", max_length=300, widget=WORDS)

    def prepare(self) -> None:
        field: Any = self.fields["conflict"]
        field.queryset = self.claim.conflicts.filter(ended_at__isnull=True).select_related("person")
        field.label_from_instance = lambda row: f"{row.person.get_username()}: {row.statement}"


class ContactForm(ClaimForm):
    claimant = forms.CharField(max_length=160, label="Who was contacted", help_text="As printed; no address.")
    contacted_on = forms.DateField(label="On", widget=DAY, initial=lambda: timezone.now().date())
    way = forms.CharField(
        max_length=120, required=False, label="How", help_text="Such as e-mail, or the form of the site."
    )


class AnswerForm(ClaimForm):
    contact = forms.ModelChoiceField(ClaimantContact.objects.none(), label="To which contact")
    answered_on = forms.DateField(label="On", widget=DAY, initial=lambda: timezone.now().date())
    answer = forms.CharField(
        widget=WORDS, max_length=4000, help_text="As it will be printed with the next version."
    )

    def prepare(self) -> None:
        field: Any = self.fields["contact"]
        field.queryset = self.claim.contacts.filter(answered_on__isnull=True)


class SignForm(ClaimForm):
    """Nothing is asked: the press of the button is the signature of the author."""


class ReportForm(forms.Form):
    state = forms.ChoiceField(
        choices=[("done", "Something was done"), ("declined", "Nothing was done")], label="Outcome"
    )
    note = forms.CharField(label="What was done, or why nothing was", max_length=4000, widget=WORDS)
