"""A backup holds every row, and a restore proves it: on a database of its own, by real processes."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from config.backup import postgresql, sqlite
from config.backup.manifest import Manifest
from tests.config.backup.elsewhere import ROOT, Elsewhere
from tests.conftest import scratch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of the whole catalogue."""
    call_command("backup", str(tmp_path / "kept"))
    (folder,) = (tmp_path / "kept").iterdir()
    return folder


def test_it_restores_every_row_into_an_empty_database_and_verifies_the_log(
    backup: Path, elsewhere: Elsewhere
) -> None:
    manifest = Manifest.read(backup)
    assert manifest.tables["claims_verdictversion"].rows == 100
    assert manifest.log_rows == manifest.tables["claims_editoriallog"].rows > 100
    done = elsewhere.manage("restore", str(backup))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "every table as in the backup, guards in place" in done.stdout
    verified = elsewhere.manage("verify_log")
    assert f"the editorial log holds: {manifest.log_rows} rows" in verified.stdout
    # compared once more from here, past the command's own word
    here = sqlite.digests(sqlite_file()) if connection.vendor == "sqlite" else postgresql.digests(connection)
    if connection.vendor == "sqlite":
        there = sqlite.digests(elsewhere.file)
    else:
        copy = connection.copy(alias="default")
        copy.settings_dict = {**connection.settings_dict, "NAME": elsewhere.name}
        there = postgresql.digests(copy)
    assert there == here == manifest.tables
    refused = "UPDATE claims_editoriallog SET reason = 'changed'"
    with pytest.raises(
        (sqlite3.IntegrityError, psycopg.errors.IntegrityConstraintViolation), match="append-only"
    ):
        elsewhere.ask(refused)


def sqlite_file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def test_it_leaves_a_database_that_is_not_empty_alone_unless_told_to_replace_it(
    backup: Path, elsewhere: Elsewhere
) -> None:
    assert elsewhere.manage("restore", str(backup)).returncode == 0
    elsewhere.ask("UPDATE auth_user SET first_name = 'somebody else'")
    again = elsewhere.manage("restore", str(backup))
    assert again.returncode == 1
    assert "the database here is not empty; --replace would throw away all that is in it" in again.stderr
    assert elsewhere.ask("SELECT DISTINCT first_name FROM auth_user") == [("somebody else",)]
    replaced = elsewhere.manage("restore", str(backup), "--replace")
    assert replaced.returncode == 0, replaced.stderr
    assert elsewhere.ask("SELECT DISTINCT first_name FROM auth_user") != [("somebody else",)]


def test_it_refuses_a_damaged_copy_and_another_kind_of_database(backup: Path, tmp_path: Path) -> None:
    copy = backup / Manifest.read(backup).file
    whole = copy.read_bytes()
    copy.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    with pytest.raises(CommandError, match="the copy is damaged"):
        call_command("restore", str(backup))
    copy.write_bytes(whole)
    manifest = json.loads((backup / "manifest.json").read_text())
    other = tmp_path / "other"
    shutil.copytree(backup, other)
    (other / "manifest.json").write_text(json.dumps({**manifest, "vendor": "oracle"}))
    with pytest.raises(CommandError, match=f"is of oracle, but the database here is {connection.vendor}"):
        call_command("restore", str(other))
    (other / "manifest.json").write_text(json.dumps({**manifest, "file": "../kept"}))
    with pytest.raises(CommandError, match="the copy that the manifest names is not there"):
        call_command("restore", str(other))
    with pytest.raises(CommandError, match=r"expected a folder made by `manage.py backup`"):
        call_command("restore", str(tmp_path))


def test_it_says_which_table_is_not_as_it_was(backup: Path, elsewhere: Elsewhere) -> None:
    manifest = json.loads((backup / "manifest.json").read_text())
    manifest["tables"]["auth_user"]["rows"] += 1
    manifest["tables"]["claims_source"]["sha256"] = "0" * 64
    (backup / "manifest.json").write_text(json.dumps(manifest))
    done = elsewhere.manage("restore", str(backup))
    assert done.returncode == 1
    rows = manifest["tables"]["auth_user"]["rows"]
    assert f"restored rows differ: auth_user: {rows - 1} rows, expected {rows}" in done.stderr
    assert "restored rows differ: claims_source: " in done.stderr
    assert "with other contents" in done.stderr


def test_it_keeps_a_backup_to_whoever_runs_the_site(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    assert (backup / Manifest.read(backup).file).stat().st_mode & 0o077 == 0
    secret = settings.SECRET_KEY.encode()
    assert not any(secret in path.read_bytes() for path in backup.iterdir())


def test_it_is_of_one_moment_while_somebody_writes(tmp_path: Path) -> None:
    """Rows that are added in pairs are in the copy in pairs."""
    program = (
        "import django; django.setup()\n"
        "from django.contrib.auth.models import User\n"
        "from django.db import transaction\n"
        "print('writing', flush=True)\n"
        "for number in range(100000):\n"
        "    with transaction.atomic():\n"
        "        for side in 'ab': User.objects.create(username=f'pair-{number}-{side}')\n"
    )
    url = f"sqlite:///{sqlite_file()}"
    if connection.vendor == "postgresql":
        url = f"postgresql://hyperbole@/{connection.settings_dict['NAME']}?host={scratch() / 'postgresql'}"
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    writer = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, stdout=subprocess.PIPE
    )
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        call_command("backup", str(tmp_path / "kept"))
    finally:
        writer.kill()
        writer.communicate()
    (folder,) = (tmp_path / "kept").iterdir()
    from django.contrib.auth.models import User

    pairs = (
        Manifest.read(folder).tables["auth_user"].rows
        - User.objects.exclude(username__startswith="pair-").count()
    )
    assert pairs % 2 == 0
    assert User.objects.filter(username__startswith="pair-").count() >= pairs
