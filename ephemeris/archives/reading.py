"""From replies to an answer: which failure is whose, and what the readers of all archives share."""

from __future__ import annotations

import email.utils
import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from ephemeris.archives.contract import Archive, ArchiveAnswer, Holding, Outcome, Question, Rows
from ephemeris.wire import Reply, Request

LONGEST_MESSAGE = 500
FAR_FUTURE = datetime(2098, 1, 1, tzinfo=UTC)  # from here on a release date means: on hold
MJD_EPOCH = datetime(1858, 11, 17, tzinfo=UTC)


# what Python says when a reply is not built as it should be: a cell that is a list, a column without a name
MISSHAPEN = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, Warning)
log = logging.getLogger(__name__)


class NotTaken(Exception):
    """A reply that gives no rows; ``outcome`` says whose fault it is."""

    outcome: Outcome = "unexpected_reply"


class WrongQuery(NotTaken):
    """The archive refused our query: an error of ours."""

    outcome = "wrong_query"


class Maintenance(NotTaken):
    """The archive is there but does not serve."""

    outcome = "maintenance"


class Unexpected(NotTaken):
    """A reply that does not say what its format should: changed columns, another object, broken text."""


class Refused(NotTaken):
    outcome = "refused"


def answer(
    archive: Archive, question: Question, replies: Sequence[Reply], requests: Sequence[Request]
) -> ArchiveAnswer:
    """What an archive said to a question, whatever it said."""
    text = "\n".join(request.printed for request in requests)
    synthetic = any(reply.synthetic for reply in replies)
    blank = ArchiveAnswer(archive.name, "unexpected_reply", text, synthetic=synthetic)
    for reply in replies:
        if (failed := failure(reply)) is not None:
            outcome, message = failed
            return replace(
                blank,
                outcome=outcome,
                message=message[:LONGEST_MESSAGE],
                reply_digest=raw_digest([reply]) if reply.body else "",
                retry_after_s=retry_after_s(reply),
            )
    if any(reply.status == 304 for reply in replies):
        return replace(blank, outcome="answered", unchanged=True)
    try:
        rows = archive.read(question, replies)
    except NotTaken as refusal:
        return replace(
            blank,
            outcome=refusal.outcome,
            message=str(refusal)[:LONGEST_MESSAGE],
            reply_digest=raw_digest(replies),
        )
    except MISSHAPEN as error:
        log.warning("%s: a reply of a shape that its reader does not know", archive.name, exc_info=True)
        return replace(blank, message=misshapen(error), reply_digest=raw_digest(replies))
    outcome = "truncated" if rows.truncated else "answered" if rows.holdings or rows.unchanged else "empty"
    return replace(
        blank,
        outcome=outcome,
        holdings=tuple(sorted(rows.holdings, key=lambda holding: holding.uid)),
        archive_count=rows.archive_count,
        reply_digest=holdings_digest(rows.holdings),
        message=rows.note[:LONGEST_MESSAGE],
        possible=tuple(sorted(set(rows.possible))),
        observations=rows.observations,
        unchanged=rows.unchanged,
    )


def misshapen(error: BaseException) -> str:
    """What to say of a reply on which its reader tripped; the traceback is in the log."""
    return f"the reply is not built as its reader knows it ({type(error).__name__}: {error})"[
        :LONGEST_MESSAGE
    ]


def failure(reply: Reply) -> tuple[Outcome, str] | None:
    """Whose failure a reply is, before anybody reads it; None when it can be read."""
    if reply.failure == "too_large":
        return "unexpected_reply", reply.detail
    if reply.failure is not None:
        return "timeout", reply.detail
    status = reply.status
    if status == 429:
        return "rate_limited", "the archive asked us to slow down (429)"
    if status in (401, 403, 407, 451):
        return "refused", f"the archive refused the question ({status})"
    if status >= 500:
        return "maintenance", f"the archive does not serve ({status})"
    if 300 <= status < 400 and status != 304:
        return "unexpected_reply", f"the archive sends us elsewhere: {reply.headers.get('Location', '?')}"
    if looks_like_a_page(reply) and status < 400:
        return "maintenance", "a web page came instead of data"
    if status == 400 and not looks_like_a_page(reply):
        return None  # VO services explain a wrong query in a table; the reader has the words
    if status >= 400:
        return "wrong_query", f"the archive does not understand the question ({status})"
    return None


def ends_it(reply: Reply) -> bool:
    """Whether nothing more needs to be asked after this reply, because it gives no rows."""
    return reply.status >= 300 or failure(reply) is not None


def failed_by_host(reply: Reply) -> bool:
    """Whether the host did not serve: what counts towards leaving it alone for a while."""
    failed = failure(reply)
    return failed is not None and failed[0] in ("timeout", "maintenance")


def looks_like_a_page(reply: Reply) -> bool:
    """Whether a reply is HTML, whatever it calls itself."""
    start = reply.body[:400].lstrip().lower()
    return start.startswith((b"<!doctype html", b"<html")) or (
        reply.content_type == "text/html" and not start.startswith((b"<?xml", b"<votable", b"{", b"["))
    )


