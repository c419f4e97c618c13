"""`manage.py backup`: a complete, verified copy of the database, while the site runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.backup.doing import make
from config.backup.manifest import BackupRefused


class Command(BaseCommand):
    """Copy the database into a new folder with a digest of every table."""

    help = "Writes a verified backup of the database into a new folder, while the site runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "parent",
            nargs="?",
            type=Path,
            help="where the folder is made; default: backups/ in the state folder",
        )

    def handle(self, *args: Any, parent: Path | None, **options: Any) -> None:
        try:
            folder, manifest = make(parent or Path(settings.VAR_DIR) / "backups", at=timezone.now())
        except (BackupRefused, OSError) as error:
            raise CommandError(str(error)) from None
        rows = sum(table.rows for table in manifest.tables.values())
        size = (folder / manifest.file).stat().st_size
        self.stdout.write(
            f"{folder}: {len(manifest.tables)} tables, {rows} rows, {size / 1e6:.1f} MB, "
            f"editorial log of {manifest.log_rows} rows"
        )
