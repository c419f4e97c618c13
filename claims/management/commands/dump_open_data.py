"""`manage.py dump_open_data DIR`: the whole public record as a Data Package."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from claims.bulk.package import ARCHIVE, write_package


class Command(BaseCommand):
    """Write the package and say what is in it."""

    help = "Writes the whole public record into a folder as CSV files, datapackage.json and hyperbole.zip."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        descriptor = write_package(
            folder, progress=lambda name, rows: self.stdout.write(f"  {name}: {rows} rows")
        )
        missing = ", ".join(f"{number} {name}" for name, number in descriptor["left_out"].items())
        self.stdout.write(f"left out because their source allows no commercial use: {missing}")
        self.stdout.write(f"written: {folder / ARCHIVE}")
