"""Parts of pages that are kept under everything they are made of: what did not change is not written again.

A publication retires every kept answer, since any page may tell of it; most of what the pages say is as before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.translation import get_language

from claims.kept import Kept

KEPT_S = 3600


@dataclass(frozen=True, slots=True)
class Written:
    """A part of a page as it was written."""

    html: str

    @property
    def size(self) -> int:
        return 2 * len(self.html) + 300


written: Kept[Written] = Kept(16_000_000)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: the key that names all it is made of, and what gathers the words of its template."""

    key: str
    gathers: Callable[[], dict[str, Any]]
    kept_s: int = KEPT_S


def made_of(*things: Any) -> str:
    """The key of a part that is made of these things, in the language of the page.

    Rows count with their loaded columns and not with the rows that they lead to: name those as well.
    """
    words = repr((settings.SITE_URL, get_language(), _plain(things)))
    return hashlib.sha256(words.encode()).hexdigest()


def _plain(thing: Any) -> Any:
    """A thing in values whose words differ wherever a page could tell it from another."""
    if isinstance(thing, Model):
        return type(thing).__name__, [
            (name, _plain(vars(thing)[name])) for name in sorted(vars(thing)) if name != "_state"
        ]
    if is_dataclass(thing):
        return [(field.name, _plain(getattr(thing, field.name))) for field in fields(thing)]
    if isinstance(thing, Mapping):
        return [(name, _plain(value)) for name, value in thing.items()]
    if isinstance(thing, list | tuple):
        return [_plain(one) for one in thing]
    if thing is None or isinstance(thing, str | int | float):
        return thing
    return repr(thing)
