"""`manage.py verify_log`: walks the hash chain of the editorial log and names the first broken row."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.editing import first_broken_log_row
from claims.models import EditorialLog


class Command(BaseCommand):
    """Say that every row follows from the one before it, or end with the row that does not."""

    help = "Verifies the hash chain of the editorial log; ends with an error that names the first broken row."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = first_broken_log_row()
        if broken is not None:
            raise CommandError(f"the editorial log is broken: {broken[1]}")
        self.stdout.write(f"the editorial log holds: {EditorialLog.objects.count()} rows")
