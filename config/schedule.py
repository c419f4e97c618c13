"""The periodic jobs, one line each: what, when, and how long a missed run is still worth doing."""

from datetime import timedelta
from typing import Any

from celery.schedules import crontab


def job(task: str, schedule: crontab | timedelta, *, expires: timedelta, **kwargs: Any) -> dict[str, Any]:
    """Return one entry of beat; after `expires` a run that nobody fetched is dropped, not piled up."""
    return {
        "task": task,
        "schedule": schedule,
        "kwargs": kwargs,
        "options": {"expires": expires.total_seconds()},
    }


# Times are UTC.  The name is what the status page prints.
SCHEDULE: dict[str, dict[str, Any]] = {
    "nightly integrity": job(
        "claims.tasks.nightly_integrity", crontab(hour=3, minute=17), expires=timedelta(hours=6)
    ),
    "checks of every claim": job(
        "claims.tasks.run_checks", crontab(hour=4, minute=9), expires=timedelta(hours=6)
    ),
}
