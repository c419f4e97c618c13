"""Pages by keyset: a cursor names the last row seen, so a page never repeats or skips a row.

Rows that are published while a reader pages come in above the cursor and leave the pages below alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# 16 digits of microseconds reach the year 2286; 18 digits of id stay within a database's integer
WRITTEN = re.compile(r"([0-9]{1,16})-([0-9]{1,18})", re.ASCII)


class BadCursorError(ValueError):
    """A cursor that this site never wrote."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The position of one row in an order by moment and id, both descending."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICROSECOND}-{self.id}"


def read_cursor(text: str) -> Cursor | None:
    """The cursor that a reader sent back; None for an empty one."""
    if not text:
        return None
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise BadCursorError("expected the cursor of a next link, such as 1763769600000000-42")
    return Cursor(EPOCH + int(found[1]) * MICROSECOND, int(found[2]))


def below(cursor: Cursor | None, moment: str) -> Q:
    """The rows after ``cursor`` in the order ``-moment, -id``.

    The last condition is implied by the first.  It is there because SQLite cannot use an index for an
    OR of ranges, and a row value would be rewritten to one; with it the plan is a SEARCH.
    """
    if cursor is None:
        return Q()
    return (Q(**{f"{moment}__lt": cursor.at}) | Q(**{moment: cursor.at, "id__lt": cursor.id})) & Q(
        **{f"{moment}__lte": cursor.at}
    )


def above(cursor: Cursor | None, moment: str, *, by_day: bool = False) -> Q:
    """The rows after ``cursor`` in the order ``moment, id``; ``by_day`` where the column is a date."""
    if cursor is None:
        return Q()
    at = cursor.at.date() if by_day else cursor.at
    return (Q(**{f"{moment}__gt": at}) | Q(**{moment: at, "id__gt": cursor.id})) & Q(**{f"{moment}__gte": at})
