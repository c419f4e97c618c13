"""Asking for the daily letter of the desk, and asking for no more of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from claims.models import DigestSubscription


class DigestForm(forms.Form):
    """Where the letter goes."""

    address = forms.EmailField(
        label="Send it to", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


@login_required
def digest(request: HttpRequest) -> HttpResponse:
    """Show whether the letter comes and where to; change it."""
    person: Any = request.user
    if not person.is_staff:
        raise PermissionDenied
    row = DigestSubscription.objects.filter(person=person).first()
    stops = request.method == "POST" and "stop" in request.POST
    form = DigestForm(
        request.POST if request.method == "POST" and not stops else None,
        initial={"address": row.address if row else person.email},
    )
    if stops:
        DigestSubscription.objects.filter(person=person).delete()
        messages.success(request, "No letter will come any more.")
    elif request.method == "POST" and form.is_valid():
        DigestSubscription.objects.update_or_create(
            person=person,
            defaults={"address": form.cleaned_data["address"]},
            create_defaults={"address": form.cleaned_data["address"], "asked_at": timezone.now()},
        )
        messages.success(request, "The letter comes on every day on which something waits for you.")
    if stops or form.is_valid():
        return HttpResponseRedirect(reverse("digest"))
    return render(request, "account/digest.html", {"form": form, "row": row})
