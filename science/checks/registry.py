"""Finds the checks of this folder: every module that exports ``CHECK``."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import science.checks as folder
from science.checks.contract import Check


@cache
def checks() -> dict[str, Check]:
    """Every check by name; two files with one name are an error."""
    found: dict[str, Check] = {}
    for module in sorted(pkgutil.iter_modules(folder.__path__), key=lambda module: module.name):
        check = getattr(importlib.import_module(f"{folder.__name__}.{module.name}"), "CHECK", None)
        if check is None:
            continue
        if check.name in found or check.name != module.name:
            raise RuntimeError(
                f"science/checks/{module.name}.py: check name {check.name!r} is taken or differs from the file"
            )
        found[check.name] = check
    return found