def retry_after_s(reply: Reply) -> float | None:
    """How long the archive asks us to wait: seconds, or until a date, counted from the reply's own date."""
    text = reply.headers.get("Retry-After", "").strip()
    if text.isdigit():
        return float(text)
    try:
        until = email.utils.parsedate_to_datetime(text)
        sent = email.utils.parsedate_to_datetime(reply.headers.get("Date", ""))
    except ValueError:
        return None
    return max(0.0, (until - sent).total_seconds())


def raw_digest(replies: Iterable[Reply]) -> str:
    """The sha256 of replies as they came."""
    total = hashlib.sha256()
    for reply in replies:
        total.update(reply.body)
    return total.hexdigest()


def holdings_digest(holdings: Iterable[Holding]) -> str:
    """The sha256 of holdings in one order: the same products told in another order are no change."""
    rows = sorted((asdict(holding) for holding in holdings), key=lambda row: row["uid"])
    return hashlib.sha256(orjson.dumps(rows, option=orjson.OPT_SORT_KEYS)).hexdigest()


def json_of(reply: Reply) -> Any:
    """The JSON of a reply."""
    if reply.status == 400:
        raise WrongQuery(f"the archive calls our query wrong: {shortened(reply.body)}")
    try:
        return orjson.loads(reply.body)
    except orjson.JSONDecodeError:
        raise Unexpected(f"expected JSON, got {shortened(reply.body)}") from None


def shortened(body: bytes, most: int = 160) -> str:
    """The beginning of a reply in one line, for messages."""
    text = " ".join(body[: 4 * most].decode("utf-8", "replace").split())
    return repr(text[:most] + ("…" if len(text) > most else ""))


def field_of(row: Mapping[str, Any], name: str, where: str) -> Any:
    """A column that must be there, whatever its value."""
    if name not in row:
        known = ", ".join(sorted(str(key) for key in row)[:12])
        raise Unexpected(f"{where}: column {name} is missing, there are {known}")
    return row[name]


def text_of(value: Any) -> str:
    return "" if value is None else str(value).strip()


def moment(value: Any) -> datetime | None:
    """A moment as archives write it: ISO text with or without Z, a date, or nothing."""
    text = text_of(value).replace("Z", "+00:00").replace(" ", "T", 1)
    if not text:
        return None
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise Unexpected(f"expected a date or a moment, got {text_of(value)!r}") from None
    return given.replace(tzinfo=UTC) if given.tzinfo is None else given.astimezone(UTC)


def from_mjd(value: Any) -> datetime | None:
    """A modified Julian date, to the second."""
    if value is None or value == "":
        return None
    try:
        days = float(value)
    except (TypeError, ValueError):
        raise Unexpected(f"expected a modified Julian date, got {value!r}") from None
    if not 0 < days < 110_000:
        raise Unexpected(f"expected a modified Julian date of 1858 to 2160, got {days}")
    return MJD_EPOCH + timedelta(seconds=round(days * 86_400))


def from_jd(value: Any) -> datetime | None:
    """A Julian date, to the second."""
    if value is None or value == "":
        return None
    try:
        return from_mjd(float(value) - 2_400_000.5)
    except (TypeError, ValueError):
        raise Unexpected(f"expected a Julian date, got {value!r}") from None


def mjd(at: datetime) -> float:
    """A moment as modified Julian date."""
    return (at - MJD_EPOCH).total_seconds() / 86_400


def within(question: Question, at: datetime | None) -> bool:
    """Whether a moment lies in the question's window."""
    return at is not None and question.start <= at < question.stop


def of_the_object(
    question: Question, rows: Iterable[Holding], archive: str, *, whole_window: bool = False
) -> tuple[tuple[Holding, ...], tuple[str, ...]]:
    """Rows that are the object's, and target spellings that an editor must look at.

    The object's are those whose target is surely it, and near misses under a programme that an editor
    confirmed.  ``whole_window`` says that all of the window was asked for, strangers included.

    Raises
    ------
    Unexpected
        When a target is neither: the archive answered another question than ours.
    """
    kept, possible = [], set()
    for row in rows:
        near = question.spelling.may_be(row.target)
        if question.spelling.is_it(row.target) or (
            near and row.target not in question.spelling.rejected and question.is_of_ours(row.program)
        ):
            kept.append(row)
        elif near:
            possible.add(row.target)
        elif not whole_window:
            raise Unexpected(f"{archive} was asked for {question.body} and answered with {row.target!r}")
    return tuple(kept), tuple(sorted(possible))


def answer_rows(
    question: Question, rows: Sequence[Holding], archive: str, *, truncated: bool, whole_window: bool = False
) -> Rows:
    """What an archive answered: all rows for a control query, otherwise those `of_the_object`."""
    if question.control:
        return Rows(tuple(rows), truncated=truncated)
    kept, possible = of_the_object(question, rows, archive, whole_window=whole_window)
    return Rows(kept, len(kept), truncated, possible)
