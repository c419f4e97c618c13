"""A catalogue with ten planted faults: all ten are listed, nothing changes, the exit is not zero."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from tests.claims.catalogue.small import edit

# (file, text that stands there once, the fault, what is said about it)
PLANTED = [
    ("sources.toml", 'arxiv = "2507.02757"', 'arxiv = "2507.02757x"', "source 2025ApJ...989L..36S: arxiv '2507.02757x' is not an arXiv number"),
    ("objects/2I.toml", 'discovery_precision = "', 'discovery_precison = "', "unknown field discovery_precison; was discovery_precision meant?"),
    ("measurements/3I.toml", 'id = "3i-discovery-telescope"', 'id = "3i-discovery-2025-07-01"', "is there twice"),
    ("measurements/3I.toml", 'value = 3.0\nlimit = "value"\nunit = ""\nas_printed = "third"', 'value = "third"\nlimit = "value"\nunit = ""\nas_printed = "third"', "value is 'third', expected a finite number"),
    ("campaigns/3I.toml", 'instrument = "ZTF camera"\nobserved_from = 2025-05-22', 'instrument = "ZTF camera"\nobserved_from = 2025-07-22', "observed_from 2025-07-22 lies after observed_to 2025-06-29"),
    ("orbits/1I.toml", "NK = 2.6\n", "", "orbit solution 1I/fit-2026-07: NK is missing"),
    ("claims/knocked-out-maven.toml", 'measurement = "maven-loss-2025-12-06"', 'measurement = "maven-lost"', "claim knocked-out-maven: evidence measurement 'maven-lost' does not exist"),
    ("claims/will-hit-earth.toml", 'verdict = "contradicted"', 'verdict = "contradictory"', "verdict 'contradictory' is not one of"),
    ("claims/manhattan-sized.toml", 'topic = "size-mass"', 'topic = "size-mas"', "was size-mass meant?"),
    ("claims/borisov-shattered.toml", "next_review = 2027", "next_review = 2037", "days after the cut-off, expected 90 (live claims) or 365 (settled ones)"),
]  # fmt: skip


@pytest.fixture
def faulty(data: Path) -> tuple[Path, list[str]]:
    """The folder, and for each fault the start of the line that tells it."""
    places = [f"data/{name}:{edit(data, name, old, new)}" for name, old, new, _ in PLANTED]
    return data, places


def _everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of the record."""
    rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith(("claims_", "ephemeris_", "auth_user")) and "search" not in table:
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
                rows[table] = cursor.fetchall()
    return rows


@pytest.mark.django_db
def test_all_ten_are_listed_and_nothing_changes(faulty: tuple[Path, list[str]]) -> None:
    folder, places = faulty
    before, told, said = _everything(), io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="faults in the catalogue, nothing was changed"):
        call_command("load_catalogue", folder=folder, stdout=said, stderr=told, skip_checks=True)
    lines = told.getvalue().splitlines()
    for (_, _, _, expected), place in zip(PLANTED, places, strict=True):
        assert any(expected in line for line in lines), f"nothing is said about {expected}"
        file = place.partition(":")[0]
        assert any(line.startswith(f"{file}:") and expected in line for line in lines), place
    assert said.getvalue() == ""
    assert _everything() == before


@pytest.mark.parametrize("check", [["--check"], []])
def test_the_exit_is_not_zero(faulty: tuple[Path, list[str]], check: list[str], tmp_path: Path) -> None:
    """As a shell sees it: the process, its output and its exit status."""
    environment = {
        **os.environ, "HYPERBOLE_VAR": str(tmp_path / "var"), "DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "manage.py", "load_catalogue", *check, "--folder", str(faulty[0]), "--skip-checks"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert [expected for *_, expected in PLANTED if expected not in done.stderr] == []
    assert done.stdout == ""


def test_a_sound_catalogue_passes_the_check_without_a_database(data: Path) -> None:
    said = io.StringIO()
    call_command("load_catalogue", check=True, folder=data, stdout=said, skip_checks=True)
    assert "catalogue is sound" in said.getvalue()
    assert "100 claims" in said.getvalue()
