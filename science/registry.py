"""What the files of a folder export under one name: the registries of checks, archives, services, watches and queues."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Collection, Iterator
from types import ModuleType
from typing import Any, Protocol, TypeVar


class Named(Protocol):
    """Something with a name."""

    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=Named)


def exported(
    folder: ModuleType, constant: str, *, leaving: Collection[str] = ()
) -> Iterator[tuple[str, Any]]:
    """Yield what each file of a folder exports.

    Parameters
    ----------
    folder : module
        A package.
    constant : str
        The name under which its files export; a file without it is passed over.
    leaving : collection of str
        Files that are not imported.

    Yields
    ------
    tuple of str and object
        The name of the file and what it exports, by the file's name.
    """
    for module in sorted(pkgutil.iter_modules(folder.__path__), key=lambda module: module.name):
        if module.name not in leaving:
            value = getattr(importlib.import_module(f"{folder.__name__}.{module.name}"), constant, None)
            if value is not None:
                yield module.name, value


def by_file(folder: ModuleType, constant: str, kind: type[T]) -> dict[str, T]:
    """Return what the files of a folder export, each of one kind and named as its file.

    Raises
    ------
    RuntimeError
        If a file exports something of another kind or name; files cannot share a name, so no two can take one.
    """
    found: dict[str, T] = {}
    for file, value in exported(folder, constant):
        if not isinstance(value, kind) or value.name != file:
            raise RuntimeError(
                f"{folder.__name__.replace('.', '/')}/{file}.py: {constant} is no {kind.__name__} named {file!r}"
            )
        found[file] = value
    return found
