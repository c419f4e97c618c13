"""What django-allauth asks of the house: no sign-up, whose address counts, where secrets rest."""

from __future__ import annotations

import base64
import hashlib
import logging
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest

from claims.visitors import visitor_address

log = logging.getLogger(__name__)
UNKNOWN_ADDRESS = "unknown"  # a server on a Unix socket knows none; all such visitors share one limit


class DeskAccounts(DefaultAccountAdapter):
    """Accounts of the desk."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "This name and this password do not belong together.",
        "too_many_login_attempts": "Too many attempts failed. Wait five minutes, then try again.",
        "rate_limited": "Too many attempts failed. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return visitor_address(request) or UNKNOWN_ADDRESS

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether the password is asked for again; not within minutes of signing in with it."""
        request = context.request
        records = get_authentication_records(request, request.user)
        fresh = any(time.time() - record["at"] < app_settings.REAUTHENTICATION_TIMEOUT for record in records)
        return not fresh and super().is_reauthentication_required(app=app, **kwargs)


class SecondFactors(DefaultMFAAdapter):
    """Authenticator apps, passkeys and recovery codes; secrets rest encrypted in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": (
            "This code is not valid. An app shows a fresh one every 30 seconds; if each is refused, "
            "look whether the clock of the device is right."
        ),
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = user.authenticator_set.filter(type=type).count() + 1
        return f"Passkey {number}"

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; after a change of SECRET_KEY a fresh one that no code can match."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            log.error(
                "a second factor was stored under another SECRET_KEY: manage.py reset_second_factor lets its owner enrol anew"
            )
            return generate_totp_secret()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"hyperbole second factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
