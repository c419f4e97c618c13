"""Events of the record as feed items: verdicts published, corrected, withdrawn, marked stale, and
archives whose state changed.  One event, one id, for good.

Two append-only tables are read as one stream, newest first; the cursor names moment, table and row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Case, Q, Value, When

from claims.addresses import absolute, campaign_url, claim_url, pinned_url
from claims.feeds.records import Feed, FeedItem
from claims.feeds.registry import Format
from claims.keyset import BadCursorError, Cursor, read_cursor
from claims.models import EditorialLog, VerdictVersion
from claims.queries import latest, latest_archive_change, latest_publication
from claims.scales import REASON_CODES, REVIEW_LEVELS, SEVERITIES, STALE_REASONS, VERDICTS
from ephemeris.models import ArchiveStatusChange

PAGE = 50
ACTIONS = ("publish", "withdraw", "mark_stale")
# in a Case, so that the log is read in the order of its moments: SQLite, which keeps no statistics, would rather fetch
# all rows that were ever written of these actions, and sort them for one page
IS_EVENT = Case(When(action__in=ACTIONS, version__isnull=False, then=Value(True)), default=Value(False))
# at the same moment the log comes before the archives
STREAMS = ("log", "archive")


@dataclass(frozen=True, slots=True)
class EventCursor:
    """The position of one event: moment and id as in `Cursor`, and the table it is a row of."""

    row: Cursor
    stream: str

    def __str__(self) -> str:
        return f"{self.stream}-{self.row}"


def read_event_cursor(text: str) -> EventCursor | None:
    if not text:
        return None
    stream, _, rest = text.partition("-")
    row = read_cursor(rest)
    if stream not in STREAMS or row is None:
        raise BadCursorError("expected the cursor of a next link, such as log-1763769600000000-42")
    return EventCursor(row, stream)


def _after(cursor: EventCursor | None, stream: str) -> Q:
    if cursor is None:
        return Q()
    at, position = cursor.row.at, STREAMS.index(stream) - STREAMS.index(cursor.stream)
    if position > 0:  # this table's rows of the same moment are still to come
        return Q(at__lte=at)
    if position < 0:
        return Q(at__lt=at)
    return (Q(at__lt=at) | Q(at=at, id__lt=cursor.row.id)) & Q(at__lte=at)


def changes_feed(format_: Format, cursor: EventCursor | None) -> Feed:
    """One page of the record's events, newest first."""
    log = list(
        EditorialLog.objects.filter(_after(cursor, "log"), IS_EVENT)
        .order_by("-at", "-id")
        .select_related("claim", "claim__body", "version")
        .defer("version__document", "version__chart_subject", "version__search_text", "version__rationale")[
            : PAGE + 1
        ]
    )
    archive = list(
        ArchiveStatusChange.objects.filter(_after(cursor, "archive"))
        .order_by("-at", "-id")
        .select_related("campaign__body")[: PAGE + 1]
    )
    events = sorted(
        [(row.at, "log", row) for row in log] + [(row.at, "archive", row) for row in archive],
        key=lambda event: (event[0], -STREAMS.index(event[1]), event[2].pk),
        reverse=True,
    )
    more, events = len(events) > PAGE, events[:PAGE]
    before = _earlier_verdicts([row for _, _, row in events if isinstance(row, EditorialLog)])
    last = events[-1] if events else None
    # a withdrawal also takes wording out of the pages below it
    updated = latest(latest_publication(), latest_archive_change())
    return Feed(
        title="Hyperbole: changes",
        description="Verdicts published, corrected, withdrawn or marked stale, and archives whose state changed.",
        home_url=absolute("/corrections/"),
        base=absolute("/changes"),
        entries=tuple(
            format_.entry(_log_item(row, before) if isinstance(row, EditorialLog) else _archive_item(row))
            for _, _, row in events
        ),
        updated=updated,
        modified=updated,
        next_cursor=str(EventCursor(Cursor(last[0], last[2].pk), last[1])) if more and last else None,
        hubs=(settings.WEBSUB_HUB,) if settings.WEBSUB_HUB else (),
    )


