"""On which line of a TOML text each table and key stands; tomllib itself does not tell."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+))*)\s*=""")
_PIECE = re.compile(
    r'"""(?:\\.|(?!""").)*"""|\'\'\'(?:(?!\'\'\').)*\'\'\'|"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*|[\[\]{}]'
)


def line_index(text: str) -> dict[Path, int]:
    """The line, counted from 1, of every table and key: ``("measurement", 3, "value")``.

    The second and later tables of an array are counted from 0 like a list.  Keys of inline tables have
    no entry of their own: ask for the key that holds the table.
    """
    lines: dict[Path, int] = {}
    arrays: dict[Path, int] = {}
    table: Path = ()
    quote, depth = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        rest = line
        if quote:
            _, closed, rest = line.partition(quote)
            if not closed:
                continue
            quote = ""
        elif depth == 0:
            if header := _HEADER.match(line):
                table = _table(header[1] == "[[", _parts(header[2]), arrays)
                lines.setdefault(table, number)
                continue
            if key := _KEY.match(line):
                lines.setdefault((*table, *_parts(key[1])), number)
                rest = line[key.end() :]
        quote, depth = _left_open(rest, depth)
    return lines


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _table(is_array: bool, parts: tuple[str, ...], arrays: dict[Path, int]) -> Path:
    """The path of a header, with the number of the array's table that stands last."""
    path: Path = ()
    for position, part in enumerate(parts):
        path = (*path, part)
        if is_array and position == len(parts) - 1:
            arrays[path] = arrays.get(path, -1) + 1
        if path in arrays:
            path = (*path, arrays[path])
    return path


def _left_open(rest: str, depth: int) -> tuple[str, int]:
    """The multi-line quote and the number of brackets that a line leaves open."""
    for piece in _PIECE.findall(rest):
        if piece in ('"""', "'''"):
            return piece, depth
        if piece in "[{":
            depth += 1
        elif piece in "]}":
            depth -= 1
    return "", depth
