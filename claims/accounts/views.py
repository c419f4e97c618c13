"""The pages of the sign-in where django-allauth's own need a word more: refusals say when to try again."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, LogoutView, PasswordChangeView, ReauthenticateView
from allauth.mfa.base import views as factors
from django.core.cache import cache
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from claims.accounts.audit import note

WAIT_S = 300  # the longest window of ACCOUNT_RATE_LIMITS["login_failed"] for one name
CACHE_WAIT_S = 30
LIMITED = {"too_many_login_attempts", "rate_limited"}


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The answer to a visitor who tried too often, or to everybody while attempts cannot be counted.

    The counts live in the cache.  While it is away nobody signs in: a door without a lock stays shut.
    """
    counted = _cache_answers()
    seconds = WAIT_S if counted else CACHE_WAIT_S
    status = 429 if counted else 503
    response = render(
        request, "account/too_many.html", {"counted": counted, "seconds": seconds}, status=status
    )
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response


def _cache_answers() -> bool:
    cache.set("sign-in:probe", 1, 10)
    return cache.get("sign-in:probe") == 1


class _SaysWhen:
    """Answers 429 with Retry-After where a form was refused because of too many attempts."""

    request: HttpRequest

    def form_invalid(self, form: Form) -> HttpResponse:
        if not any(error.code in LIMITED for errors in form.errors.as_data().values() for error in errors):
            return super().form_invalid(form)  # type: ignore[misc]
        if not _cache_answers():
            return too_many(self.request)
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = 429
        response["Retry-After"] = str(WAIT_S)
        return response


class SignIn(_SaysWhen, LoginView):
    """Name and password."""


@method_decorator(never_cache, name="dispatch")
class ShowFactor(_SaysWhen, factors.AuthenticateView):
    """The second factor, after the password."""

    def form_invalid(self, form: Form) -> HttpResponse:
        response = super().form_invalid(form)
        if response.status_code == 200 and "credential" in form.fields:  # of codes allauth tells by signal
            note("refused", self.request, person=self.stage.login.user)
        return response


class ShowPasswordAgain(_SaysWhen, ReauthenticateView):
    """The password once more, before an account's keys change."""


@method_decorator(never_cache, name="dispatch")
class ShowFactorAgain(_SaysWhen, factors.ReauthenticateView):
    """The second factor once more, before an account's keys change."""


class SignOut(LogoutView):
    """The end of a session."""


class ChangePassword(PasswordChangeView):
    """A new password, which ends every session of the account."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"title": "New password"}
