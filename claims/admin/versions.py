"""Verdict versions: drafted, edited, reviewed and published through `claims.editing`, never by the form itself."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from claims import editing
from claims.admin.shown import ShownInline
from claims.admin.steps import STEPS, open_steps
from claims.admin.version_form import EvidenceInline, VersionForm
from claims.desk.shown import taken
from claims.models import Approval, Claim, Evidence, VerdictVersion, VersionEdit, VersionRelation

WORDING = ("title", "statement", "kind", "topic")
VERDICT = (
    "verdict", "confidence", "confidence_basis", "one_line", "key_points", "rationale", "would_change",
    "evidence_cutoff", "next_review",
)  # fmt: skip
HISTORY = ("reason_code", "severity", "change_note")
RECORD = (
    "state", "number", "author", "created_at", "edited_at", "published_at", "review_level", "review_note",
    "content_sha256",
)  # fmt: skip


class ApprovalsOfVersion(ShownInline):
    model = Approval
    fields = ("approver", "at", "checklist", "comment", "voided_at")
    readonly_fields = fields


class RelationsOfVersion(ShownInline):
    model = VersionRelation
    fields = ("relation", "other")
    readonly_fields = fields
    verbose_name_plural = "relations that readers see with it"


class EditsOfVersion(ShownInline):
    model = VersionEdit
    fields = ("editor", "at")
    readonly_fields = fields


@admin.register(VerdictVersion)
class VerdictVersionAdmin(admin.ModelAdmin):
    form = VersionForm
    change_form_template = "admin/claims/verdictversion/change_form.html"
    list_display = ("claim", "number", "state", "verdict", "confidence", "review_level", "author", "next_review", "published_at")  # fmt: skip
    list_filter = (
        "state",
        "verdict",
        "confidence",
        "review_level",
        "severity",
        "reason_code",
        "topic",
        "author",
    )
    search_fields = ("claim__slug", "title", "statement", "one_line", "rationale")
    autocomplete_fields = ("claim",)
    date_hierarchy = "created_at"
    ordering = ("-edited_at", "-id")
    list_select_related = ("claim", "author")
    list_per_page = 50
    inlines = (EvidenceInline, RelationsOfVersion, ApprovalsOfVersion, EditsOfVersion)

    def get_queryset(self, request: HttpRequest) -> QuerySet[VerdictVersion]:
        return super().get_queryset(request).defer("document", "chart_subject", "search_text")

    def get_fieldsets(self, request: HttpRequest, obj: VerdictVersion | None = None) -> Any:
        if obj is None:
            return [(None, {"fields": ("claim",)}), ("Verdict", {"fields": VERDICT}), ("What is new", {"fields": HISTORY})]  # fmt: skip
        return [
            (None, {"fields": ("claim", *WORDING, "seen")}),
            ("Verdict", {"fields": VERDICT}),
            ("What is new", {"fields": HISTORY}),
            ("Record", {"fields": RECORD}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: VerdictVersion | None = None) -> Any:
        return RECORD if obj is None else ("claim", *RECORD)

    def has_change_permission(self, request: HttpRequest, obj: VerdictVersion | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.state != "published")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # -- a new version starts from the current one ---------------------------------------------------

    def _current(self, request: HttpRequest) -> VerdictVersion | None:
        number = request.GET.get("claim", "")
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            return None
        claim = Claim.objects.filter(pk=number).select_related("current_version").first()
        return claim.current_version if claim else None

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = dict(super().get_changeform_initial_data(request))
        current = self._current(request)
        if current:
            initial |= {name: getattr(current, name) for name in VERDICT}
            initial |= {"reason_code": "new_evidence", "severity": "correction"}
        elif not initial.get("claim", "1").isdecimal():
            del initial["claim"]
        return initial

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, EvidenceInline) and obj.pk is None and request.method == "GET":
            current = self._current(request)
            facts = ("measurement", "campaign", "source", "check_run", "stance", "note")
            given["initial"] = list(current.evidence.values(*facts)) if current else []
        return given

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if obj is None and not isinstance(inline, EvidenceInline):
                continue  # nothing was approved or edited yet
            if obj is None and request.method == "GET":
                current = self._current(request)
                formset.extra = current.evidence.count() + 1 if current else 3
            yield formset, inline

    # -- saving goes through claims.editing ----------------------------------------------------------

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form; a refusal of the rules, or of the database itself, is a message and changes nothing."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (editing.EditingRefused, DatabaseError) as refusal:
            if request.method != "POST":
                raise
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing: `save_related` hands words and evidence to the editing rules together."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        evidence_set = next(one for one in formsets if one.model is Evidence)
        evidence = [_evidence(row) for row in evidence_set.cleaned_data if row and not row.get("DELETE")]
        person: Any = request.user
        if change:
            changes = {name: form.cleaned_data[name] for name in form.changed_data if name != "seen"}
            form.instance.edited_at = form.cleaned_data["seen"]
            if changes or evidence_set.has_changed():
                editing.edit_version(
                    form.instance, changes, editor=person, at=timezone.now(),
                    evidence=evidence if evidence_set.has_changed() else None,
                )  # fmt: skip
        else:
            cleaned = form.cleaned_data
            text = editing.VerdictText(
                **{name: cleaned[name] for name in VERDICT if name != "key_points"},
                key_points=tuple(cleaned["key_points"]),
            )
            version = editing.draft_version(
                cleaned["claim"], text, evidence, author=person, at=timezone.now(),
                **{name: cleaned[name] for name in HISTORY},
            )  # fmt: skip
            form.instance.pk, form.instance.number = version.pk, version.number
        for one in formsets:
            one.new_objects, one.changed_objects, one.deleted_objects = [], [], []

    # -- the steps of the workflow -------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        step = path(
            "<int:number>/<slug:name>/", self.admin_site.admin_view(self.step), name="claims_version_step"
        )
        # a step's name is never "change", "history" or "delete", which Django keeps for itself
        return [*super().get_urls()[:-1], step, super().get_urls()[-1]]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        version = kwargs.get("obj")
        context["steps"] = [
            (step, reverse("admin:claims_version_step", args=[version.pk, step.name]))
            for step in open_steps(version)
            if request.user.has_perm(step.permission)
        ] if version else []  # fmt: skip
        return super().render_change_form(request, context, *args, **kwargs)

    def step(self, request: HttpRequest, number: int, name: str) -> HttpResponse:
        """Show what a step asks, then take it."""
        version = self.get_object(request, str(number))
        step = STEPS.get(name)
        if version is None or step is None:
            raise Http404(f"no version {number} or no step {name}")
        if not request.user.has_perm(step.permission):
            raise PermissionDenied
        back = reverse("admin:claims_verdictversion_change", args=[version.pk])
        form = step.form(
            request.POST if request.method == "POST" else None,
            initial={"edited_at": version.edited_at.isoformat()},
        )
        if request.method == "POST" and form.is_valid():
            version.edited_at = form.cleaned_data["edited_at"]  # what was on the screen, not what stands now
            take = partial(step.takes, version, request.user, timezone.now(), form.cleaned_data)
            taken(request, take, f"{version.claim.slug} v{version.number}: {step.done}.")
            return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request), "title": f"{step.label}: {version.title}, version {version.number}",
            "form": form, "back": back, "opts": self.opts, "verb": step.label, "consequence": step.consequence,
            "version": version,
        }  # fmt: skip
        return TemplateResponse(request, "admin/claims/step.html", context)


def _evidence(row: dict[str, Any]) -> Evidence:
    facts = ("measurement", "campaign", "source", "check_run")
    return Evidence(
        **{name: row.get(name) for name in facts}, stance=row["stance"], note=row.get("note") or ""
    )
