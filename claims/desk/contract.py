"""What a queue of the desk is, and what it says of each thing that waits in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet

from claims.models import Claim


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something waits, in words; since when, where that differs from the whole; what to do about it."""

    text: str
    todo: str = ""
    since: datetime | date | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for a person; ``address`` is the page on which it is worked on.

    Something that belongs to a claim can be taken by somebody, and shows the claim's object and topic.
    """

    title: str
    address: str
    since: datetime | date
    reasons: tuple[Reason, ...]
    claim: Claim | None = None
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: a file of `claims/desk/queues/` that exports ``QUEUE``, named as the file.

    ``rows`` narrows to what waits for this person, as of a moment; ``moment`` is the column by which the
    queue runs, oldest first; ``shown`` says what each row of one page is, with a number of queries that
    does not grow with the rows.  ``claim`` is the path from a row to its claim: "" for claims themselves,
    None where rows belong to no claim.  ``right`` is what somebody needs to see the queue.
    """

    name: str
    title: str
    about: str
    empty: str
    place: int
    right: str
    rows: Callable[[User, datetime], QuerySet[Any]]
    moment: str
    shown: Callable[[list[Any], datetime], list[Waiting]]
    claim: str | None = None
    by_day: bool = False  # ``moment`` is a date
    add: tuple[str, str] | None = None  # words and route of the page on which an editor adds to the queue
