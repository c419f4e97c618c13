"""The record of sign-ins: who came in, who was refused, and what changed about an account's keys.

A name that belongs to nobody is not stored as it was typed, because people type their password into the wrong
field: a mark made of it with the site's key tells the same attempt from another one, and no more.
"""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_used,
)
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from claims.models import SignIn
from claims.visitors import visitor_address

# in the session: whose second factor was shown in it
PROVEN = "second_factor_of"
STRANGER = "unknown name "


def note(event: str, request: HttpRequest | None, *, person: User | None = None, typed: str = "") -> None:
    """Append one row to the record of sign-ins."""
    SignIn.objects.create(
        at=timezone.now(),
        event=event,
        person=person,
        username=person.get_username() if person else typed,
        address=visitor_address(request) if request else "",
    )


def mark_of(typed: str) -> str:
    """What is kept of a name that nobody has."""
    return STRANGER + salted_hmac("claims.accounts.audit", typed, algorithm="sha256").hexdigest()[:12]


@receiver(user_logged_in, dispatch_uid="claims.accounts")
def _on_signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    note("signed_in", request, person=user)


@receiver(user_logged_out, dispatch_uid="claims.accounts")
def _on_signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        note("signed_out", request, person=user)


@receiver(user_login_failed, dispatch_uid="claims.accounts")
def _on_refused(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    typed = str(credentials.get("username") or "")
    person = get_user_model().objects.filter(username=typed).first()
    note("refused", request, person=person, typed=mark_of(typed))


@receiver(authentication_failed, dispatch_uid="claims.accounts")
def _on_code_refused(request: HttpRequest, user: User, **_: Any) -> None:
    note("refused", request, person=user)


@receiver(authenticator_added, dispatch_uid="claims.accounts")
def _on_factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        note("factor_added", request, person=user)
        request.session[PROVEN] = str(user.pk)


@receiver(authenticator_removed, dispatch_uid="claims.accounts")
def _on_factor_removed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        note("factor_removed", request, person=user)


@receiver(authenticator_used, dispatch_uid="claims.accounts")
def _on_factor_shown(request: HttpRequest, user: User, **_: Any) -> None:
    request.session[PROVEN] = str(user.pk)


class PasswordChanges:
    """A password validator that refuses nothing: Django tells it of every new password, whoever set it."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Every password passes."""

    def password_changed(self, password: str, user: User | None = None) -> None:
        if user is not None and user.pk is not None:
            note("password_changed", context.request, person=user)

    def get_help_text(self) -> str:
        return "A new password ends every session of the account, this one too."
