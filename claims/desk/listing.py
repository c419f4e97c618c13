"""One queue as somebody asked for it: filtered, 25 at a time, oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Min, Q, QuerySet

from claims.desk.contract import Queue, Waiting
from claims.desk.registry import queues
from claims.keyset import BadCursorError, Cursor, above, read_cursor
from claims.refusals import BadParameter

PAGE = 25
WHO = {"": "anybody", "me": "me", "nobody": "nobody yet"}


@dataclass(frozen=True, slots=True)
class Tally:
    """How much waits in a queue, and since when."""

    queue: Queue
    number: int
    oldest: datetime | date | None


def open_queues(person: User) -> list[Queue]:
    """The queues that somebody has the right to work on."""
    return [queue for queue in queues().values() if person.has_perm(queue.right)]


def tallies(person: User, at: datetime) -> list[Tally]:
    """How much waits for somebody, one query a queue."""
    found = []
    for queue in open_queues(person):
        row = queue.rows(person, at).order_by().aggregate(number=Count("pk"), oldest=Min(queue.moment))
        found.append(Tally(queue, row["number"], row["oldest"]))
    return found


def narrowed(queue: Queue, rows: QuerySet[Any], person: User, chosen: dict[str, str]) -> QuerySet[Any]:
    """The rows about an object or a topic, or by who has taken them."""
    if queue.claim is None:
        return rows
    claim = f"{queue.claim}__" if queue.claim else ""
    wanted = Q()
    if chosen.get("object"):
        wanted &= Q(**{f"{claim}body__designation": chosen["object"]})
    if chosen.get("topic"):
        wanted &= Q(**{f"{claim}topic": chosen["topic"]})
    if chosen.get("who") == "me":
        wanted &= Q(**{f"{claim}assigned_to": person})
    if chosen.get("who") == "nobody":
        wanted &= Q(**{f"{claim}assigned_to__isnull": True})
    return rows.filter(wanted)


def page_of(queue: Queue, rows: QuerySet[Any], after: str, at: datetime) -> tuple[list[Waiting], str]:
    """One page of what waits, and the cursor of the next page, "" at the end."""
    try:
        cursor = read_cursor(after)
        rows = rows.filter(above(cursor, queue.moment, by_day=queue.by_day))
    except (BadCursorError, OverflowError) as error:
        raise BadParameter("after", after, ["the value in a page's own link to its next page"]) from error
    found = list(rows.order_by(queue.moment, "pk")[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    return queue.shown(found, at), str(Cursor(_moment(found[-1], queue.moment), found[-1].pk)) if more else ""


def _moment(row: Any, path: str) -> datetime:
    value = row
    for name in path.split("__"):
        value = getattr(value, name)
    return value if isinstance(value, datetime) else datetime.combine(value, time(), UTC)
