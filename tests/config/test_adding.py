"""docs/adding.md, followed to the letter in a copy of the tree: each new thing appears where people would look."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STEP = re.compile(
    r"(?:New file `(?P<new>[^`]+)`|In\s+`(?P<file>[^`]+)`,\s+(?:at the end|below\s+`(?P<line>[^`]+)`)):\s+"
    r"```python\n(?P<code>.*?)```|```sh\n(?P<commands>.*?)```",
    re.DOTALL,
)
LOOKED_FOR = """
import pytest
from django.test import Client
from tests.claims import publishing

pytestmark = pytest.mark.django_db

def test_everything_that_was_added_appears(client: Client) -> None:
    assert "light_time" in client.get("/api/v1/checks/").content.decode()
    ran = client.post("/api/v1/checks/light_time", {"distance_au": 1.0}, content_type="application/json")
    assert ran.json()["computed"]["value"] == pytest.approx(8.3168, abs=1e-3), ran.content

    row = publishing.claim("as-wide-as-a-city", chart="claimed_numbers")
    publishing.published(row)
    page = client.get("/claims/as-wide-as-a-city/").content.decode()
    assert "Claimed numbers only, as they were printed." in page

    assert '<link rel="alternate" type="text/plain' in client.get("/claims/").content.decode()
    assert "/claims/as-wide-as-a-city/" in client.get("/feed.txt").content.decode()

    assert "Nova Archive" in client.get("/status/").content.decode()
"""


def copied(folder: Path) -> Path:
    """The tree as it stands, without what is not committed or made here."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    (folder / ".venv-test").symlink_to(Path(sys.executable).parent.parent)
    return folder


def follow(page: str, tree: Path) -> str:
    """Do what a page says with a tree; return its commands."""
    commands = ""
    for step in STEP.finditer(page):
        if step["commands"]:
            commands += step["commands"]
        elif step["new"]:
            assert not (tree / step["new"]).exists(), step["new"]
            (tree / step["new"]).write_text(step["code"])
        else:
            file = tree / step["file"]
            text = file.read_text()
            if step["line"]:
                assert text.count(f"{step['line']}\n") == 1, f"{step['file']}: {step['line']}"
                text = text.replace(f"{step['line']}\n", f"{step['line']}\n{step['code']}")
            else:
                text += step["code"]
            file.write_text(text)
    return commands


@pytest.mark.once
def test_the_walk_through_adding_one_x_is_true(tmp_path: Path) -> None:
    tree = copied(tmp_path / "tree")
    page = (tree / "docs" / "adding.md").read_text()
    commands = follow(page, tree)
    assert len(re.findall("```", page)) == 2 * len(STEP.findall(page)), "a block that no step stands for"
    assert commands.count("pytest") == 4
    (tree / "tests" / "claims" / "test_added.py").write_text(LOOKED_FOR)
    # one run for all of them: each would start its own servers and load the catalogue
    chosen = re.findall(r"pytest -q (\S+)(?: -k \"?([^\"\n]+)\"?)?\n", commands)
    words = " or ".join(["added", *(word for _, word in chosen if word)])
    command = [".venv-test/bin/python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", words]
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("HYPERBOLE_", "PYTEST_", "PYTHONPATH"))
    }
    done = subprocess.run(
        [*command, *(path for path, _ in chosen), "tests/claims/test_added.py"], cwd=tree, capture_output=True, text=True,
        env={**environment, "HYPERBOLE_TEST_DATABASE": "sqlite"}, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:]
    assert "test_added" not in done.stdout
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) >= 20, done.stdout[-1000:]
