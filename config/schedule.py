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
    # a new solution of an object that is still observed may come any day; of the others hardly ever
    "orbits of observed objects": job(
        "ephemeris.tasks.refresh_services", crontab(hour=5, minute=23), expires=timedelta(hours=12), live=True
    ),
    "orbits of the other objects, path of JWST": job(
        "ephemeris.tasks.refresh_services",
        crontab(day_of_week="tue", hour=6, minute=37),
        expires=timedelta(days=2),
        live=False,
    ),
    # some time into the hour, never at midnight; each poll has its own place in the three quarters after that
    "archives": job(
        "ephemeris.tasks.poll_archives", crontab(hour="1-23", minute=11), expires=timedelta(minutes=50)
    ),
    "releases by the clock": job(
        "ephemeris.tasks.follow_clock", crontab(minute=41), expires=timedelta(minutes=50)
    ),
    # every source weekly, a dozen looks an hour, each at its own place in it
    "sources": job("claims.tasks.watch_sources", crontab(minute=26), expires=timedelta(minutes=50)),
    # before each hour begins, so that its first reader finds it
    "where each object is": job(
        "claims.tasks.place_objects", crontab(minute=53), expires=timedelta(minutes=20)
    ),
    # nothing to do unless something was published since
    "wordings for the article checker": job(
        "claims.tasks.read_wordings", timedelta(minutes=2), expires=timedelta(minutes=2)
    ),
    "bulk package of the record": job(
        "claims.tasks.dump_open_data", crontab(hour=4, minute=41), expires=timedelta(hours=6)
    ),
    # a letter that is half a day late is tomorrow's
    "daily letter of the desk": job(
        "claims.tasks.send_digest", crontab(hour=6, minute=5), expires=timedelta(hours=12)
    ),
}
