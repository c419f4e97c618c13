"""Report an error: a form for readers, without an account, a cookie or a script."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from claims.reports import ReportForm, TooMany, page_of, receive, seal


# the form acts for nobody who is signed in; the seal in it does what the token would
@csrf_exempt
def report(request: HttpRequest) -> HttpResponse:
    """Ask what is wrong, or take it down."""
    if request.method == "POST":
        return _sent(request)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    page = page_of(request.GET.get("page", "/"))
    return _page(request, ReportForm(initial={"seal": seal(page)}), page)


def _sent(request: HttpRequest) -> HttpResponse:
    form, page = ReportForm(request.POST), page_of(request.POST.get("page", "/"))
    if form.is_valid():
        try:
            receive(request, form, timezone.now())
        except TooMany as limit:
            form.add_error(None, f"More reports than we can read came in. Yours was not kept: send it again in {limit.seconds // 60} minutes, and keep the words till then.")  # fmt: skip
            response = _page(request, form, page, status=429)
            response["Retry-After"] = str(limit.seconds)
            return response
        except forms.ValidationError as refusal:
            form.add_error("seal", refusal)
        else:
            response = HttpResponseRedirect(reverse("report-thanks"), status=303)
            response["Cache-Control"] = "no-store"
            return response
    return _page(request, form, page, status=422)


def thanks(request: HttpRequest) -> HttpResponse:
    """Say that a report was taken down."""
    return _kept_by_nobody(render(request, "claims/report_thanks.html"))


def _page(request: HttpRequest, form: ReportForm, page: str, status: int = 200) -> HttpResponse:
    quick = any(error.code == "quick" for error in form.errors.as_data().get("seal", []))
    fresh = form["seal"].value() if quick or not form.is_bound else seal(page)
    shown = {"form": form, "page": page, "seal": fresh}
    return _kept_by_nobody(render(request, "claims/report.html", shown, status=status))


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
