"""The site's own copy of the package: where it lies, whether it is of today's record, and who renews it."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.core.cache import cache

from claims.bulk.package import ARCHIVE, Progress, write_package
from claims.generation import generation

NOTE = "hyperbole.json"
# a package that is written within this time is renewed for whoever asks for it; a longer one by the worker
QUICK_S = 5.0
LOCK_S = 120


def folder() -> Path:
    return Path(settings.VAR_DIR) / "data"


def note() -> dict[str, Any] | None:
    """What is known of the stored package: generation, digest, seconds it took; None before the first."""
    try:
        found: dict[str, Any] = orjson.loads((folder() / NOTE).read_bytes())
    except FileNotFoundError:
        return None
    return found if (folder() / ARCHIVE).exists() else None


def renew(progress: Progress = lambda name, rows: None) -> dict[str, Any]:
    """Write the package anew and note what it is of."""
    began, of = time.monotonic(), generation()
    descriptor = write_package(folder(), progress=progress)
    told = {
        "generation": of,
        "sha256": hashlib.sha256((folder() / ARCHIVE).read_bytes()).hexdigest(),
        "seconds": round(time.monotonic() - began, 3),
        "created": descriptor.get("created"),
        "rows": {one["name"]: one["rows"] for one in descriptor["resources"]},
        "left_out": descriptor["left_out"],
    }
    aside = folder() / f".{NOTE}"
    aside.write_bytes(orjson.dumps(told))
    aside.replace(folder() / NOTE)
    return told


def current() -> dict[str, Any] | None:
    """The stored package, renewed first if that is quick; None while another process writes the first one."""
    kept = note()
    if kept is not None and kept["generation"] == generation():
        return kept
    if kept is not None and kept["seconds"] > QUICK_S:
        _ask_worker()
        return kept
    if not cache.add("dump:lock", 1, LOCK_S) and cache.get("dump:lock"):
        return kept
    try:
        return renew()
    finally:
        cache.delete("dump:lock")


def _ask_worker() -> None:
    from claims.tasks import dump_open_data

    if cache.add("dump:asked", 1, 600):
        dump_open_data.delay()
