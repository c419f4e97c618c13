"""Static files are collected under digests, compressed, and only those names are kept."""

import json
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.core.management import call_command


@pytest.mark.parametrize("embedded", [True, False])
def test_it_keeps_compressed_files_under_names_with_a_digest(
    settings: Any, tmp_path: Path, embedded: bool
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    script = b"export const axis = 'log';\n" * 500
    (source / "axis.js").write_bytes(script)
    settings.EMBEDDED = embedded
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "root"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "config.static.StaticStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    paths = json.loads((tmp_path / "root" / "staticfiles.json").read_text())["paths"]
    collected = tmp_path / "root" / paths["axis.js"]
    assert collected.name != "axis.js"
    assert collected.read_bytes() == script
    assert brotli.decompress((collected.parent / f"{collected.name}.br").read_bytes()) == script
    assert (collected.parent / f"{collected.name}.gz").exists()
    assert not (tmp_path / "root" / "axis.js").exists()
