"""Every claim of the catalogue is drawn, by the chart it names and by the general one."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import plotly.graph_objects as go
import pytest

from charts.registry import FALLBACK, charts, drawing_of
from charts.style import PALETTE
from charts.svg import NARROW, WIDE, draw
from science.records import ChartSubject, Drawing
from tests.charts.catalogue_subjects import subjects
from tests.charts.examples import FIRST_CHARTS
from tests.charts.printed import collisions, cut_off, root_of, texts_of

VERDICT_WORDS = re.compile(
    r"\b(true|false|wrong|right|contradict\w*|refut\w*|debunk\w*|support\w*|mislead\w*|prove[sd]?|disprove[sd]?)\b",
    re.IGNORECASE,
)


def has_number(subject: ChartSubject) -> bool:
    asserted = any(row.value is not None or row.value_time is not None for row in subject.asserted)
    return asserted or any(
        (row.value is not None or row.value_time is not None) and row.key in subject.cited_keys
        for row in subject.measurements
    )


def drawings() -> list[tuple[str, Drawing]]:
    """Each claim's own chart and, where that is another, the general one."""
    found = []
    for subject, name in subjects():
        for chart in dict.fromkeys((name if name in FIRST_CHARTS else FALLBACK, FALLBACK)):
            drawing = drawing_of(subject, chart)
            if drawing is not None:
                found.append((f"{subject.slug}-{drawing.name}", drawing))
    return list({key: (key, drawing) for key, drawing in found}.values())


DRAWINGS = drawings()
every_drawing = pytest.mark.parametrize(
    "drawing", [drawing for _, drawing in DRAWINGS], ids=[key for key, _ in DRAWINGS]
)


def numbers_in(part: Any) -> list[float]:
    if isinstance(part, dict):
        return [number for value in part.values() for number in numbers_in(value)]
    if isinstance(part, list):
        return [number for value in part for number in numbers_in(value)]
    return [part] if isinstance(part, float) else []


def test_the_catalogue_is_all_here() -> None:
    assert len(subjects()) >= 100
    assert len(DRAWINGS) > len(subjects())


@pytest.mark.parametrize("subject", [s for s, _ in subjects()], ids=[s.slug for s, _ in subjects()])
def test_a_claim_has_the_general_chart_if_and_only_if_it_has_a_number(subject: ChartSubject) -> None:
    drawing = charts()[FALLBACK].draws(subject)
    assert (drawing is not None) == has_number(subject)


@pytest.mark.parametrize(
    ("subject", "name"),
    [pair for pair in subjects() if pair[1] in FIRST_CHARTS],
    ids=[subject.slug for subject, name in subjects() if name in FIRST_CHARTS],
)
def test_a_claim_gets_the_chart_it_names(subject: ChartSubject, name: str) -> None:
    drawing = drawing_of(subject, name)
    assert drawing is not None
    assert drawing.name == name


@every_drawing
def test_its_figure_is_plain_json_and_plotly_accepts_it(drawing: Drawing) -> None:
    text = json.dumps(drawing.figure, allow_nan=False)
    assert len(text) < 30_000
    assert drawing.figure["layout"]["template"] == "none"
    assert all(math.isfinite(number) for number in numbers_in(drawing.figure))
    figure = go.Figure(json.loads(text))
    assert len(figure.data) == len(drawing.figure["data"]) > 0


@every_drawing
def test_its_figure_names_a_role_for_every_colour(drawing: Drawing) -> None:
    layout = drawing.figure["layout"]
    roles = {trace["meta"]["role"] for trace in drawing.figure["data"]}
    roles |= {part["name"] for part in (*layout.get("shapes", ()), *layout.get("annotations", ()))}
    assert roles <= PALETTE.keys()


@every_drawing
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_its_picture_is_small_well_formed_and_free_of_collisions(drawing: Drawing, width: int) -> None:
    picture = draw(drawing, width)
    assert len(picture.encode()) < 10_000
    root = root_of(picture)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == drawing.title
    assert "style" not in root.attrib
    assert cut_off(picture) == []
    assert collisions(picture) == []


@every_drawing
def test_its_table_twin_has_the_same_columns_in_every_line(drawing: Drawing) -> None:
    assert drawing.rows
    assert {len(row.cells) for row in drawing.rows} == {len(drawing.columns)}
    assert all(row.cells[0] for row in drawing.rows)
    # nothing but the claim itself and comparison bodies may stand without a key to look up
    assert all(row.key for row in drawing.rows if not row.cells[0].startswith("Claimed"))


@every_drawing
def test_its_finding_is_a_sentence_without_a_verdict(drawing: Drawing) -> None:
    assert drawing.finding[0].isupper() or drawing.finding[0].isdigit()
    assert drawing.finding.endswith(".")
    assert not VERDICT_WORDS.search(drawing.finding)
    assert ";;" not in drawing.finding
    assert "  " not in drawing.finding
    assert "()" not in drawing.finding


@every_drawing
def test_its_finding_and_caption_read_a_limit_as_a_limit(drawing: Drawing) -> None:
    spoken = drawing.finding.replace("\u00a0", " ")
    if "an upper limit of" in spoken:
        assert "not a measurement of absence" in spoken
    if any(
        note["showarrow"] and note["name"] != "asserted"
        for note in drawing.figure["layout"].get("annotations", ())
    ):
        assert "limit" in drawing.caption


@pytest.mark.parametrize(
    "drawing",
    [d for _, d in DRAWINGS if d.name == FALLBACK],
    ids=[k for k, d in DRAWINGS if d.name == FALLBACK],
)
def test_the_general_chart_never_mixes_units_on_an_axis(drawing: Drawing) -> None:
    layout = drawing.figure["layout"]
    for note in layout.get("annotations", ()):
        if note["showarrow"]:
            continue
        axis = layout["xaxis" + note["yref"][1:]]
        unit = re.search(r"\u00a0\(([^()]*)\)$", axis["title"]["text"])
        if axis["type"] == "date" or unit is None:
            continue
        assert note["text"].endswith(unit[1]), (note["text"], axis["title"]["text"])


def test_the_printed_words_are_not_too_small_on_a_phone() -> None:
    sizes = set()
    for _, drawing in DRAWINGS:
        picture = draw(drawing, NARROW)
        sizes |= {float(size) for size in re.findall(r'font-size="([\d.]+)"', picture)}
    # on a page 360 px wide the picture is at least 328 px wide
    assert min(sizes) * 328 / NARROW >= 11


def test_every_claimed_number_is_printed_on_its_chart() -> None:
    missing = []
    for subject, _ in subjects():
        drawing = charts()[FALLBACK].draws(subject)
        if drawing is None:
            continue
        printed = " ".join(text.text for text in texts_of(draw(drawing)))
        first = next((row for row in drawing.rows if row.cells[0].startswith("Claimed")), None)
        if first is not None and first.cells[1] not in printed:
            missing.append((subject.slug, first.cells[1]))
    assert missing == []
