"""Form fields for the columns that hold lists."""

from __future__ import annotations

from typing import Any

from django import forms


class LinesField(forms.CharField):
    """A list of sentences, written one a line."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"widget": forms.Textarea(attrs={"rows": 5, "cols": 90}), **given})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(data) != list(initial or [])
