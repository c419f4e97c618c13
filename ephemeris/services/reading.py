"""What the readers of all services share: whose failure a reply is, and cells that must be numbers."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from math import isfinite
from typing import Any

import orjson

from ephemeris.archives.reading import (
    MISSHAPEN,
    looks_like_a_page,
    misshapen,
    raw_digest,
    retry_after_s,
    shortened,
)
from ephemeris.services.contract import Question, RemoteUnavailable, Service, ServiceAnswer, UnexpectedReply
from ephemeris.wire import Reply

log = logging.getLogger(__name__)


def taken(reply: Reply, service: str) -> Reply:
    """The reply, if it is one that can be read.

    Raises
    ------
    RemoteUnavailable
        Silence, a refusal to serve now, a request to slow down, a web page in place of data.
    UnexpectedReply
        Anything else that is no answer: moved, forbidden, too large, not understood.
    """
    digest = raw_digest([reply]) if reply.body else ""
    if reply.failure == "too_large":
        raise UnexpectedReply(f"{service}: {reply.detail}")
    if reply.failure is not None:
        raise RemoteUnavailable(f"{service}: {reply.detail}")
    if reply.status == 429:
        raise RemoteUnavailable(
            f"{service} asked us to slow down (429)", retry_after_s=retry_after_s(reply), reply_digest=digest
        )
    if reply.status >= 500:
        raise RemoteUnavailable(
            f"{service} does not serve ({reply.status})",
            retry_after_s=retry_after_s(reply),
            reply_digest=digest,
        )
    if looks_like_a_page(reply) and reply.status < 400:
        raise RemoteUnavailable(f"{service} answered with a web page instead of data", reply_digest=digest)
    if reply.status == 300:
        raise UnexpectedReply(f"{service}: several objects have the name we asked for", reply_digest=digest)
    if reply.status != 200:
        raise UnexpectedReply(
            f"{service} answered with status {reply.status}, expected 200: {shortened(reply.body)}",
            reply_digest=digest,
        )
    return reply


def answer(service: Service, question: Question, replies: Sequence[Reply]) -> ServiceAnswer:
    """What the replies say; a failure carries the digest of what came."""
    for reply in replies:
        taken(reply, service.title)
    try:
        return service.read(question, replies)
    except (UnexpectedReply, RemoteUnavailable) as problem:
        problem.reply_digest = problem.reply_digest or raw_digest(replies)
        raise
    except MISSHAPEN as error:
        log.warning("%s: a reply of a shape that its reader does not know", service.name, exc_info=True)
        raise UnexpectedReply(
            f"{service.title}: {misshapen(error)}", reply_digest=raw_digest(replies)
        ) from None


def json_object(reply: Reply, service: str) -> dict[str, Any]:
    """The JSON object of a reply."""
    try:
        content = orjson.loads(reply.body)
    except orjson.JSONDecodeError:
        raise UnexpectedReply(f"{service}: expected JSON, got {shortened(reply.body)}") from None
    if not isinstance(content, dict):
        raise UnexpectedReply(f"{service}: expected an object, got {type(content).__name__}")
    return content


def known_version(version: Any, known: tuple[str, ...], service: str) -> None:
    """Refuse a version of the interface that nobody has read yet."""
    if version not in known:
        raise UnexpectedReply(
            f"{service} speaks version {version!r} of its interface, expected {' or '.join(known)}"
        )


def finite(text: Any, where: str) -> float:
    """A finite number; "n.a.", "NaN" and the empty cell are none."""
    try:
        number = float(text)
    except (TypeError, ValueError):
        raise UnexpectedReply(f"{where} is {str(text).strip()!r}, expected a number") from None
    if not isfinite(number):
        raise UnexpectedReply(f"{where} is {str(text).strip()!r}, expected a finite number")
    return number
