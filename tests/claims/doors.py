"""People at the door of the desk: signed in with their second factor, and the codes that an app would show."""

from __future__ import annotations

import time

from allauth.mfa import app_settings
from allauth.mfa.totp.internal import auth
from django.contrib.auth.models import User
from django.test import Client

from claims.accounts.audit import PROVEN
from claims.roles import may_approve

TO_TYPE_S = 8.0


def signed_in(user: User) -> Client:
    """A browser in which ``user`` is signed in; who may approve has enrolled and shown a second factor."""
    client = Client()
    client.force_login(user)
    if may_approve(user):
        if not user.authenticator_set.filter(type="totp").exists():
            auth.TOTP.activate(user, auth.generate_totp_secret())
        session = client.session
        session[PROVEN] = str(user.pk)
        session.save()
    return client


def code_of(secret: str) -> str:
    """What an authenticator app shows now, for long enough to type it in: a person waits for the next one too."""
    left = app_settings.TOTP_PERIOD - time.time() % app_settings.TOTP_PERIOD
    if left < TO_TYPE_S:
        time.sleep(left + 0.1)
    return auth.format_hotp_value(auth.hotp_value(secret, next(iter(auth.yield_hotp_counters_from_time()))))
