"""People who are signed in on the running site already: their session is made on the server, factor included."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import Complaints
from tests.live import LiveSite

_SIGN_IN = """
from importlib import import_module
from allauth.mfa.totp.internal import auth
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group, User
from claims.accounts.audit import PROVEN
person, made = User.objects.get_or_create(username={name!r}, defaults=dict(is_staff=True, is_superuser={chief!r}))
if made:
    person.set_unusable_password(); person.save()
    person.groups.add(Group.objects.get(name={role!r}))
    auth.TOTP.activate(person, auth.generate_totp_secret())
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(person.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = person.get_session_auth_hash()
session[PROVEN] = str(person.pk)
session.save()
print("session", session.session_key)
"""


def session_of(
    browser: Browser, given: dict[str, Any], complaints: Complaints, live: LiveSite, name: str, role: str, *, chief: bool = False
) -> BrowserContext:  # fmt: skip
    """A browser of its own in which somebody is signed in."""
    said = live.manage("shell", "-c", _SIGN_IN.format(name=name, role=role, chief=chief))
    key = next(line.split()[1] for line in said.splitlines() if line.startswith("session "))
    context = browser.new_context(**given)
    context.on("page", complaints.watch)
    context.add_cookies([{"name": "sessionid", "value": key, "url": live.url, "httpOnly": True}])
    return context
