"""A request that names something which does not exist: said with the value and what is allowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class BadParameter(ValueError):
    """A query parameter has a value that is not among those allowed; becomes a 400 page."""

    def __init__(self, name: str, value: str, allowed: Sequence[str]) -> None:
        self.name, self.value, self.allowed = name, value[:200], list(allowed)
        super().__init__(f"{name}={self.value!r}: expected {', '.join(self.allowed)}")


def chosen(value: str, name: str, allowed: Iterable[str]) -> str:
    """The value of a facet, or "" where none was chosen."""
    known = list(allowed)
    if value and value not in known:
        raise BadParameter(name, value, known)
    return value


def refusing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of which a bad parameter is answered by a page that names it and what is allowed."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BadParameter as refusal:
            return render(request, "400.html", {"refusal": refusal}, status=400)

    return answered
