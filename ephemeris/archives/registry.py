"""The archives there are: every file of this folder that exports ARCHIVE."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from ephemeris import archives as folder
from ephemeris.archives.contract import Archive, Question


@cache
def archives() -> dict[str, Archive]:
    """Every archive by its name."""
    found: dict[str, Archive] = {}
    for module in sorted(pkgutil.iter_modules(folder.__path__), key=lambda module: module.name):
        archive = getattr(importlib.import_module(f"{folder.__name__}.{module.name}"), "ARCHIVE", None)
        if archive is None:
            continue
        if archive.name in found or archive.name != module.name:
            raise RuntimeError(
                f"ephemeris/archives/{module.name}.py: name {archive.name!r} is taken or differs from the file"
            )
        found[archive.name] = archive
    return found


@cache
def hosts() -> frozenset[str]:
    """Every host that an archive may be asked at."""
    return frozenset(host for archive in archives().values() for host in archive.hosts)


def archives_for(question: Question) -> list[Archive]:
    """The archives that a question goes to, the archive of record first."""
    taking = [archive for archive in archives().values() if archive.takes(question)]
    return sorted(taking, key=lambda archive: archive.witness)
