"""The desk's page of a claim: where it stands, who works on it, and what is printed with its verdict."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from claims import editing
from claims.desk.advice import stale_reason
from claims.desk.claim_actions import ACTIONS, open_actions
from claims.desk.shown import behind_sign_in, desk_page, taken
from claims.live import latest_check_runs, stale_reasons
from claims.models import Claim

SHOWN_LOG = 20
_HEAVY = ("document", "chart_subject", "search_text", "rationale")


def _claim(slug: str) -> Claim:
    rows = Claim.objects.select_related("body", "current_version", "assigned_to")
    row = rows.defer(*(f"current_version__{name}" for name in _HEAVY)).filter(slug=slug).first()
    if row is None:
        raise Http404(f"There is no claim “{slug}”.")
    return row


@behind_sign_in
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a claim's standing, or take one of the actions of its page."""
    person: Any = request.user
    if not person.has_perm("claims.view_claim"):
        raise PermissionDenied
    row = _claim(slug)
    actions = open_actions(row, person)
    bound: Any = None
    if request.method == "POST":
        asked = ACTIONS.get(request.POST.get("action", ""))
        if asked is None:
            raise Http404("There is no such action on a claim.")
        if not person.has_perm(asked.right):
            raise PermissionDenied
        bound = asked.form(request.POST, claim=row, person=person, prefix=asked.name)
        if bound.is_valid():
            taken(request, partial(asked.takes, row, person, timezone.now(), bound.cleaned_data), asked.done)
            return HttpResponseRedirect(reverse("desk:claim", args=[slug]))
        messages.error(request, f"{asked.label}: please answer what is marked below.")
    forms = {
        action.name: bound
        if bound is not None and bound.prefix == action.name
        else action.form(claim=row, person=person, prefix=action.name)
        for action in actions
    }
    return desk_page(request, "desk/claim.html", row.title, **_standing(row), forms=forms)


def _standing(row: Claim) -> dict[str, Any]:
    current = row.current_version
    versions = row.versions.select_related("author").defer(*_HEAVY).prefetch_related("approvals__approver")
    return {
        "claim": row,
        "versions": versions,
        "open_version": next((version for version in versions if version.state != "published"), None),
        "reasons": [stale_reason(mark) for mark in stale_reasons([current.pk]).get(current.pk, [])] if current else [],
        "runs": list(latest_check_runs([row.pk]).get(row.pk, {}).values()),
        "conflicts": row.conflicts.select_related("person"),
        "contacts": row.contacts.all(),
        "successors": [link.successor for link in row.successors.select_related("successor")],
        "log": row.log.select_related("version").defer(*(f"version__{name}" for name in _HEAVY)).order_by("-pk")[:SHOWN_LOG],
    }  # fmt: skip


@require_POST
@behind_sign_in
def take(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a claim, or give back what one has taken, from a queue and back to it."""
    person: Any = request.user
    row = _claim(slug)
    mine = row.assigned_to_id == person.pk
    assign = partial(editing.assign, row, person=None if mine else person, actor=person, at=timezone.now())
    taken(request, assign, f"{row.title}: {'given back' if mine else 'taken by you'}.")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("desk:claim", args=[slug])
    return HttpResponseRedirect(back)
