"""Run the checks of claims, append runs and mark what they make stale."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.checking import run_all_checks
from claims.models import Claim


class Command(BaseCommand):
    help = "Run the checks of every published claim, or of one; append runs that changed, mark stale."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--claim", metavar="SLUG", help="only this claim")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = None
        if options["claim"]:
            chosen = list(
                Claim.objects.filter(slug=options["claim"])
                .select_related("body", "current_version")
                .prefetch_related("checks", "asserted")
            )
            if not chosen:
                raise CommandError(f"no claim {options['claim']!r} is on record")
        counts = run_all_checks(timezone.now(), claims=chosen)
        self.stdout.write(f"{counts['claims']} claims checked, {counts['appended']} runs appended")
