"""What an archive's change of state opens: a re-review of every standing verdict that rests on the campaign.

It runs inside the transaction that appends the change, so there is no change without its mark.  A first look
opens none: that is knowledge where there was none, and comes to an editor as proposals.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.dispatch import receiver

from claims.editing import mark_stale
from claims.models import ClaimCheck, VerdictVersion
from ephemeris.models import ArchiveStatusChange, Campaign
from ephemeris.signals import archive_status_changed

OPEN = ("public", "partly_public")


@receiver(archive_status_changed, dispatch_uid="claims.archive_staleness")
def on_archive_status_changed(change: ArchiveStatusChange, **_: Any) -> None:
    """Mark what rests on a campaign, in the transaction of its change."""
    if opens_a_review(change):
        mark_resting_claims(change)


def opens_a_review(change: ArchiveStatusChange) -> bool:
    """Whether a change may touch what is published: any later change, or a first look against the catalogue."""
    if change.before:
        return True
    released = change.campaign.archive_release_date
    return released is not None and released <= change.at.date() and change.after not in OPEN


def resting_versions(campaign: Campaign) -> list[VerdictVersion]:
    """The standing versions that rest on a campaign, by their evidence or by a check that names it."""
    named = [
        claim
        for claim, params in ClaimCheck.objects.values_list("claim", "params")
        if campaign.key in (params.get("campaigns") or ())
    ]
    versions = VerdictVersion.objects.filter(
        models.Q(evidence__campaign=campaign) | models.Q(claim__in=named),
        claim__current_version=models.F("pk"),
        claim__withdrawn_at=None,
    )
    return list(
        versions.select_related("claim").defer("document", "chart_subject").distinct().order_by("claim__slug")
    )


def mark_resting_claims(change: ArchiveStatusChange) -> int:
    """Mark every standing version that rests on the campaign; return how many were not marked before."""
    states = dict(ArchiveStatusChange.STATES)
    campaign = change.campaign
    before = states[change.before] if change.before else "not recorded"
    detail = f"{campaign}: the archive state went from {before} to {states[change.after]}. {change.note}"
    return sum(
        mark_stale(version, "archive_transition", detail, subject_key=campaign.key, at=change.at)
        for version in resting_versions(campaign)
    )
