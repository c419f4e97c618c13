"""What a new orbit opens: a re-review of every standing verdict whose checks were computed from the old one.

It runs inside the transaction that stores the orbit, so there is no change without its mark.  The checks run
again when that is over; they mark what moved beyond its tolerance.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from kombu.exceptions import OperationalError

from claims.editing import mark_stale
from claims.live import latest_check_runs
from claims.queries import published_claims
from ephemeris.signals import orbit_changed

log = logging.getLogger(__name__)


@receiver(orbit_changed, dispatch_uid="claims.staleness")
def on_orbit_changed(designation: str, solution_id: str, previous: str, **_: Any) -> None:
    """Mark the claims about a body whose latest check runs used its previous solution."""
    transaction.on_commit(queue_checks)
    if not previous:
        return
    claims = {claim.pk: claim for claim in published_claims().filter(body__designation=designation)}
    detail = (
        f"The orbit solution of {designation} in use is {solution_id}; checks were computed from {previous}."
    )
    for key, runs in latest_check_runs(claims).items():
        used = {item["id"] for run in runs.values() for item in run.inputs if item["kind"] == "solution"}
        version = claims[key].current_version
        if f"{designation}/{previous}" in used and version is not None:
            mark_stale(version, "orbit_changed", detail, subject_key=solution_id, at=timezone.now())


def queue_checks() -> None:
    """Queue a run of all checks; without a queue it happens when a worker starts, and every night."""
    from claims.tasks import run_checks  # the physics is not loaded by every command that starts

    try:
        run_checks.apply_async(expires=3600)
    except OperationalError as error:
        log.warning("the queue is away, the checks wait for a worker or the night: %s", error)
