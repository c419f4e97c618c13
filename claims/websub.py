"""Telling the WebSub hub which feeds have something new (https://www.w3.org/TR/websub/), after it is public.

The row that feeds tell of is committed first; then one task a few seconds later names all feeds that moved since,
so that a load of a hundred claims is one call.  A hub that is away costs its subscribers freshness and nobody else
anything: whoever asks the feeds themselves sees them as ever.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from itertools import product
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from kombu.exceptions import OperationalError

from claims.addresses import absolute
from claims.feeds.change_items import ACTIONS
from claims.feeds.registry import formats
from claims.models import EditorialLog, VerdictVersion
from ephemeris.signals import archive_status_changed
from ephemeris.wire import Request, Wire

log = logging.getLogger(__name__)

GATHERING_S = 5
FORGOTTEN_S = 600  # a task that was lost or is late holds the next one back no longer
WAITING = "websub:waiting"
MOST_ROWS = 1_000
MOST_TOPICS_A_CALL = 100
SILENCE_S, WHOLE_S, LARGEST = 10.0, 20.0, 65_536
LATER = frozenset((408, 425, 429))


class HubAway(Exception):
    """The hub did not take the call and may take it later."""


@receiver(post_save, sender=EditorialLog, dispatch_uid="claims.websub.log")
def on_log_row(instance: EditorialLog, created: bool, **_: Any) -> None:
    """A row that the feeds tell of was appended."""
    if settings.WEBSUB_HUB and created and instance.action in ACTIONS:
        transaction.on_commit(lambda: _queue(instance.pk), robust=True)


@receiver(archive_status_changed, dispatch_uid="claims.websub.archive")
def on_archive_status_changed(**_: Any) -> None:
    """An archive opened or closed: only the feed of changes tells of it."""
    if settings.WEBSUB_HUB:
        newest = EditorialLog.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        transaction.on_commit(lambda: _queue(newest + 1), robust=True)


def _queue(row: int) -> None:
    """Send the task, unless one waits already that will see this row as well."""
    from claims.tasks import announce_feeds  # with all that tasks import

    if not cache.add(WAITING, 1, FORGOTTEN_S):
        return
    try:
        announce_feeds.apply_async(kwargs={"first_row": row}, countdown=GATHERING_S)
    except OperationalError as error:
        cache.delete(WAITING)
        log.warning("the queue is away, the hub is not told of log row %s: %s", row, error)


def moved_topics(first_row: int) -> list[str]:
    """The addresses of the feeds that moved since a log row; what is committed from now on sends its own task."""
    cache.delete(WAITING)
    rows = EditorialLog.objects.filter(pk__gte=first_row, action__in=ACTIONS, version__isnull=False)
    return topics_of(set(rows.order_by("pk").values_list("claim", flat=True)[:MOST_ROWS]))


def topics_of(claims: Collection[int | None]) -> list[str]:
    """The feeds that tell of these claims, or told of earlier versions of them; of changes in any case."""
    versions = VerdictVersion.objects.filter(claim__in=claims, state="published")
    shown: set[tuple[tuple[str, str], ...]] = set()
    bodies: set[str] = set()
    rows = versions.values_list("claim__body__designation", "verdict", "topic").distinct()
    for body, verdict, topic in rows:
        bodies.add(body)
        for named in product((False, True), repeat=3):
            columns = (("object", body), ("verdict", verdict), ("topic", topic))
            shown.add(tuple(column for column, is_named in zip(columns, named, strict=True) if is_named))
    found = []
    for extension in formats():
        found.append(absolute(f"/changes.{extension}"))
        if claims:
            found.append(absolute(f"/feed.{extension}"))
        found += [absolute(f"/objects/{body}/feed.{extension}") for body in sorted(bodies)]
        found += [
            absolute(f"/claims/feed.{extension}{f'?{urlencode(query)}' if query else ''}")
            for query in sorted(shown)
        ]
    return found


def tell_hub(topics: list[str]) -> dict[str, int]:
    """Name these feeds to the hub; a hub that refuses is logged, one that is away raises HubAway."""
    hub = settings.WEBSUB_HUB
    host = urlsplit(hub).hostname or ""
    wire = Wire(
        frozenset((host,)), settings.USER_AGENT, route=settings.ARCHIVE_ROUTE,
        silence_s=SILENCE_S, whole_s=WHOLE_S, largest=LARGEST,
    )  # fmt: skip
    told = 0
    try:
        for start in range(0, len(topics), MOST_TOPICS_A_CALL):
            part = topics[start : start + MOST_TOPICS_A_CALL]
            form = (("hub.mode", "publish"), *(("hub.url", topic) for topic in part))
            reply = wire.send(Request("POST", hub, form=form))
            if reply.failure or reply.status >= 500 or reply.status in LATER:
                raise HubAway(f"{host}: {reply.detail or f'answered {reply.status}'}")
            if not 200 <= reply.status < 300:
                log.error("the hub %s refuses to be told of feeds: it answered %s", host, reply.status)
                return {"told": told, "refused": len(topics) - told}
            told += len(part)
    finally:
        wire.close()
    return {"told": told, "refused": 0}
