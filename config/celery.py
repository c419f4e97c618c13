"""The task queue: one application, its defaults and its queues."""

import os
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import beat_init, setup_logging, worker_process_init, worker_ready
from kombu import Queue

from config.metrics import count_tasks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("hyperbole")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    # A task is acknowledged when it is done: what a killed worker held is done again, so tasks can run twice.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    task_soft_time_limit=240,
    task_time_limit=300,
    # An unacknowledged task returns to its queue after this; it must exceed the longest countdown of a retry.
    broker_transport_options={"visibility_timeout": 7200, "queue_order_strategy": "priority"},
    # SIGTERM (remapped to SIGQUIT, see the supervisor) waits this long, then puts running tasks back.
    worker_soft_shutdown_timeout=3,
    worker_max_tasks_per_child=500,
    task_serializer="json",
    result_serializer="json",
    accept_content=["json"],
    result_expires=86_400,
    task_track_started=True,
    broker_connection_retry_on_startup=True,
    # A page that queues work must not hang when the broker is away.
    task_publish_retry_policy={
        "max_retries": 2,
        "interval_start": 0.1,
        "interval_step": 0.2,
        "interval_max": 0.5,
    },
    timezone="UTC",
    # In the order in which a free worker looks at them.
    task_queues=[Queue("interactive"), Queue("refresh"), Queue("bulk")],
    task_default_queue="interactive",
    task_create_missing_queues=False,
    task_routes={
        "ephemeris.tasks.*": {"queue": "refresh"},
        "claims.tasks.watch_*": {"queue": "refresh"},
        "claims.tasks.announce_*": {"queue": "refresh"},
        "claims.tasks.nightly_*": {"queue": "bulk"},
        "claims.tasks.dump_*": {"queue": "bulk"},
        "claims.tasks.run_checks": {"queue": "bulk"},
        "claims.tasks.read_wordings": {"queue": "refresh"},
    },
)
app.autodiscover_tasks()
count_tasks()


@setup_logging.connect
def _keep_our_log(**_: Any) -> None:
    """Leave the log as settings configured it; Celery would replace it."""


def _say_ready(name: str) -> None:
    from django.conf import settings

    marks = Path(settings.VAR_DIR) / "run"
    marks.mkdir(exist_ok=True)
    (marks / f"{name}.ready").write_text(str(os.getpid()))


@worker_process_init.connect
def _give_way(**_: Any) -> None:
    """Readers come first where the processor is short: background work waits better than a person."""
    os.nice(10)


@worker_ready.connect
def _worker_is_ready(**_: Any) -> None:
    _say_ready("worker")
    # a catalogue loaded while no worker was up has changed facts; the same facts append nothing
    app.send_task("claims.tasks.run_checks", expires=3600)
    app.send_task("claims.tasks.read_wordings", expires=3600)


@beat_init.connect
def _beat_is_ready(**_: Any) -> None:
    _say_ready("beat")
