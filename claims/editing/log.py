"""The editorial log: rows chained by hash, appended inside the transaction of the action they record."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import orjson
from django.contrib.auth.models import User
from django.db import connection

from claims.models import Claim, EditorialLog, VerdictVersion

GENESIS = "0" * 64
# one lock for the whole log: appends follow one another, whatever claim they speak of
LOG_LOCK = 0x48595045  # "HYPE"


def log_row_hash(row: EditorialLog) -> str:
    """The hash of a log row's content and of the row before it."""
    content = [
        row.previous_hash, row.at.isoformat(), row.actor_name, row.action, row.claim_id, row.version_id,
        row.before, row.after, row.reason,
    ]  # fmt: skip
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def append_log(
    *,
    at: datetime,
    actor: User | None,
    action: str,
    claim: Claim | None = None,
    version: VerdictVersion | None = None,
    before: Any = None,
    after: Any = None,
    reason: str = "",
    actor_name: str = "",
) -> EditorialLog:
    """Append one row to the chain; must run inside the transaction of the action it records.

    Without an actor it was a machine, unless ``actor_name`` says which person without an account.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK])
    last = EditorialLog.objects.order_by("-pk").values_list("row_hash", flat=True).first()
    row = EditorialLog(
        at=at,
        actor=actor,
        actor_name=actor.get_username() if actor else actor_name or "machine",
        action=action,
        claim=claim,
        version=version,
        before=before,
        after=after,
        reason=reason,
        previous_hash=last or GENESIS,
    )
    row.row_hash = log_row_hash(row)
    row.save(force_insert=True)
    return row


def first_broken_log_row() -> tuple[int, str] | None:
    """The number of the first log row that breaks the chain and why, or None if all hold."""
    previous = GENESIS
    for row in EditorialLog.objects.order_by("pk").iterator(chunk_size=500):
        if row.previous_hash != previous:
            return (
                row.pk,
                f"row {row.pk} follows {row.previous_hash[:12]}, but the row before it is {previous[:12]}",
            )
        if log_row_hash(row) != row.row_hash:
            return row.pk, f"row {row.pk} does not have the content that its hash was made of"
        previous = row.row_hash
    return None
