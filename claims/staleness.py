"""What a new orbit opens: a re-review of every standing verdict whose checks were computed from the old one."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from claims.editing import mark_stale
from claims.live import latest_check_runs
from claims.queries import published_claims
from ephemeris.signals import orbit_changed


@receiver(orbit_changed, dispatch_uid="claims.staleness")
def on_orbit_changed(designation: str, solution_id: str, previous: str, **_: Any) -> None:
    """Mark the claims about a body whose latest check runs used its previous solution."""
    if not previous:
        return
    claims = {claim.pk: claim for claim in published_claims().filter(body__designation=designation)}
    detail = f"The orbit solution of {designation} in use is {solution_id}; checks were computed from {previous}."
    for key, runs in latest_check_runs(claims).items():
        used = {item["id"] for run in runs.values() for item in run.inputs if item["kind"] == "solution"}
        version = claims[key].current_version
        if f"{designation}/{previous}" in used and version is not None:
            mark_stale(version, "orbit_changed", detail, subject_key=solution_id, at=timezone.now())
