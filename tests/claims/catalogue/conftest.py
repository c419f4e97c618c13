"""A copy of the real catalogue that a test may change."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(settings.BASE_DIR / "data", tmp_path / "data"))
