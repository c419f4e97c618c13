"""A reader's report, and the answer to it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from claims import editing
from claims.desk.forms import ReportForm
from claims.desk.shown import behind_sign_in, desk_page, taken
from claims.models import ReaderReport


@behind_sign_in
def report(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a reader wrote, as plain text, and close it with words."""
    person: Any = request.user
    if not person.has_perm(editing.RIGHTS["answer_report"]):
        raise PermissionDenied
    row = ReaderReport.objects.select_related("claim", "answered_by").filter(pk=number).first()
    if row is None:
        raise Http404(f"There is no report {number}.")
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = partial(editing.answer_report, row, **form.cleaned_data, actor=person, at=timezone.now())
        if taken(request, answer, "The report is closed; what you wrote stands on the log."):
            return HttpResponseRedirect(reverse("desk:queue", args=["reports"]))
    return desk_page(request, "desk/report.html", "Report of a reader", report=row, form=form)
