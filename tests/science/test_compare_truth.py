"""The command that compares us with whole Horizons tables, on the small ones we may carry."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
AUTHORITIES = Path(__file__).parent / "authorities"


def _run(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "tools/compare_truth.py"],
        cwd=ROOT,
        env={**os.environ, "HYPERBOLE_TRUTH": str(folder)},
        capture_output=True,
        text=True,
    )


def _table(folder: Path, name: str, authority: str, old: str = "", new: str = "") -> None:
    lines = (AUTHORITIES / authority).read_text("utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#")) + "\n"
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")
    (folder / f"{name}.source.json").write_text(json.dumps({"center": "500@399"}), "utf-8")


def test_true_tables_pass(tmp_path: Path) -> None:
    _table(tmp_path, "3I_jpl44_observer_a.csv", "horizons_3i_jpl44_geocentre.csv")
    _table(tmp_path, "3I_jpl26_observer_b.csv", "horizons_3i_jpl26_geocentre.csv")
    _table(tmp_path, "3I_jpl27_heliocentric_km.csv", "horizons_3i_jpl27_vectors.csv")
    _table(tmp_path, "1I_vectors_au_6dp.csv", "horizons_1i_vectors_2026_07.csv")
    done = _run(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "16 comparisons, 0 beyond their limit" in done.stdout


def test_a_range_that_is_a_kilometre_off_is_named(tmp_path: Path) -> None:
    # 1 km is 6.7e-9 au
    _table(
        tmp_path,
        "3I_jpl44_observer_a.csv",
        "horizons_3i_jpl44_geocentre.csv",
        "1.80874153350944",
        "1.80874154020000",
    )
    done = _run(tmp_path)
    assert done.returncode == 1
    assert [line.split()[1] for line in done.stdout.splitlines() if "EXCEEDED" in line] == ["range"]


def test_an_empty_folder_is_no_agreement(tmp_path: Path) -> None:
    assert _run(tmp_path).returncode == 1
