"""The test command fails when the house bends: shown on a copy of the code with one thing broken at a time."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.conftest import ROOT

TOOLS = Path(sys.executable).parent


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of what the checks look at."""
    copy = tmp_path_factory.mktemp("house") / "copy"
    copy.mkdir()
    for name in ("config", "claims", "ephemeris", "charts", "science", "templates", "data", "static"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("manage.py", "pyproject.toml"):
        shutil.copy(ROOT / name, copy / name)
    return copy


def run(house: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "HYPERBOLE_VAR": str(house.parent / "var"),
        "DATABASE_URL": "",
        "REDIS_URL": "",
    }
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(house)}
    return subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True)


def planted(path: Path, change: Callable[[str], str]) -> Callable[[], None]:
    """Change a file and return what undoes it."""
    before = path.read_text() if path.exists() else None
    path.write_text(change(before or ""))
    return lambda: path.write_text(before) if before is not None else path.unlink()


@pytest.mark.parametrize(
    ("command", "file", "change", "message"),
    [
        (
            ("{python}", "manage.py", "makemigrations", "--check", "--dry-run"),
            "ephemeris/models.py",
            lambda text: text + "\n\nclass Planted(models.Model):\n    pass\n",
            "Planted",
        ),
        (
            ("{tools}/lint-imports", "--no-logo", "--no-cache"),
            "science/records.py",
            lambda text: text + "\nimport ephemeris.models\n",
            "science.records -> ephemeris.models",
        ),
        (
            ("{tools}/lint-imports", "--no-logo", "--no-cache"),
            "science/records.py",
            lambda text: text + "\nimport django\n",
            "science.records -> django",
        ),
        (
            ("{tools}/djlint", "templates", "--lint", "--quiet"),
            "templates/planted.html",
            lambda text: "<div>{% if a %}</div>\n<p>{{a}}</p><img>\n",
            "planted.html",
        ),
        (
            ("{python}", "manage.py", "load_catalogue", "--check"),
            "data/claims/manhattan-sized.toml",
            lambda text: text.replace('measurement = "', 'measurement = "no-such-', 1),
            "no-such-",
        ),
    ],
    ids=[
        "missing migration",
        "import against the line",
        "Django in science",
        "broken template",
        "dangling reference",
    ],
)
def test_it_fails_the_check_that_watches_over_it(
    sound: Path, command: tuple[str, ...], file: str, change: Callable[[str], str], message: str
) -> None:
    words = [word.format(python=sys.executable, tools=TOOLS) for word in command]
    before = run(sound, *words)
    assert before.returncode == 0, before.stdout + before.stderr
    undo = planted(sound / file, change)
    try:
        after = run(sound, *words)
    finally:
        undo()
    assert after.returncode != 0
    assert message in after.stdout + after.stderr
    script = (ROOT / "tools" / "test.sh").read_text()
    assert (
        " ".join(
            word for word in command if not word.startswith("{python}") and word != "--no-cache"
        ).replace("{tools}/", "")
        in script
    ), "the test command does not run this check"
