"""Answers that a browser shows in its window, and saves under a name that tells what they are."""

from __future__ import annotations

from django.http import HttpResponse


def named_file(content: str | bytes, media_type: str, name: str) -> HttpResponse:
    """A file of its own under ``name``."""
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
