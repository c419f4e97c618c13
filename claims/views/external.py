"""What an expert sees who was sent a link: the draft as it would be published, and a form for a comment."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from claims import editing
from claims.desk.preview import previewed
from claims.invitations import invitation_of
from claims.models import ReviewInvitation
from claims.reports import INVISIBLE
from claims.views.claim import of_version


class CommentForm(forms.Form):
    """A comment with the name under which it is given."""

    text = forms.CharField(
        label="Your comment", min_length=10, max_length=8000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Plain words, up to 8,000 characters. It goes to the editors; it approves nothing.",
    )  # fmt: skip
    name = forms.CharField(
        label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    affiliation = forms.CharField(
        label="Your affiliation",
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    may_be_named = forms.BooleanField(
        label="Print my name, affiliation and comment with the verdict", required=False,
        help_text="Without it only the editors see them.",
    )  # fmt: skip
    text_of = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def clean_text_of(self) -> datetime:
        try:
            moment = datetime.fromisoformat(self.cleaned_data["text_of"])
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise forms.ValidationError("The form is broken, load it again.")
        return moment

    def clean(self) -> None:
        for field in ("text", "name", "affiliation"):
            if INVISIBLE.search(self.cleaned_data.get(field) or ""):
                self.add_error(field, "There are invisible control characters in it; type them away.")


# whoever has the link may write: the signed token in the address does what a form's token would
@csrf_exempt
def review(request: HttpRequest, token: str) -> HttpResponse:
    """The draft behind a link that is open; a plain refusal otherwise."""
    now, invitation = timezone.now(), invitation_of(token)
    if invitation is None:
        return _private(render(request, "claims/external_refused.html", status=404))
    if not editing.is_open(invitation, now):
        return _private(render(request, "claims/external_refused.html", status=410))
    form = CommentForm(request.POST or None, initial={"text_of": invitation.version.edited_at.isoformat()})
    if request.method == "POST" and form.is_valid():
        asked = dict(form.cleaned_data)
        try:
            editing.record_expert_comment(invitation, expert=asked.pop("name"), **asked, at=now)
        except editing.EditingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _private(HttpResponseRedirect(reverse("external-review-thanks", args=[token]), status=303))
    return _private(_draft(request, invitation, form, now, 422 if form.errors else 200))


def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Say that a comment was taken down, and lead back to the draft."""
    known = invitation_of(token)
    if known is None:
        return _private(render(request, "claims/external_refused.html", status=404))
    return _private(render(request, "claims/external_thanks.html", {"token": token}))


def _draft(
    request: HttpRequest, invitation: ReviewInvitation, form: CommentForm, at: datetime, status: int
) -> HttpResponse:
    row = previewed(invitation.version, at)
    context = {"claim": row.claim, "preview": True, "invitation": invitation, "form": form}
    return render(request, "claims/external_review.html", of_version(row, {}) | context, status=status)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response
