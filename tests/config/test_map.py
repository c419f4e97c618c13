"""The map of docs/architecture.md is the code as it stands."""

import re

import pytest

from tools import map as drawing


def main_lines(picture: str) -> list[str]:
    """Rooms, folders, their sentences and the arrows; which rooms a single folder uses may lag behind a change."""
    return [line for line in re.findall(r"<[^>]*>[^<]*", picture) if 'class="uses"' not in line]


@pytest.mark.once
def test_it_is_current_and_no_room_imports_one_above_it() -> None:
    picture = drawing.drawn()
    assert main_lines(drawing.DRAWN.read_text()) == main_lines(picture), "draw it again: python3 tools/map.py"
    assert picture.count('class="down"') >= 5
    assert 'class="up"' not in picture


@pytest.mark.once
def test_every_folder_says_what_it_holds() -> None:
    assert not [folder for folder in drawing.imports() if not drawing.sentence(folder)]
