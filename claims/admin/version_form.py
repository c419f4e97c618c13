"""The form of an open version: its words, and the facts it rests on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from claims.admin.fields import LinesField
from claims.models import Evidence, VerdictVersion

FACTS = ("measurement", "campaign", "source", "check_run")


class VersionForm(forms.ModelForm):
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    key_points = LinesField(help_text="Short sentences, one a line.")

    class Meta:
        model = VerdictVersion
        fields = (
            "claim", "title", "statement", "kind", "topic", "verdict", "confidence", "confidence_basis", "one_line",
            "key_points", "rationale", "would_change", "evidence_cutoff", "next_review", "reason_code", "severity",
            "change_note",
        )  # fmt: skip
        widgets = {"rationale": forms.Textarea(attrs={"rows": 14, "cols": 90})}

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if "seen" in self.fields and self.instance.pk:
            self.fields["seen"].initial = self.instance.edited_at.isoformat()

    def clean_seen(self) -> datetime | None:
        """Which text was on the screen; the form of a new version has none."""
        if not self.instance.pk:
            return None
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            raise forms.ValidationError("The form does not say which text it shows, load it again.") from None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cutoff, review = cleaned.get("evidence_cutoff"), cleaned.get("next_review")
        if cutoff and review and review <= cutoff:
            self.add_error("next_review", "The next review must come after the evidence cut-off.")
        return cleaned

    def validate_constraints(self) -> None:
        """Left to `claims.editing` and the database: the number of a new version is not known here."""


class EvidenceFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            row = getattr(form, "cleaned_data", None)
            if not row or row.get("DELETE"):
                continue
            named = [name for name in FACTS if row.get(name)]
            if len(named) != 1:
                form.add_error(
                    None, f"Evidence is exactly one fact; named here: {', '.join(named) or 'none'}."
                )


class EvidenceInline(admin.TabularInline):
    model = Evidence
    formset = EvidenceFormSet
    extra = 0
    fields = (*FACTS, "stance", "note")
    autocomplete_fields = FACTS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        return super().get_queryset(request).select_related(*FACTS)

    def _open(self, obj: VerdictVersion | None) -> bool:
        return obj is None or obj.state != "published"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(obj) and request.user.has_perm("claims.change_evidence")
