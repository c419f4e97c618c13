"""Pages of lists for people: 25 rows after a cursor that the last page printed in its link."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet, Value

from claims.keyset import BadCursorError, Cursor, below, read_cursor
from claims.models import Claim
from claims.refusals import BadParameter

PAGE = 25
_EXPECTED = ["the value in a page's own link to its next page"]


def claims_page(claims: QuerySet[Any], cursor: str, size: int = PAGE) -> tuple[list[Claim], str]:
    """One page of ranked claims (see `claims.search`) and the cursor of the next page, "" at the end.

    Best rank first, then newest publication first; a cursor is ``rank.micros-id``.
    """
    # to order by a rank that all rows share is to sort the whole table; without it the index gives the page
    searched = not isinstance(claims.query.annotations.get("rank"), Value)
    if cursor:
        rank, _, place = cursor.partition(".")
        try:
            last = read_cursor(place)
        except (BadCursorError, OverflowError) as error:
            raise BadParameter("after", cursor, _EXPECTED) from error
        if last is None or rank not in ("0", "1"):
            raise BadParameter("after", cursor, _EXPECTED)
        after = below(last, "first_published_at")
        if searched:
            claims = claims.filter(Q(rank__gt=int(rank)) | Q(rank=int(rank)) & after)
        else:
            claims = claims.filter(after) if rank == "0" else claims.none()
    order = ["rank"] if searched else []
    found = list(claims.order_by(*order, "-first_published_at", "-pk")[: size + 1])
    if len(found) <= size:
        return found, ""
    end: Any = found[size - 1]
    return found[:size], f"{end.rank}.{Cursor(end.first_published_at, end.pk)}"


def keyed_page(rows: QuerySet[Any], cursor: str, size: int) -> tuple[list[Any], str]:
    """One page of rows in the order of their unique ``key``; a cursor is the last key that was shown."""
    if "\0" in cursor or len(cursor) > 96:
        raise BadParameter("after", cursor, _EXPECTED)
    found = list(rows.filter(key__gt=cursor).order_by("key")[: size + 1])
    if len(found) <= size:
        return found, ""
    return found[:size], found[size - 1].key