def _earlier_verdicts(rows: list[EditorialLog]) -> dict[tuple[int, int], str]:
    """Verdicts by claim and version number, for every claim that a publication is told of."""
    claims = {row.claim_id for row in rows if row.action == "publish"}
    versions = VerdictVersion.objects.filter(claim__in=claims, state="published")
    return {
        (claim, number): verdict
        for claim, number, verdict in versions.values_list("claim", "number", "verdict")
    }


def _log_item(row: EditorialLog, verdicts: dict[tuple[int, int], str]) -> FeedItem:
    version, claim = row.version, row.claim
    if version is None or claim is None:
        raise ValueError(f"log row {row.pk}: an event of the record without its version")
    extension: dict[str, Any] = {"slug": claim.slug, "object": claim.body.designation}
    if row.action == "withdraw":
        title, event, summary = f"Withdrawn: {claim.slug}", "verdict_withdrawn", row.reason
        extension |= {"version": version.number}
    elif claim.withdrawn_at is not None:
        # what was withdrawn is told of, its wording is not
        event = "marked_stale" if row.action == "mark_stale" else _publication(version)
        title = f"{event.replace('_', ' ').capitalize()}, since withdrawn: {claim.slug}"
        summary = "This claim was withdrawn later."
        extension |= {"version": version.number}
    elif row.action == "mark_stale":
        event = "marked_stale"
        reason = (row.after or {}).get("reason", "")
        title = f"May be out of date ({STALE_REASONS.get(reason, reason)}): {version.title}"
        summary = row.reason
        extension |= {"version": version.number, "stale_reason": reason, "verdict": version.verdict}
    else:
        event = _publication(version)
        title, summary, more = _told_publication(
            claim.slug, version, verdicts.get((claim.pk, version.number - 1))
        )
        extension |= more
    pinned = row.action == "publish" and claim.withdrawn_at is None
    return _event_item(
        "log", row.pk, row.at, title, summary, event,
        pinned_url(claim.slug, version.number) if pinned else claim_url(claim.slug), extension,
    )  # fmt: skip


def _publication(version: VerdictVersion) -> str:
    return "verdict_published" if version.number == 1 else "verdict_corrected"


def _told_publication(
    slug: str, version: VerdictVersion, earlier: str | None
) -> tuple[str, str, dict[str, Any]]:
    label = VERDICTS[version.verdict].label
    extension = {
        "version": version.number,
        "verdict": version.verdict,
        "verdict_label": label,
        "previous_verdict": earlier,
        "reason_code": version.reason_code,
        "severity": version.severity,
        "review_level": version.review_level,
        "content_sha256": version.content_sha256,
        "pinned_url": pinned_url(slug, version.number),
    }
    if version.number == 1:
        return (
            f"{label}: {version.title}",
            f"{version.one_line} {REVIEW_LEVELS[version.review_level]}.",
            extension,
        )
    title = f"Version {version.number} ({SEVERITIES[version.severity]}): {version.title}"
    moved = (
        f"The verdict moved from “{VERDICTS[earlier].label}” to “{label}”."
        if earlier and earlier != version.verdict
        else f"The verdict stays “{label}”."
    )
    because = f" {version.change_note}" if version.change_note else ""
    return title, f"{moved} Reason: {REASON_CODES[version.reason_code]}.{because}", extension


def _archive_item(row: ArchiveStatusChange) -> FeedItem:
    campaign = row.campaign
    states = dict(ArchiveStatusChange.STATES)
    after = states[row.after]
    before = states[row.before] if row.before else "not recorded"
    return _event_item(
        "archive", row.pk, row.at,
        f"{campaign.body.full_designation}, {campaign.facility} {campaign.instrument}: {after}",
        f"The archive state of this campaign went from {before} to {after}. {row.note}".strip(),
        "archive_status_changed", campaign_url(campaign.key),
        {
            "campaign": campaign.key, "object": campaign.body.designation, "archive": campaign.archive,
            "before": row.before or None, "after": row.after, "cause": row.cause,
        },
    )  # fmt: skip


def _event_item(
    stream: str, number: int, at: datetime, title: str, summary: str, event: str, url: str, extension: dict[str, Any]
) -> FeedItem:  # fmt: skip
    return FeedItem(
        id=absolute(f"/changes.json#{stream}-{number}"),
        url=url,
        title=title,
        summary=summary,
        text=summary or title,
        published=at,
        modified=at,
        tags=(event, *([extension["object"]] if "object" in extension else [])),
        extension={"event": event, **extension},
    )
