"""`manage.py load_catalogue`: the catalogue in `data/` becomes rows, or every fault of it is listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from claims.catalogue.loading import load
from claims.catalogue.problems import CatalogueRefused
from claims.catalogue.reading import read_catalogue

MOST_SHOWN = 40  # changes printed one by one


def _article(given: str) -> tuple[str, str]:
    """The source id and the text of ``SOURCE_ID=FILE``."""
    key, _, file = given.partition("=")
    if not file:
        raise CommandError(f"--article is {given!r}, expected SOURCE_ID=FILE")
    try:
        return key, Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"--article {key}: {file} cannot be read: {error.strerror}") from None


class Command(BaseCommand):
    """Validate everything first; load in one transaction, so that a fault changes nothing."""

    help = (
        "Loads the catalogue of data/ into the database; lists all faults at once and then changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="validate only, touch no database")
        parser.add_argument(
            "--article", action="append", default=[], metavar="SOURCE_ID=FILE",
            help="text of an article under review: quotations must occur in it, nothing else may be taken from it",
        )  # fmt: skip
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "data", help="default: data/")

    def handle(self, *args: Any, check: bool, folder: Path, article: list[str], **options: Any) -> None:
        try:
            catalogue = read_catalogue(folder, dict(_article(given) for given in article))
            counts = ", ".join(f"{number} {name}" for name, number in catalogue.counts().items())
            if check:
                self.stdout.write(f"catalogue is sound: {counts}")
                return
            loaded = load(catalogue, at=timezone.now(), progress=self._progress)
        except CatalogueRefused as refused:
            for problem in refused.problems:
                self.stderr.write(str(problem))
            raise CommandError(
                f"{len(refused.problems)} {'fault' if len(refused.problems) == 1 else 'faults'} in the catalogue, nothing was changed"
            ) from None
        for sentence in loaded.changes[:MOST_SHOWN]:
            self.stdout.write(f"changed: {sentence}")
        if len(loaded.changes) > MOST_SHOWN:
            self.stdout.write(f"changed: {len(loaded.changes) - MOST_SHOWN} more, all in the editorial log")
        for sentence in loaded.marked_stale:
            self.stdout.write(f"stale: {sentence}")
        if not loaded:
            self.stdout.write(f"catalogue unchanged: {counts}")
            return
        created = [f"{number} {name}s" for name, number in loaded.created.items() if number]
        created += [f"{number} claims {state.replace('_', ' ')}" for state, number in loaded.states.items()]
        self.stdout.write(
            f"catalogue loaded: {', '.join(created) or 'nothing new'}, {len(loaded.changes)} changed"
        )

    def _progress(self, what: str, done: int, total: int) -> None:
        """One line a kind; on a terminal the line of the claims counts up."""
        if done == total:
            self.stdout.write(f"  {what}s: {total}")
        elif self.stdout.isatty():
            self.stdout.write(f"  {what}s: {done} of {total}", ending="\r")
            self.stdout.flush()
