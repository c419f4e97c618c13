"""Claims with their numbers, appearances, relations and checks: working wording, private until a version
carries it out.  A claim that was ever public is withdrawn, never deleted."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html

from claims import editing
from claims.admin.fields import LinesField
from claims.admin.shown import ShownInline
from claims.checking import run_all_checks
from claims.desk.shown import taken
from claims.models import Appearance, AssertedQuantity, Claim, ClaimCheck, ClaimRelation, VerdictVersion
from claims.queries import published_claims
from science.checks.contract import ParameterRefused
from science.checks.registry import checks
from science.checks.running import validated


class ClaimForm(forms.ModelForm):
    aliases = LinesField(required=False, help_text="Paraphrases in our own words, one a line.")

    class Meta:
        model = Claim
        fields = (
            "slug", "body", "title", "statement", "truth_condition", "kind", "topic", "aliases", "chart",
            "assigned_to",
        )  # fmt: skip


class AssertedInline(admin.TabularInline):
    model = AssertedQuantity
    extra = 0


class AppearanceInline(admin.TabularInline):
    model = Appearance
    extra = 0
    autocomplete_fields = ("source",)


class RelationInline(admin.TabularInline):
    model = ClaimRelation
    fk_name = "claim"
    extra = 0
    autocomplete_fields = ("other",)


class CheckForm(forms.ModelForm):
    """A check with parameters that it takes: anything else would fail when it runs, or when a version is published."""

    params = forms.JSONField(required=False, help_text='Such as {"albedo": 0.04}.')

    class Meta:
        model = ClaimCheck
        fields = ("name", "params", "position")

    def clean_params(self) -> Any:
        return self.cleaned_data["params"] or {}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        name, params = cleaned.get("name", ""), cleaned.get("params")
        if not name:
            return cleaned
        if name not in checks():
            self.add_error("name", f"There is no check {name!r}; there are: {', '.join(checks())}.")
        elif not isinstance(params, dict):
            self.add_error("params", "Parameters are names with values, in braces.")
        else:
            try:
                validated(checks()[name], params)
            except ParameterRefused as refusal:
                self.add_error("params", str(refusal))
        return cleaned


class CheckInline(admin.TabularInline):
    model = ClaimCheck
    form = CheckForm
    extra = 0


class VersionsOfClaim(ShownInline):
    model = VerdictVersion
    fields = ("number", "state", "verdict", "confidence", "author", "published_at", "severity")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[VerdictVersion]:
        rows = super().get_queryset(request).select_related("author")
        return rows.defer("document", "chart_subject", "search_text", "rationale")


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4, "cols": 90}),
        help_text="Printed on the page that stays at the claim's address.",
    )
    successors = LinesField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 90}),
        help_text="Slugs of published claims that take its place, one a line: one after a merge (readers are "
        "led there), several after a split (readers choose).",
    )

    def clean_successors(self) -> list[Claim]:
        """The claims that are named; each must be public."""
        slugs = self.cleaned_data["successors"]
        found = {row.slug: row for row in published_claims().filter(slug__in=slugs)}
        missing = [slug for slug in slugs if slug not in found]
        if missing:
            raise forms.ValidationError(f"Not a published claim: {', '.join(missing)}.")
        return [found[slug] for slug in dict.fromkeys(slugs)]


@admin.register(Claim)
class ClaimAdmin(admin.ModelAdmin):
    form = ClaimForm
    actions = ("run_checks_now",)
    change_form_template = "admin/claims/claim/change_form.html"
    list_display = ("slug", "title", "body", "topic", "kind", "verdict", "public", "assigned_to")
    list_filter = (
        "body", "topic", "kind", "current_version__verdict", ("current_version", admin.EmptyFieldListFilter),
        ("withdrawn_at", admin.EmptyFieldListFilter), "current_version__review_level", "assigned_to",
    )  # fmt: skip
    search_fields = ("slug", "title", "statement", "aliases")
    autocomplete_fields = ("body", "assigned_to")
    list_select_related = ("body", "current_version", "assigned_to")
    list_per_page = 50
    inlines = (AssertedInline, AppearanceInline, RelationInline, CheckInline, VersionsOfClaim)
    readonly_fields = ("first_published_at", "withdrawn_at", "withdrawal_note", "created_at")
    save_on_top = True

    @admin.action(description="Run the checks of the chosen claims now")
    def run_checks_now(self, request: HttpRequest, queryset: QuerySet[Claim]) -> None:
        chosen = queryset.select_related("body", "current_version").prefetch_related("checks", "asserted")
        counts = run_all_checks(timezone.now(), claims=chosen)
        self.message_user(
            request,
            f"{counts['claims']} claims checked, {counts['appended']} results differ from the last ones.",
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        columns = ("document", "chart_subject", "search_text", "rationale")
        return super().get_queryset(request).defer(*(f"current_version__{name}" for name in columns))

    def get_readonly_fields(self, request: HttpRequest, obj: Claim | None = None) -> Any:
        # the address of a page that was ever public is permanent
        fixed = ("slug", "body") if obj and obj.first_published_at else ()
        return (*self.readonly_fields, *fixed)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="verdict", ordering="current_version__verdict")
    def verdict(self, row: Claim) -> str:
        return row.current_version.get_verdict_display() if row.current_version else "under review"

    @admin.display(description="public")
    def public(self, row: Claim) -> str:
        if row.withdrawn_at:
            return "withdrawn"
        if row.current_version is None:
            return "no"
        return format_html('<a href="{}">v{}</a>', f"/claims/{row.slug}/", row.current_version.number)

    def save_model(self, request: HttpRequest, obj: Claim, form: Any, change: bool) -> None:
        if not change:
            obj.created_at = timezone.now()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the inlines, and put the whole edit on the editorial log."""
        super().save_related(request, form, formsets, change)
        touched = sorted({*form.changed_data, *(one.prefix for one in formsets if one.has_changed())})
        if change and not touched:
            return
        editing.record_wording(
            form.instance,
            created=not change,
            touched=touched,
            before={
                name: _plain(form.initial.get(name)) for name in form.changed_data if name in form.initial
            },
            after={name: _plain(form.cleaned_data[name]) for name in form.changed_data},
            actor=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
        )

    def get_urls(self) -> list[URLPattern]:
        withdraw = path(
            "<int:number>/withdraw/", self.admin_site.admin_view(self.withdraw), name="claims_claim_withdraw"
        )
        return [withdraw, *super().get_urls()]

    def withdraw(self, request: HttpRequest, number: int) -> HttpResponse:
        """Ask for the reason, then take the claim out of the public record."""
        claim = self.get_object(request, str(number))
        if claim is None:
            raise Http404(f"no claim {number}")
        if not request.user.has_perm("claims.withdraw_claim"):
            raise PermissionDenied
        form = WithdrawalForm(request.POST if request.method == "POST" else None)
        back = reverse("admin:claims_claim_change", args=[claim.pk])
        if request.method == "POST" and form.is_valid():
            person: Any = request.user
            withdraw = partial(editing.withdraw, claim, **form.cleaned_data, actor=person, at=timezone.now())
            taken(request, withdraw, f"{claim.slug} is withdrawn; its address says why.")
            return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request), "title": f"Withdraw {claim.slug}", "form": form, "back": back,
            "opts": self.opts, "verb": "Withdraw", "consequence": "The page stays as a note that says why; feeds, search and the API leave the claim out.",
        }  # fmt: skip
        return TemplateResponse(request, "admin/claims/step.html", context)


def _plain(value: Any) -> Any:
    """A form's value as the log can keep it."""
    if value is None or isinstance(value, bool | int | float | str | list):
        return value
    return getattr(value, "pk", None) or str(value)
