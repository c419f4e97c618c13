"""Typed readings of environment variables; a bad one stops the start and is named."""

import difflib
import os
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


class Environment:
    """Reads variables once each, remembers their names, and refuses what it cannot understand."""

    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        self._variables = os.environ if variables is None else variables
        self.known: set[str] = set()

    def text(self, name: str, default: str = "") -> str:
        """Return the value, or the default when the variable is absent or empty."""
        self.known.add(name)
        return self._variables.get(name, "").strip() or default

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        """Return one of the allowed words."""
        value = self.text(name, default)
        if value not in allowed:
            raise wrong(name, value, f"one of {', '.join(allowed)}")
        return value

    def switch(self, name: str, default: bool) -> bool:
        """Return True for ``on`` and False for ``off``."""
        return self.choice(name, "on" if default else "off", ("on", "off")) == "on"

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        """Return a whole number within its limits."""
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= highest:
            raise wrong(name, value, f"a whole number from {lowest} to {highest}")
        return int(value)

    def words(self, name: str) -> list[str]:
        """Return the comma-separated words of a list."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def refuse_misspelt(self, prefix: str) -> None:
        """Stop at a variable that looks like a misspelling of one that is read."""
        for name in sorted(self._variables):
            if name.startswith(prefix) and name not in self.known:
                close = difflib.get_close_matches(name, sorted(self.known), n=1, cutoff=0.88)
                if close:
                    raise ImproperlyConfigured(f"{name} is not a setting; was {close[0]} meant?")


def wrong(name: str, value: str, expected: str) -> ImproperlyConfigured:
    """Return the error that names a variable, its value and what is allowed."""
    return ImproperlyConfigured(f"{name} is {value!r}, expected {expected}")


def database_from_url(name: str, url: str) -> dict[str, object]:
    """Return Django's database settings for ``sqlite:///file`` or ``postgresql://user:password@host/name``."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1:
        return sqlite_database(unquote(parts.path[1:]))
    database = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not database:
        shown = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()  # never print a password
        raise wrong(name, shown, "postgresql://user:password@host:port/name or sqlite:////absolute/file")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(_port(name, url) or options.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, "application_name": "hyperbole", **options},
    }


def sqlite_database(path: str) -> dict[str, object]:
    """Return Django's settings for one SQLite file, shared by web, worker and beat.

    A write transaction takes its lock when it begins (IMMEDIATE): begun as a reader and promoted later,
    three in ten concurrent read-modify-writes ended in "database is locked".
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # opening the file and setting its pragmas takes longer than a page's queries
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # what is mapped counts with every thread of every process: more of it makes no page quicker
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; "
                "PRAGMA cache_size=-16000; PRAGMA mmap_size=33554432; PRAGMA journal_size_limit=33554432;"
            ),
        },
    }


def mail_from_url(name: str, url: str) -> dict[str, object]:
    """Return Django's mail settings for ``console``, ``smtp://user:password@host:587`` or ``smtps://…:465``.

    ``smtp://`` starts TLS before anything is said; ``?tls=off`` is for a relay on this machine.
    """
    if url == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    shown = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    options = dict(parse_qsl(parts.query))
    tls = options.pop("tls", "on")
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or options or tls not in {"on", "off"}:
        raise wrong(name, shown, "console, smtp://user:password@host:587 or smtps://user:password@host:465")
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": _port(name, url) or (465 if secure else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure and tls == "on",
        "EMAIL_TIMEOUT": 15,
    }


def redis_urls(name: str, url: str) -> tuple[str, str]:
    """Return the broker's URL and the cache's URL on one Redis-protocol server.

    The cache lives in the next database of the server, because clearing it empties a whole database.
    """
    parts = urlsplit(url)
    allowed = "redis://host:port/0, rediss://host:port/0 or unix:///path?db=0"
    shown = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    if parts.scheme == "unix" and len(parts.path) > 1:
        number = dict(parse_qsl(parts.query)).get("db", "0")
        if not number.isdigit():
            raise wrong(name, shown, allowed)
        broker = f"redis+socket://{parts.netloc}{parts.path}?virtual_host={number}"
        return broker, f"unix://{parts.netloc}{parts.path}?db={int(number) + 1}"
    number = parts.path.strip("/") or "0"
    if parts.scheme not in {"redis", "rediss"} or not parts.hostname or not number.isdigit():
        raise wrong(name, shown, allowed)
    _port(name, url)
    broker = parts._replace(path=f"/{number}").geturl()
    return broker, parts._replace(path=f"/{int(number) + 1}").geturl()


def _port(name: str, url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:
        shown = url.rpartition("@")[2]
        raise wrong(name, shown, "a port from 1 to 65535 after the host") from None
