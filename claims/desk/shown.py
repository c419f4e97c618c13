"""How a page of the desk is shown: inside the admin, behind its sign-in, kept by nobody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import admin, messages
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from claims import editing

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def behind_sign_in(view: View[P]) -> View[P]:
    """A view that only those reach whom the admin lets in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return admin.site.admin_view(view)(request, *args, **kwargs)

    return guarded


def taken(request: HttpRequest, action: Callable[[], Any], done: str) -> bool:
    """Take an action of `claims.editing` as a whole, and say what became of it; False where it was refused.

    A refusal of the rules, or of the database itself, changes nothing.
    """
    try:
        with transaction.atomic():
            action()
    except (editing.EditingRefused, DatabaseError) as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True


def desk_page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """A page of the desk."""
    shown = {**admin.site.each_context(request), "title": title, "is_nav_sidebar_enabled": False, **context}
    return TemplateResponse(request, template, shown)
