"""What a reader sees when a request cannot be answered: what was wrong and where to go from there."""

from __future__ import annotations

import sys

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

# a database server that was restarted is back within this
AWAY_S = 10


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request itself is broken (a bad value of a parameter is answered by `claims.refusals`)."""
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing stands at this address."""
    sentence = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "404.html", {"sentence": sentence}, status=404)


def too_many_requests(request: HttpRequest, retry_after_s: int) -> HttpResponse:
    """429: asked too often; says when to come back."""
    response = render(request, "429.html", {"seconds": retry_after_s}, status=429)
    response["Retry-After"] = str(retry_after_s)
    return response


def our_error(request: HttpRequest) -> HttpResponse:
    """500: the page stands on nothing that may have failed: no database, no context, perhaps no stylesheet.

    503 when it is the database that does not answer (Django asks for this page while the error is at hand):
    then it is worth coming back.
    """
    try:
        stylesheet = staticfiles_storage.url("css/hyperbole.css")
    except ValueError:  # not in the manifest: static files were not collected
        stylesheet = ""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    response = HttpResponse(
        render_to_string("500.html", {"stylesheet": stylesheet, "away": away}), status=503 if away else 500
    )
    response["Cache-Control"] = "no-store"
    if away:
        response["Retry-After"] = str(AWAY_S)
    return response
