"""The forms of the admin as somebody's browser fills them in: what stands on the page is what is sent back."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm


def filled(answer: Any) -> dict[str, Any]:
    """Every field of an admin page with the value that it shows, the rows beside the form too."""
    forms: list[BaseForm] = [answer.context["adminform"].form]
    for inline in answer.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    given: dict[str, Any] = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is True:
                given[field.html_name] = "on"
            elif value is not False and value is not None:
                given[field.html_name] = str(value)
    return given


def with_a_row(given: dict[str, Any], prefix: str, **row: Any) -> dict[str, Any]:
    """The same fields with one more row beside the form, as its "add another" makes it."""
    number = int(given[f"{prefix}-TOTAL_FORMS"])
    added = {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return given | added | {f"{prefix}-TOTAL_FORMS": str(number + 1)}
