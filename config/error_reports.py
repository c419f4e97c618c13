"""Errors told to a Sentry server, where the operator names one: what broke and where, and nothing about who asked.

The library is no dependency: it is imported when `HYPERBOLE_SENTRY_DSN` is set, and only then.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured

INSTALL = 'python3 -m pip --python .venv/bin/python install "sentry-sdk==2.75.*"'


def report_errors(dsn: str, site: str, style: str) -> None:
    """Begin to report; an error where the library is missing or the address is none."""
    try:
        import sentry_sdk
        from sentry_sdk.utils import BadDsn
    except ImportError:
        raise ImproperlyConfigured(
            f"HYPERBOLE_SENTRY_DSN is set and sentry-sdk is not installed, expected it beside the site: {INSTALL}"
        ) from None
    try:
        sentry_sdk.init(
            dsn=dsn, environment=style, server_name=site, send_default_pii=False, include_local_variables=False,
            max_request_body_size="never", max_breadcrumbs=0, auto_session_tracking=False, before_send=bare,
        )  # fmt: skip
    except BadDsn:
        raise ImproperlyConfigured(
            "HYPERBOLE_SENTRY_DSN is (not printed), expected https://key@host/number"
        ) from None


def bare(event: Any, hint: Any) -> Any:
    """An event without anything that a person sent or a row holds."""
    for name in ("user", "extra", "breadcrumbs", "modules"):
        event.pop(name, None)
    asked = event.get("request")
    if asked:
        # the route stays as the event's transaction; an address can hold the token of a reviewer
        event["request"] = {"method": asked.get("method", "")}
    if "logentry" in event:
        event["logentry"] = {"message": event["logentry"].get("message", "")}
    for raised in (event.get("exception") or {}).get("values", ()):
        # a database prints the row that it refused below the first line
        raised["value"] = str(raised.get("value") or "").split("\n", 1)[0]
    return event
