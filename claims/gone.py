"""What stands at the address of a withdrawn claim: the reason, and the way to what took its place."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from claims.addresses import claim_url
from claims.models import Claim
from claims.problems import problem
from claims.queries import listed, published_claims


def gone_problem(gone: Claim) -> HttpResponse:
    """The answer to a program that asks for a withdrawn claim."""
    slugs = gone.successors.values_list("successor__slug", flat=True)
    named: dict[str, Any] = {"successors": [claim_url(slug) for slug in slugs]} if slugs else {}
    return problem(
        410, "this claim was withdrawn", reason=gone.withdrawal_note, withdrawn_at=gone.withdrawn_at, **named
    )


def gone_page(request: HttpRequest, gone: Claim, *, follow: bool = False) -> HttpResponse:
    """The stone of a withdrawn claim; with ``follow`` a claim merged into one other leads there at once.

    The redirect is permanent because a withdrawal is: whatever becomes of the other claim is told there.
    """
    successors = list(gone.successors.values_list("successor", "successor__slug"))
    if follow and len(successors) == 1:
        return HttpResponsePermanentRedirect(reverse("claim", args=[successors[0][1]]))
    standing = listed(published_claims()).filter(pk__in=[key for key, _ in successors]).order_by("slug")
    return render(request, "410.html", {"claim": gone, "successors": standing}, status=410)
