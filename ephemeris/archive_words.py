"""The sentences that tell of archives.  "We found no products" is all a zero can mean; "there are none" is not.

Numbers stand in the sentence, so that it can be printed anywhere without its table.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from ephemeris.archive_status import NOT_SCIENCE, Held, access

SYNTHETIC = "Demonstration with invented data: "
NO_PRODUCTS = "We found no products for these names and dates"
CONTROL_FOUND = "a control query of the same kind found {number}"
CONTROL_EMPTY = "its control query found nothing either, so the empty answer says nothing"


def plural(number: int, word: str = "product") -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def science(products: Sequence[Held], now: datetime) -> tuple[int, int]:
    """How many science products stand, and how many of them are public."""
    standing = [product for product in products if not product.gone and product.level not in NOT_SCIENCE]
    public = sum(row.number for row in standing if access(row.rights, row.release, now) == "public")
    return sum(row.number for row in standing), public


def told_by_the_archive(
    archive: str, before: str, after: str, products: Sequence[Held], *, now: datetime, synthetic: bool
) -> str:
    """Why a state is another one after an answer."""
    total, public = science(products, now)
    first = "" if before else "At our first look: "
    if after == "withdrawn":
        lost = sum(product.number for product in products if product.gone)
        words = f"{archive} no longer lists the {plural(lost)} that it listed before; two answers agreed."
    elif after == "observed":
        words = f"{first}{archive} answered. {NO_PRODUCTS}, while a control query found others."
    elif after in ("public", "partly_public"):
        words = f"{first}{archive} lists {plural(total)} of data; {public:,} of them are public."
    elif after == "on_hold":
        words = f"{first}{archive} lists {plural(total)} of data, all of them on hold."
    else:
        words = f"{first}{archive} lists {plural(total)} of data, none of them public yet."
    return (SYNTHETIC if synthetic else "") + words


def told_by_the_clock(
    archive: str, before: str, after: str, products: Sequence[Held], *, now: datetime, synthetic: bool
) -> str:
    """Why a state is another one though nobody was asked."""
    total, public = science(products, now)
    words = (
        f"A release date has passed: by the dates that {archive} gave, {public:,} of {plural(total)} of data "
        "are public now."
    )
    return (SYNTHETIC if synthetic else "") + words


def told_by_a_poll(outcome: str, rows: int | None, control_rows: int | None, message: str) -> str:
    """What an archive told us by one answer; of a poll that failed, why it did."""
    if outcome == "answered":
        return f"{plural(rows)}; {message}" if rows is not None and message else plural(rows or 0)
    if outcome == "truncated":
        return f"At least {plural(rows or 0)}: the answer was cut short"
    if outcome != "empty":
        return message
    if not control_rows:
        return f"{NO_PRODUCTS}; {message or CONTROL_EMPTY}"
    found = f"{NO_PRODUCTS}; {CONTROL_FOUND.format(number=plural(control_rows, 'row'))}"
    message = message.removeprefix("the answer has no products; ")  # which was just said
    return f"{found}. {message[:1].upper()}{message[1:]}" if message else found


def ago(then: datetime, now: datetime) -> str:
    """How long ago a moment was, in the largest unit that says enough."""
    passed = now - then
    minutes = passed // timedelta(minutes=1)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    if minutes < 48 * 60:
        return f"{minutes // 60} h ago"
    return f"{passed.days} days ago"
