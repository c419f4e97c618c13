"""Finds the checks of this folder: every module that exports ``CHECK``."""

from __future__ import annotations

from functools import cache

import science.checks as folder
from science.checks.contract import Check
from science.registry import by_file


@cache
def checks() -> dict[str, Check]:
    """Every check by name."""
    return by_file(folder, "CHECK", Check)
