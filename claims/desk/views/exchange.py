"""Claims and appearances out of the desk and into it, many at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone

from claims import editing
from claims.catalogue.problems import CatalogueRefused, Problem
from claims.desk.shown import behind_sign_in, desk_page
from claims.exchange.plan import MOST_AT_ONCE, Plan, plan
from claims.exchange.reading import LARGEST, read_rows
from claims.exchange.record import appearance_rows, claim_rows
from claims.exchange.shapes import SHAPES
from claims.exchange.taking_in import take_in
from claims.exchange.writing import written
from claims.models import Claim

FORMS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
SHOWN_FAULTS = 200


class ImportForm(forms.Form):
    what = forms.ChoiceField(choices=[(name, name) for name in SHAPES])
    form = forms.ChoiceField(choices=[(form, form.upper()) for form in FORMS], label="Format")
    file = forms.FileField(required=False, help_text=f"UTF-8, at most {LARGEST // 1000} kB.")
    text = forms.CharField(
        required=False,
        strip=False,
        label="Or as text",
        widget=forms.Textarea(attrs={"rows": 12, "cols": 100}),
    )

    def clean_file(self) -> str:
        """The text of the file; refused when it is large or in another encoding."""
        given = self.cleaned_data["file"]
        if given is None:
            return ""
        if given.size > LARGEST:
            raise forms.ValidationError(f"The file has {given.size} bytes, allowed {LARGEST}: split it.")
        try:
            return str(given.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError(
                f"The file is not UTF-8: byte {error.start} cannot be read."
            ) from None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(cleaned["file"]) == bool(cleaned["text"].strip()):
            raise forms.ValidationError("Give either a file or a text.")
        return cleaned

    @property
    def content(self) -> str:
        return str(self.cleaned_data["file"] or self.cleaned_data["text"])


@behind_sign_in
def exchange(request: HttpRequest) -> HttpResponse:
    """Offer the record for download; look at an import, and carry it out when nothing is wrong with it."""
    person: Any = request.user
    if not person.has_perm("claims.view_claim"):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, ImportForm())
    if not person.has_perm(editing.RIGHTS["add_claim"]):
        raise PermissionDenied
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    shape, problems = SHAPES[form.cleaned_data["what"]], list[Problem]()
    made = plan(read_rows(form.content, form.cleaned_data["form"], shape, problems), shape, problems)
    if "carry_out" in request.POST and not made.problems:
        try:
            take_in(made, actor=person, at=timezone.now())
        except CatalogueRefused as refused:
            made.problems = refused.problems
        except (editing.EditingRefused, DatabaseError) as refusal:
            messages.error(request, f"Nothing was imported: {refusal}")
        else:
            messages.success(request, f"Imported as drafts: {_told(made)}.")
            return HttpResponseRedirect(reverse("desk:exchange"))
    # the text stands in the form again, so that what was looked at is what is carried out
    again = ImportForm(initial={**form.cleaned_data, "file": None, "text": form.content})
    return _page(request, again, made)


def _told(made: Plan) -> str:
    return ", ".join(f"{number} {what}" for what, number in made.counts.items() if number) or "nothing new"


def _page(request: HttpRequest, form: ImportForm, made: Plan | None = None) -> HttpResponse:
    return desk_page(
        request,
        "desk/exchange.html",
        "Import and export",
        form=form,
        plan=made,
        told=_told(made) if made else "",
        faults=made.problems[:SHOWN_FAULTS] if made else [],
        most=MOST_AT_ONCE,
        exports=[(shape.name, form) for shape in SHAPES.values() for form in FORMS],
        may_import=request.user.has_perm(editing.RIGHTS["add_claim"]),
    )


@behind_sign_in
def export(request: HttpRequest, what: str, form: str) -> Any:
    """All claims or appearances with their newest version, drafts too: for editors, never kept."""
    if not request.user.has_perm("claims.view_claim"):
        raise PermissionDenied
    shape = SHAPES.get(what)
    if shape is None or form not in FORMS:
        raise Http404(f"There is no export {what}.{form}.")
    rows = claim_rows(Claim.objects.all()) if what == "claims" else appearance_rows(Claim.objects.all())
    answer = StreamingHttpResponse(written(rows, form, shape), content_type=FORMS[form])
    answer["Content-Disposition"] = f'attachment; filename="{what}.{form}"'
    return answer
