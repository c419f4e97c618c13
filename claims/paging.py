"""Pages of lists for people: 25 rows after a cursor that the last page printed in its link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from claims.keyset import BadCursorError, Cursor, below, read_cursor
from claims.models import Claim
from claims.refusals import BadParameter
from claims.search import Match, place_of

PAGE = 25
_EXPECTED = ["the value in a page's own link to its next page"]


def claims_page(claims: QuerySet[Claim], cursor: str, size: int = PAGE) -> tuple[list[Claim], str]:
    """One page of claims, the newest publication first, and the cursor of the next page, "" at the end.

    A cursor is ``rank.micros-id``, as of a search; where nothing is searched every rank is 0.
    """
    rank, last = _read(cursor)
    if last is not None:
        claims = claims.filter(below(last, "first_published_at")) if rank == 0 else claims.none()
    found = list(claims.order_by("-first_published_at", "-pk")[: size + 1])
    if len(found) <= size:
        return found, ""
    end: Any = found[size - 1]
    return found[:size], f"0.{Cursor(end.first_published_at, end.pk)}"


def found_page(
    claims: QuerySet[Claim], found: Sequence[Match], cursor: str, size: int = PAGE
) -> tuple[list[Claim], str]:
    """The same of what a search found, in its order; ``claims`` is where they are read from."""
    rank, last = _read(cursor)
    if last is not None:
        after = place_of(rank, last.at, last.id)
        found = [row for row in found if row.place > after]
    rows = {row.pk: row for row in claims.filter(pk__in=[match.pk for match in found[:size]])}
    end = found[size - 1] if len(found) > size else None
    return (
        [rows[match.pk] for match in found[:size] if match.pk in rows],
        f"{end.rank}.{Cursor(end.published_at, end.pk)}" if end else "",
    )


def _read(cursor: str) -> tuple[int, Cursor | None]:
    """Rank and place of the last row that was shown, (0, None) before the first page."""
    if not cursor:
        return 0, None
    rank, _, place = cursor.partition(".")
    try:
        last = read_cursor(place)
    except (BadCursorError, OverflowError) as error:
        raise BadParameter("after", cursor, _EXPECTED) from error
    if last is None or rank not in ("0", "1"):
        raise BadParameter("after", cursor, _EXPECTED)
    return int(rank), last


def keyed_page(rows: QuerySet[Any], cursor: str, size: int) -> tuple[list[Any], str]:
    """One page of rows in the order of their unique ``key``; a cursor is the last key that was shown."""
    if "\0" in cursor or len(cursor) > 96:
        raise BadParameter("after", cursor, _EXPECTED)
    found = list(rows.filter(key__gt=cursor).order_by("key")[: size + 1])
    if len(found) <= size:
        return found, ""
    return found[:size], found[size - 1].key
