"""The gate before the rooms of the editors: who may approve comes in with a second factor only."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import is_valid_path, reverse
from django.utils.cache import add_never_cache_headers

from claims.accounts.audit import PROVEN
from claims.roles import may_approve

ADMIN = "/admin/"
ACCOUNTS = "/accounts/"
ROOMS = (ADMIN, ACCOUNTS)
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# signing in and out needs no proof yet
DOORS = ("account_login", "account_logout", "account_inactive", "mfa_authenticate")


class SecondFactorGate:
    """The middleware that stands between a signed-in person and the rooms.

    * Whoever has a second factor has shown it in this session; a session that did not is over.  It may have
      been opened with a stolen password before its owner enrolled.
    * Whoever may approve and has none is led to enrolment and nowhere else.
    * A stranger leaves no trace: nothing is kept of what is sent to the pages of an account without signing in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(ROOMS):
            return self.get_response(request)
        at_door = request.path_info in map(reverse, DOORS)
        response = (None if at_door else self._turned_away(request)) or self.get_response(request)
        add_never_cache_headers(response)  # secrets and recovery codes are on these pages
        return response

    def _turned_away(self, request: HttpRequest) -> HttpResponseBase | None:
        person = request.user
        if not person.is_authenticated:
            # a room of the admin sends strangers to the door itself; those of an account would first keep the
            # whole of what was posted in a session, a row for each request
            away = request.path_info.startswith(ACCOUNTS) and is_valid_path(request.path_info)
            return redirect_to_login(request.path_info, reverse("account_login")) if away else None
        if is_mfa_enabled(person, FACTORS):
            if request.session.get(PROVEN) != str(person.pk):
                logout(request)
                messages.info(request, "This session has not shown your second factor. Sign in again.")
                return HttpResponseRedirect(f"{reverse('account_login')}?next={ADMIN}")
        elif may_approve(person) and not request.path_info.startswith(ACCOUNTS):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        if not person.is_staff and request.path_info.startswith(ADMIN):
            raise PermissionDenied
        return None
