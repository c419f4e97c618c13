"""The language of the interface: that of the address, and nothing else.

No cookie, header or session has a say, so that an address always gives the same page, to every reader and cache.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

PREFIXED = tuple(code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE)


def language_of(path: str) -> str:
    """The language that a path is written in: ``/de/claims/`` is German, what has no prefix is English."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in PREFIXED and path.startswith(f"/{first}/") else settings.LANGUAGE_CODE


class LanguageOfAddress:
    """Answer in the language of the request's address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request.path_info)
        with translation.override(language):
            response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", language)
        return response
