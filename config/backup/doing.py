"""Make a backup, and put one back: the same steps on both databases."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from claims.database import missing_guards
from claims.editing import first_broken_log_row
from claims.models import EditorialLog
from config.backup import postgresql, sqlite
from config.backup.manifest import BackupRefused, Manifest, Table, sha256_of


def make(parent: Path, *, at: datetime) -> tuple[Path, Manifest]:
    """Write a backup into a new folder below ``parent``; it has its name only when it is complete."""
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = parent / f"hyperbole-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if folder.exists():
        raise BackupRefused(f"{folder} is there already")
    aside = parent / f".{folder.name}.{os.getpid()}"
    aside.mkdir(mode=0o700)  # accounts and unpublished drafts are in it
    try:
        if connection.vendor == "sqlite":
            file = aside / sqlite.COPY
            sqlite.copy(_sqlite_file(), file)
            tables = sqlite.digests(file)
        else:
            file = aside / postgresql.COPY
            tables = postgresql.copy(connection, file)
        file.chmod(0o600)
        log_rows, log_head = _log_of(tables, file)
        manifest = Manifest(
            vendor=connection.vendor,
            made_at=at.astimezone(UTC).isoformat(timespec="seconds"),
            file=file.name,
            file_sha256=sha256_of(file),
            log_rows=log_rows,
            log_head=log_head,
            migrations=_newest_migrations(),
            tables=tables,
        )
        manifest.write(aside)
        Manifest.read(aside)  # as a restore will
        aside.rename(folder)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return folder, manifest


def put_back(folder: Path, *, replace: bool) -> tuple[Manifest, list[str]]:
    """Restore a backup; return its manifest and what does not hold afterwards.

    Before anything is touched the copy is compared with its manifest.  Afterwards every table is compared with
    the manifest, the database is migrated to this code (which also installs the guards), and the log is walked.
    """
    manifest = Manifest.read(folder)
    if manifest.vendor != connection.vendor:
        raise BackupRefused(f"{folder} is of {manifest.vendor}, but the database here is {connection.vendor}")
    if manifest.vendor == "sqlite":
        target = _sqlite_file()
        empty = sqlite.is_empty(target)
    else:
        empty = postgresql.is_empty(connection)
    if not empty and not replace:
        raise BackupRefused("the database here is not empty; --replace would throw away all that is in it")
    connections.close_all()
    if manifest.vendor == "sqlite":
        sqlite.place(folder / manifest.file, target)
        found = sqlite.digests(target)
    else:
        postgresql.place(connection, folder / manifest.file)
        found = postgresql.digests(connection)
    findings = [f"restored rows differ: {sentence}" for sentence in manifest.differences(found)]
    call_command("migrate", verbosity=0)
    cache.clear()  # kept answers are of a record that is gone
    return manifest, findings + _after(manifest)


def _after(manifest: Manifest) -> list[str]:
    findings = []
    if (broken := first_broken_log_row()) is not None:
        findings.append(f"the editorial log is broken: {broken[1]}")
    if manifest.log_head and not EditorialLog.objects.filter(row_hash=manifest.log_head).exists():
        findings.append(f"the editorial log does not reach the row {manifest.log_head[:12]}… of the backup")
    if (rows := EditorialLog.objects.count()) < manifest.log_rows:
        findings.append(f"the editorial log has {rows} rows, expected {manifest.log_rows}")
    return findings + [f"the trigger {name} is missing" for name in missing_guards(connection)]


def _sqlite_file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _log_of(tables: dict[str, Table], file: Path) -> tuple[int, str]:
    """The count and the last hash of the editorial log at the moment of the copy."""
    log = tables.get("claims_editoriallog")
    if log is None:
        return 0, ""
    if connection.vendor == "sqlite":
        with sqlite.reading(file) as copied:
            last = copied.execute(
                "SELECT row_hash FROM claims_editoriallog ORDER BY id DESC LIMIT 1"
            ).fetchone()
            return log.rows, last[0] if last else ""
    # the log only grows, so the row that was last at the moment of the copy is the one with that many before it
    hashes = EditorialLog.objects.order_by("pk").values_list("row_hash", flat=True)
    return log.rows, hashes[log.rows - 1] if log.rows else ""


def _newest_migrations() -> dict[str, str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return dict(sorted(applied))  # the last of each application stays
