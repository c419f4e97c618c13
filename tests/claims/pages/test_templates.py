"""What every template and the stylesheet keep to, so that one careless line does not go unnoticed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from charts.style import PALETTE
from claims.scales import VERDICTS

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted(
    path for path in (ROOT / "templates").rglob("*.html") if "admin" not in path.relative_to(ROOT).parts
)
CSS = (ROOT / "static/css/hyperbole.css").read_text()


def tokens(scheme: str) -> dict[str, str]:
    """The custom properties of the light or the dark sheet."""
    light, dark = re.findall(r":root \{(.*?)\n\s*\}", CSS, re.S)[:2]
    block = light if scheme == "light" else dark
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_it_has_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 25


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_it_marks_nothing_safe_and_computes_nothing_in_a_template(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq", text)
    assert not re.search(r"\|\s*add:|widthratio|\|\s*divisibleby|\|\s*floatformat", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_it_has_no_inline_script_handler_or_style_element(path: Path) -> None:
    text = path.read_text()
    for element in re.findall(r"<script[^>]*>", text):
        assert "src=" in element or 'type="application/json"' in element, element
    assert not re.search(r"\son[a-z]+=\"", text)
    assert "<style" not in text
    assert not re.search(r"(src|href)=\"https?://(?!doi\.org|arxiv\.org)", text)


def test_it_shares_the_chart_palette_with_the_stylesheet() -> None:
    for number, scheme in enumerate(("light", "dark")):
        ours = {
            name.removeprefix("chart-"): value
            for name, value in tokens(scheme).items()
            if name.startswith("chart-")
        }
        assert ours == {role: colours[number] for role, colours in PALETTE.items()}
    assert set(re.findall(r"\.c-(\w+) \{ color: var\(--chart-\1\); \}", CSS)) == set(PALETTE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_prints_every_verdict_with_enough_contrast(scheme: str) -> None:
    here = tokens(scheme)
    for slug in VERDICTS:
        colour = here[f"verdict-{slug}"]
        for paper in ("paper", "sheet"):
            assert contrast(colour, here[paper]) >= 4.5, (slug, paper)
    for name in ("ink", "muted", "accent", "chart-asserted", "chart-measured"):
        assert contrast(here[name], here["paper"]) >= 4.5, name


def test_it_gives_every_verdict_a_shape_of_its_own() -> None:
    shapes = (ROOT / "templates/includes/shapes.html").read_text()
    icons = [verdict.icon for verdict in VERDICTS.values()]
    assert len(set(icons)) == len(icons)
    drawn = {icon: re.search(rf'id="v-{icon}"[^>]*>(.*?)</symbol>', shapes, re.S) for icon in icons}
    assert all(drawn.values())
    assert len({match[1] for match in drawn.values() if match}) == len(icons)


def test_it_fetches_no_font_and_nothing_from_elsewhere() -> None:
    assert "@font-face" not in CSS
    assert "@import" not in CSS
    assert "url(" not in CSS


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_it_parses_every_template(path: Path) -> None:
    get_template(path.relative_to(ROOT / "templates").as_posix())
