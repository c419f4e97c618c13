"""Background work on the record; each task is short, can run twice, and changes no verdict."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from claims.bulk import store
from claims.checking import run_all_checks
from claims.integrity import look
from claims.models import IntegrityRun


@shared_task(name="claims.tasks.nightly_integrity")
def nightly_integrity() -> dict[str, Any]:
    """Look whether catalogue, log, guards and frozen documents hold; mark reviews that are due."""
    started_at = timezone.now()
    seen = look(settings.BASE_DIR / "data", at=started_at)
    run = IntegrityRun.objects.create(
        started_at=started_at,
        finished_at=timezone.now(),
        sound=seen.sound,
        findings=seen.findings,
        counts=seen.counts,
    )
    return {"run": run.pk, "sound": seen.sound, "findings": len(seen.findings)}


@shared_task(name="claims.tasks.run_checks")
def run_checks() -> dict[str, int]:
    """Run the checks of every published claim; the same facts append nothing."""
    return run_all_checks(timezone.now())


@shared_task(name="claims.tasks.dump_open_data")
def dump_open_data() -> dict[str, Any]:
    """Write the bulk package of the public record anew."""
    told = store.renew()
    return {"sha256": told["sha256"], "rows": told["rows"], "left_out": told["left_out"]}
