"""Ink: readable on its paper, and the same in the stylesheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from charts.style import PALETTE, READABLE_ROLES, SERIES, SHAPES

STYLESHEET = Path(__file__).parents[2] / "static" / "css" / "hyperbole.css"


def luminance(colour: str) -> float:
    """Relative luminance of a colour (WCAG 2.2, definition of relative luminance)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("role", READABLE_ROLES)
@pytest.mark.parametrize("paper", [0, 1], ids=["light", "dark"])
def test_text_in_a_role_can_be_read_on_its_paper_and_on_shaded_bands(role: str, paper: int) -> None:
    assert contrast(PALETTE[role][paper], PALETTE["paper"][paper]) >= 4.5
    assert contrast(PALETTE[role][paper], PALETTE["context"][paper]) >= 3.0


def test_every_species_has_a_shape_beside_its_colour() -> None:
    assert len(set(SERIES)) == len(set(SHAPES)) == len(SERIES)
    assert len({PALETTE[role][0] for role in SERIES}) == len(SERIES)


@pytest.mark.parametrize(("paper", "start"), [(0, ":root"), (1, "prefers-color-scheme: dark")])
def test_the_stylesheet_has_the_same_colours(paper: int, start: str) -> None:
    text = STYLESHEET.read_text()
    block = text[text.index(start) :]
    tokens = dict(re.findall(r"--chart-([a-z0-9]+):\s*(#[0-9a-f]{6})", block[: block.index("}")]))
    assert tokens == {role: colours[paper] for role, colours in PALETTE.items()}


def test_the_stylesheet_colours_the_groups_of_every_role() -> None:
    text = STYLESHEET.read_text()
    missing = [
        role for role in PALETTE if not re.search(rf"\.c-{role}\s*{{\s*color:\s*var\(--chart-{role}\)", text)
    ]
    assert missing == []
