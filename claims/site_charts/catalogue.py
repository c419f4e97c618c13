"""The day up to which charts of transcribed rows go."""

from __future__ import annotations

from claims.queries import latest_load


def day_of_load() -> str:
    """The ISO day on which the catalogue was last loaded; empty before the first time."""
    loaded = latest_load()
    return loaded.date().isoformat() if loaded else ""
