"""The links that experts without an account were given to a version, and what they wrote."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from claims import editing
from claims.desk.shown import behind_sign_in, desk_page
from claims.editing.external import LONGEST_DAYS
from claims.invitations import link_of
from claims.models import ReviewComment, ReviewInvitation, VerdictVersion


class InvitationForm(forms.Form):
    for_whom = forms.CharField(label="For whom", max_length=120, help_text="Seen by editors only.")
    days = forms.IntegerField(label="Good for how many days", min_value=1, max_value=LONGEST_DAYS, initial=14)


@behind_sign_in
def external(request: HttpRequest, number: int) -> HttpResponse:
    """Show the links and comments of a version; hand out a link or take one back."""
    person: Any = request.user
    if not person.has_perm("claims.view_verdictversion"):
        raise PermissionDenied
    row = VerdictVersion.objects.select_related("claim").filter(pk=number).first()
    if row is None:
        raise Http404(f"There is no version {number}.")
    may, now = person.has_perm(editing.RIGHTS["invite_expert"]), timezone.now()
    revoking = request.method == "POST" and "revoke" in request.POST
    form = InvitationForm(request.POST if request.method == "POST" and not revoking else None)
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        try:
            if revoking:
                editing.revoke_invitation(_invitation(row, request.POST["revoke"]), actor=person, at=now)
                messages.success(request, "The link opens nothing any more.")
            elif form.is_valid():
                editing.invite_expert(row, **form.cleaned_data, actor=person, at=now)
                messages.success(request, "The link is made. Send it to the expert yourself: whoever has it sees the draft.")  # fmt: skip
        except editing.EditingRefused as refusal:
            messages.error(request, str(refusal))
        if revoking or form.is_valid():
            return HttpResponseRedirect(reverse("desk:external", args=[row.pk]))
    invitations = ReviewInvitation.objects.filter(version=row).select_related("made_by", "revoked_by")
    shown = [_shown(one, row, now, may) for one in invitations]
    comments = ReviewComment.objects.filter(invitation__version=row)
    return desk_page(
        request, "desk/external.html", f"{row.title}, version {row.number}: external review", version=row,
        claim=row.claim, invitations=shown, comments=comments, form=form if may and row.state == "in_review" else None,
    )  # fmt: skip


def _invitation(row: VerdictVersion, asked: str) -> ReviewInvitation:
    found = (
        ReviewInvitation.objects.filter(version=row, pk=int(asked)).first()
        if asked.isascii() and asked.isdigit()
        else None
    )
    if found is None:
        raise Http404("There is no such link to this version.")
    found.version = row
    return found


def _shown(invitation: ReviewInvitation, row: VerdictVersion, at: Any, may: bool) -> dict[str, Any]:
    invitation.version = row
    open_now = editing.is_open(invitation, at)
    return {"row": invitation, "open": open_now, "link": link_of(invitation) if open_now and may else ""}
