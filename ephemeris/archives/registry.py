"""The archives there are: every file of this folder that exports ARCHIVE."""

from __future__ import annotations

from functools import cache

from ephemeris import archives as folder
from ephemeris.archives.contract import Archive, Question
from science.registry import by_file


@cache
def archives() -> dict[str, Archive]:
    """Every archive by its name."""
    return by_file(folder, "ARCHIVE", Archive)


@cache
def hosts() -> frozenset[str]:
    """Every host that an archive may be asked at."""
    return frozenset(host for archive in archives().values() for host in archive.hosts)


def archives_for(question: Question) -> list[Archive]:
    """The archives that a question goes to, the archive of record first."""
    taking = [archive for archive in archives().values() if archive.takes(question)]
    return sorted(taking, key=lambda archive: archive.witness)
