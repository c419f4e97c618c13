"""The registries find what files export, and refuse what would be found under a wrong name."""

import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from science.registry import by_file, exported


@dataclass
class Thing:
    name: str


def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **files: str) -> ModuleType:
    """A package with these files, in which `Thing` stands."""
    package = tmp_path / "shelf"
    package.mkdir()
    for name, text in {"__init__": "", **files}.items():
        (package / f"{name}.py").write_text(f"from {__name__} import Thing\n{text}\n")
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("shelf", *(f"shelf.{name}" for name in files)):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return __import__("shelf")


def test_it_finds_what_files_export_by_the_name_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = folder(
        tmp_path, monkeypatch, second="THING = Thing('second')", first="THING = Thing('first')", empty="",
        broken="raise ImportError('it is not read')",
    )  # fmt: skip
    assert [name for name, _ in exported(shelf, "THING", leaving=("broken",))] == ["first", "second"]


@pytest.mark.parametrize("text", ["THING = Thing('another')", "THING = 'first'"])
def test_it_refuses_another_name_and_another_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    shelf = folder(tmp_path, monkeypatch, first=text)
    with pytest.raises(RuntimeError, match=r"shelf/first\.py: THING is no Thing named 'first'"):
        by_file(shelf, "THING", Thing)
