"""How much text one address may have checked in a minute: a check costs seconds of a processor."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from claims.api.border import counted

LEAST = 1_000  # characters that the shortest text counts as


def seconds_to_wait(request: HttpRequest, characters: int) -> int:
    """0 when a text of so many characters may be checked, else the seconds until the next minute begins."""
    used, reset = counted(request, "checked", max(LEAST, characters))
    return reset if used > settings.CHECKED_CHARACTERS_PER_MINUTE else 0
