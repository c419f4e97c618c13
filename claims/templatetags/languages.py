"""The same page in the other languages of the interface."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language

from claims.addresses import absolute

register = template.Library()


def _addresses(context: dict[str, Any]) -> list[dict[str, str]]:
    """Each language with the page's path in it; none for what exists in one language only."""
    request = context.get("request")
    if request is None or request.resolver_match is None:
        return []
    current = get_language() or settings.LANGUAGE_CODE
    here = request.get_full_path()
    rows = [
        {
            "code": code,
            "name": name,
            "path": translate_url(here, code),
            "current": "true" if code == current else "",
        }
        for code, name in settings.LANGUAGES
    ]
    return rows if len({row["path"] for row in rows}) == len(rows) else []


@register.inclusion_tag("includes/languages_of_page.html", takes_context=True)
def languages_of_page(context: dict[str, Any]) -> dict[str, Any]:
    """Links in the head of a page to itself in every language; a search or a filtered list is for no index."""
    request = context.get("request")
    rows = [] if request is not None and request.GET else _addresses(context)
    return {"rows": [row | {"address": absolute(row["path"])} for row in rows]}


@register.inclusion_tag("includes/language_switch.html", takes_context=True)
def language_switch(context: dict[str, Any]) -> dict[str, Any]:
    """Links at the foot of a page to itself in the other languages."""
    return {"rows": [row for row in _addresses(context) if not row["current"]]}
