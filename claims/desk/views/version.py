"""The review of a version: what changed word by word, the facts it rests on, and the step that is next."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from claims import editing
from claims.admin.steps import STEPS, Step, open_steps
from claims.desk.preview import previewed
from claims.desk.shown import behind_sign_in, desk_page, taken
from claims.differences import fact_differences, field_differences
from claims.document import claim_document
from claims.models import VerdictVersion
from claims.queries import related_by_next_version, related_claims
from claims.scales import EVIDENCE_STANCES
from claims.views.claim import of_version


def _version(request: HttpRequest, number: int) -> VerdictVersion:
    if not request.user.has_perm("claims.view_verdictversion"):
        raise PermissionDenied
    row = VerdictVersion.objects.select_related("claim__body", "author").filter(pk=number).first()
    if row is None:
        raise Http404(f"There is no version {number}.")
    return row


def _last(version: VerdictVersion) -> VerdictVersion | None:
    """The published version that this one follows."""
    earlier = version.claim.versions.filter(state="published", number__lt=version.number)
    return earlier.order_by("-number").first()


@behind_sign_in
def version(request: HttpRequest, number: int) -> HttpResponse:
    """Show a version beside the last one, or take the step that was asked for."""
    person: Any = request.user
    row = _version(request, number)
    bound: dict[str, Any] = {}
    if request.method == "POST":
        step = STEPS.get(request.POST.get("step", ""))
        if step is None:
            raise Http404("There is no such step.")
        if not person.has_perm(step.permission):
            raise PermissionDenied
        form = step.form(request.POST, prefix=step.name)
        if form.is_valid():
            _take(request, row, step, form.cleaned_data)
            return HttpResponseRedirect(reverse("desk:version", args=[row.pk]))
        messages.error(request, f"{step.label}: please answer every point that is marked below.")
        bound[step.name] = form
    return desk_page(
        request, "desk/version.html", f"{row.title}, version {row.number}", **_review(row, person, bound)
    )


def _take(request: HttpRequest, row: VerdictVersion, step: Step, asked: dict[str, Any]) -> None:
    row.edited_at = asked["edited_at"]  # what was on the screen, not what stands now
    take = partial(step.takes, row, request.user, timezone.now(), asked)
    taken(request, take, f"{row.claim.slug} v{row.number}: {step.done}.")


def _review(row: VerdictVersion, person: Any, bound: dict[str, Any]) -> dict[str, Any]:
    last = _last(row)
    now = row.document or claim_document(row, timezone.now())
    before: dict[str, Any] = (last.document if last else None) or {}
    steps = [step for step in open_steps(row) if person.has_perm(step.permission)]
    bar = editing.bar_to_approval(row, person) if row.state == "in_review" else ""
    facts = fact_differences(before, now)
    return {
        "version": row,
        "claim": row.claim,
        "last": last,
        "document": now,
        "fields": field_differences(before, now),
        "facts": [
            {"label": label, "rows": rows}
            for stance, label in EVIDENCE_STANCES.items()
            if (rows := [fact for fact in facts if fact.row["stance"] == stance])
        ],
        "relations": _relations(row, last),
        "numbers": now["key_numbers"],
        "bar": bar,
        "needed": editing.approvals_needed(row.verdict),
        "approvals": row.approvals.select_related("approver"),
        "edits": row.edits.select_related("editor"),
        "questions": editing.CHECKLIST,
        "steps": [
            {
                "step": step,
                "form": bound.get(step.name)
                or step.form(initial={"edited_at": row.edited_at.isoformat()}, prefix=step.name),
            }
            for step in steps
            if not (step.name == "approve" and bar)
        ],
        "may_edit": row.state != "published" and person.has_perm(editing.RIGHTS["edit"]),
    }


def _relations(row: VerdictVersion, last: VerdictVersion | None) -> list[dict[str, Any]]:
    """What the version says of other claims, then what the last one said and it does not."""
    carried = row.relations if row.state == "published" else row.claim.relations
    pair = ("relation", "other__slug", "other__title")
    now = list(carried.values_list(*pair))
    before = list(last.relations.values_list(*pair)) if last else []
    told = [(one, "same" if one in before else "added") for one in now]
    told += [(one, "removed") for one in before if one not in now]
    return [
        {"relation": relation, "slug": slug, "title": title, "change": change}
        for (relation, slug, title), change in told
    ]


@behind_sign_in
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """The public page as this version would make it: not public, not kept, and marked as what it is."""
    row = previewed(_version(request, number), timezone.now())
    related = (related_claims if row.state == "published" else related_by_next_version)(row.claim)
    context = {"claim": row.claim, "preview": True, "related": related}
    page = render(request, "claims/claim.html", of_version(row, {}) | context)
    page["Cache-Control"] = "private, no-store"
    page["X-Robots-Tag"] = "noindex"
    return page
