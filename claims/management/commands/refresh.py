"""Ask remote services again: queue the tasks that beat queues, or run them here and show how far they are."""

from __future__ import annotations

import secrets
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from kombu.exceptions import OperationalError

from claims.tasks import watch_sources
from claims.watching import looking, questions
from ephemeris import polling, refreshing, remote, schedule_of_polls
from ephemeris.models import SmallBody
from ephemeris.tasks import poll_archives, refresh_services

BAR = 24
LONGEST_S = 900.0  # of one piece of work with all its waiting


@dataclass(frozen=True, slots=True)
class Target:
    """What can be refreshed: how it is queued, and the pieces it has when it is run here."""

    queue: Callable[[str], Any]
    pieces: Callable[[str], Iterator[tuple[str, Callable[[], str]]]]


def orbit_pieces(body: str) -> Iterator[tuple[str, Callable[[], str]]]:
    """A refresh a service and subject, each waited for to its end."""
    for service, subject in refreshing.due(body=body):
        yield f"{service} of {subject}", lambda service=service, subject=subject: _refreshed(service, subject)  # type: ignore[misc]


def _refreshed(service: str, subject: str) -> str:
    run, attempt, began = secrets.token_hex(16), 0, time.monotonic()
    while True:
        ended = refreshing.refresh(
            service, subject, run=run, attempt=attempt, now=timezone.now(), by=remote.reach(), anew=True
        )
        # somebody waits here: a service that does not answer is left to the workers
        if ended.kind != "wait" or time.monotonic() - began + ended.wait_s > LONGEST_S:
            return f"{ended.refresh.outcome if ended.refresh else ended.kind}: {ended.why}"
        time.sleep(ended.wait_s)


def poll_pieces(body: str) -> Iterator[tuple[str, Callable[[], str]]]:
    """A poll an archive and campaign, each waited for to its end."""
    for one in schedule_of_polls.due(timezone.now(), body=body, everything=True):
        yield f"{one.archive}, {one.subject}", lambda one=one: _polled(one.subject, one.archive)  # type: ignore[misc]


def _polled(subject: str, archive: str) -> str:
    run, began = polling.run_id(secrets.token_hex(16), subject, archive), time.monotonic()
    while True:
        done = polling.step(subject, archive, run, 0, now=timezone.now(), by=polling.reach())
        if done.kind != "continue" or time.monotonic() - began + done.wait_s > LONGEST_S:
            row = done.stored.poll if done.stored else None
            return (
                f"{row.outcome}: {row.message or f'{row.row_count} rows'}"
                if row
                else f"{done.kind}: {done.why}"
            )
        time.sleep(done.wait_s)


def source_pieces(body: str) -> Iterator[tuple[str, Callable[[], str]]]:
    """A look a source and watch, each waited for to its end."""
    for one in questions.due(timezone.now(), body=body, everything=True):
        yield f"{one.watch} of {one.source}", lambda one=one: _looked(one.source, one.watch)  # type: ignore[misc]


def _looked(source: str, watch: str) -> str:
    run, began = secrets.token_hex(16), time.monotonic()
    while True:
        ended = looking.look(source, watch, run=run, attempt=0, now=timezone.now(), by=looking.reach())
        # somebody waits here: a site that does not answer is left to the workers
        if ended.kind != "wait" or time.monotonic() - began + ended.wait_s > LONGEST_S:
            row = ended.check
            return f"{(row.state or row.outcome) if row else ended.kind}: {ended.why}"
        time.sleep(ended.wait_s)


TARGETS = {
    "ephemeris": Target(lambda body: refresh_services.delay(body=body, anew=True), orbit_pieces),
    "archives": Target(lambda body: poll_archives.delay(body=body, everything=True), poll_pieces),
    "sources": Target(lambda body: watch_sources.delay(body=body, everything=True), source_pieces),
}


class Command(BaseCommand):
    help = "Ask remote services again: orbits and ephemerides, archives, sources, or all of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "target", nargs="?", choices=list(TARGETS), help="what to refresh; all without it"
        )
        parser.add_argument("--object", metavar="3I", default="", help="only this object")
        parser.add_argument("--wait", action="store_true", help="run it here and show how far it is")

    def handle(self, *args: Any, **options: Any) -> None:
        body = options["object"]
        if body and not SmallBody.objects.filter(designation=body).exists():
            known = ", ".join(SmallBody.objects.values_list("designation", flat=True)) or "none"
            raise CommandError(f"no object {body!r} is on record, there are: {known}")
        names = [options["target"]] if options["target"] else list(TARGETS)
        for name in names:
            if options["wait"]:
                self._run(name, list(TARGETS[name].pieces(body)))
            else:
                self._queue(name, body)

    def _queue(self, name: str, body: str) -> None:
        try:
            TARGETS[name].queue(body)
        except OperationalError as error:
            raise CommandError(
                f"{name}: the queue does not answer ({error}); --wait runs it without"
            ) from error
        self.stdout.write(f"{name}: queued; /status/ shows what comes of it")

    def _run(self, name: str, pieces: list[tuple[str, Callable[[], str]]]) -> None:
        for number, (what, work) in enumerate(pieces, 1):
            done = BAR * (number - 1) // len(pieces)
            self.stdout.write(
                f"{name} [{'#' * done}{'.' * (BAR - done)}] {number}/{len(pieces)} {what} … ", ending=""
            )
            self.stdout.flush()
            self.stdout.write(work())
        self.stdout.write(f"{name} [{'#' * BAR}] {len(pieces)} done")
