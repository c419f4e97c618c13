"""Where an object was, is or will be for an observer; the address holds the whole question."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from claims.generation import generation_of
from claims.sky_panel import answered, asked, cameras, form_fields
from claims.views.objects import body_or_404
from ephemeris.almanac.questions import QuestionRefused


def sky(request: HttpRequest, designation: str) -> HttpResponse:
    """The form and its answer; a question that cannot be answered comes back with what is allowed."""
    body = body_or_404(designation)
    known, query = cameras(), request.GET.dict()
    question, found, refusal = None, None, None
    try:
        question = asked(query, known, timezone.now())
        found = answered(body.designation, question, generation_of(request))
    except QuestionRefused as problem:
        refusal = problem
    context = {
        "body": body,
        "cameras": known,
        "form": form_fields(query, question),
        "sky": found,
        "refusal": refusal,
    }
    return render(request, "claims/sky.html", context, status=400 if refusal else 200)
