"""The daily letter of the desk: what waits for a person, in plain text, to whoever asked for it and needs it.

It is built from the queues of the desk (claims/desk/queues/), the staleness board among them, so a new queue is in
the next letter.  A letter is sent at most once a day: the day is taken before the letter goes out.
"""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime

from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse

from claims.addresses import absolute
from claims.desk.listing import tallies
from claims.models import DigestSubscription

log = logging.getLogger(__name__)
SHOWN = 5  # of each queue; the desk has the rest


def letter(person: User, at: datetime) -> tuple[str, str] | None:
    """Subject and text of the letter to ``person``, or None when nothing waits for them."""
    waiting = [tally for tally in tallies(person, at) if tally.number]
    if not waiting:
        return None
    total = sum(tally.number for tally in waiting)
    lines = [f"{total} thing{'s wait' if total != 1 else ' waits'} for a person at the desk of Hyperbole, as of {at:%Y-%m-%d %H:%M} UTC."]  # fmt: skip
    for tally in waiting:
        queue = tally.queue
        lines += ["", f"{queue.title} ({tally.number}, the oldest since {_day(tally.oldest)})"]
        rows = list(queue.rows(person, at).order_by(queue.moment, "pk")[:SHOWN])
        for item in queue.shown(rows, at):
            lines.append(f"- {item.title}, since {_day(item.since)}")
            for reason in item.reasons:
                lines.append(
                    f"  {' '.join(reason.text.split())}{' To do: ' + reason.todo if reason.todo else ''}"
                )
            lines.append(f"  {absolute(item.address)}")
        if tally.number > SHOWN:
            lines.append(
                f"  and {tally.number - SHOWN} more: {absolute(reverse('desk:queue', args=[queue.name]))}"
            )
    lines += [
        "",
        f"The desk: {absolute(reverse('desk:desk'))}",
        f"No more of these letters: {absolute(reverse('digest'))}",
    ]
    return f"Hyperbole: {total} at the desk", "\n".join(lines) + "\n"


def send_digests(at: datetime) -> dict[str, int]:
    """Send today's letters; whoever had one today gets none, however often this runs."""
    counts = {"sent": 0, "nothing waits": 0, "failed": 0}
    today = at.astimezone(UTC).date()
    due = Q(last_sent_on__isnull=True) | Q(last_sent_on__lt=today)
    wanted = DigestSubscription.objects.filter(due, person__is_active=True, person__is_staff=True)
    for row in wanted.select_related("person"):
        written = letter(row.person, at)
        if written is None:
            counts["nothing waits"] += 1
            continue
        # another worker may have been faster: whoever changes the row sends
        if not DigestSubscription.objects.filter(due, pk=row.pk).update(last_sent_on=today):
            continue
        subject, text = written
        headers = {"List-Unsubscribe": f"<{absolute(reverse('digest'))}>", "Auto-Submitted": "auto-generated"}
        try:
            EmailMessage(subject, text, to=[row.address], headers=headers).send()
        except OSError as error:  # of the connection and of SMTP; the next letter comes tomorrow
            log.error("the letter to %s was not sent: %s", row.person.get_username(), error)
            counts["failed"] += 1
        else:
            counts["sent"] += 1
    return counts


def _day(moment: datetime | date | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else "an unknown day"
