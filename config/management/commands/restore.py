"""`manage.py restore FOLDER`: put a backup back, compare every row, walk the editorial log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from config.backup.doing import put_back
from config.backup.manifest import BackupRefused
from config.runlock import AlreadyRunning, RunLock


class Command(BaseCommand):
    """Restore the database and prove it; a database that is not empty is left alone unless told otherwise."""

    help = "Restores a backup into an empty database, compares every row, and verifies the editorial log."
    requires_system_checks = []  # before a restore there may be no table to check

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder made by `manage.py backup`")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="throw away what is in the database here; there is no way back",
        )

    def handle(self, *args: Any, folder: Path, replace: bool, **options: Any) -> None:
        lock = RunLock(Path(settings.VAR_DIR) / "run" / "lock")
        try:
            lock.take(patience_s=0)  # a running site would go on writing to the file that was replaced
        except AlreadyRunning as error:
            raise CommandError(f"stop the site first: {error}") from None
        try:
            manifest, findings = put_back(folder, replace=replace)
        except (BackupRefused, OSError) as error:
            raise CommandError(str(error)) from None
        finally:
            lock.release()
            connection.close()
        if findings:
            raise CommandError("the restored database does not hold:\n  " + "\n  ".join(findings))
        rows = sum(table.rows for table in manifest.tables.values())
        self.stdout.write(
            f"restored {rows} rows of {manifest.made_at}: every table as in the backup, guards in place, "
            f"editorial log of {manifest.log_rows} rows verified"
        )
