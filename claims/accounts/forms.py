"""The forms of the sign-in."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):
    """Name and password, under the names that password managers know from Django's admin."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Name"
        self.fields["login"].widget.attrs |= {"autofocus": True, "autocapitalize": "none", "placeholder": ""}
        self.fields["password"].widget.attrs["placeholder"] = ""

    def add_prefix(self, field_name: str) -> str:
        return "username" if field_name == "login" else super().add_prefix(field_name)
