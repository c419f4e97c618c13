"""The line index of TOML texts."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from claims.catalogue.lines import line_index

TEXT = '''\
# a comment = "with a key"
top = 1
many = [
  "not = a key",
  "[not a table]",
]

[[row]]
name = "one" # [[row]]
long = """
name = "inside a text"
[[row]]
"""
inline = { a = 1,
}

[row.inner]
deep = 'it''s'

[[row]]
name = "two"

[[row.piece]]
kind = 1

[[row.piece]]
kind = 2
'''


def test_it_knows_the_line_of_every_table_and_key() -> None:
    assert line_index(TEXT.replace("'it''s'", "'it'")) == {
        ("top",): 2,
        ("many",): 3,
        ("row", 0): 8,
        ("row", 0, "name"): 9,
        ("row", 0, "long"): 10,
        ("row", 0, "inline"): 14,
        ("row", 0, "inner"): 17,
        ("row", 0, "inner", "deep"): 18,
        ("row", 1): 20,
        ("row", 1, "name"): 21,
        ("row", 1, "piece", 0): 23,
        ("row", 1, "piece", 0, "kind"): 24,
        ("row", 1, "piece", 1): 26,
        ("row", 1, "piece", 1, "kind"): 27,
    }


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """Every table of an array and every key of a parsed file, inline tables left out."""
    if isinstance(value, dict):
        found = {path} if path else set()
        return found.union(*(_paths(inner, (*path, key)) for key, inner in value.items()))
    if isinstance(value, list) and value and all(isinstance(entry, dict) for entry in value):
        return set().union(*(_paths(inner, (*path, index)) for index, inner in enumerate(value)))
    return {path}


@pytest.mark.parametrize(
    "name", ["sources.toml", "measurements/3I.toml", "campaigns/3I.toml", "orbits/3I.toml"]
)
def test_it_finds_exactly_what_the_parser_finds(name: str) -> None:
    text = (Path(settings.BASE_DIR) / "data" / name).read_text()
    assert set(line_index(text)) == _paths(tomllib.loads(text))
