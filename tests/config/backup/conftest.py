"""The second machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.backup.elsewhere import Elsewhere


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    there = Elsewhere(tmp_path)
    there.server(f"CREATE DATABASE {there.name}")
    yield there
    there.server(f"DROP DATABASE {there.name} WITH (FORCE)")
