"""The vendored bundles are the ones that were checked."""

from __future__ import annotations

import hashlib
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "static" / "vendor" / "plotly"


def test_the_bundles_have_their_checksums() -> None:
    lines = [line.split() for line in (FOLDER / "SHA256SUMS").read_text().splitlines()]
    assert {name for _, name in lines} == {"plotly-cartesian.min.js", "plotly-gl3d.min.js", "LICENSE"}
    assert [
        name for digest, name in lines if hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() != digest
    ] == []


def test_the_licence_is_kept_and_the_version_is_named_once() -> None:
    assert "MIT License" in (FOLDER / "LICENSE").read_text()
    head = (FOLDER / "plotly-cartesian.min.js").read_text()[:200]
    version = head.split(" v")[1].split()[0]
    assert f"Plotly.js {version}" in (FOLDER / "README.md").read_text()
