"""The printed picture says with ink what the figure says in numbers."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from charts.asserted_vs_measured import draws
from charts.figure import compose
from charts.geometry import Box, cut_to, marker_path, text_width
from charts.panels import Band, Group, Line, Mark, PlanePanel, Point, Row, RowPanel
from charts.style import SHAPES, SYMBOLS
from charts.svg import NARROW, WIDE, draw
from science.records import Drawing
from tests.charts.examples import claimed, fact, subject_of
from tests.charts.printed import SVG, collisions, cut_off, root_of, texts_of


def printed(*panels: RowPanel | PlanePanel, width: int = WIDE) -> str:
    return draw(Drawing("test", "A <test>", compose(panels), ("What",), (), "A & B.", ""), width)


def one_row(mark: Mark, *others: Row, kind: str = "linear", title: str = "Radius (km)") -> RowPanel:
    return RowPanel(title, kind, (Row("Label", "Source 2025", "1 km", (mark,)), *others))  # type: ignore[arg-type]


def paths(picture: str, role: str) -> list[str]:
    return [
        path.attrib["d"]
        for group in root_of(picture).iter(f"{SVG}g")
        if group.attrib["class"] == f"c-{role}"
        for path in group.iter(f"{SVG}path")
    ]


def points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path)]


def test_it_is_an_image_with_a_name_a_description_and_no_inline_style() -> None:
    root = root_of(printed(one_row(Mark(1.0, "measured"))))
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == "A <test>"
    described = root.attrib["aria-describedby"]
    description = root.find(f"{SVG}desc")
    assert description is not None
    assert (description.attrib["id"], description.text) == (described, "A & B.")
    assert not [element for element in root.iter() if "style" in element.attrib]


def test_wide_and_narrow_pictures_on_one_page_do_not_share_an_id() -> None:
    panel = one_row(Mark(1.0, "measured"))
    ids = [root_of(printed(panel, width=width)).attrib["aria-describedby"] for width in (WIDE, NARROW)]
    assert len(set(ids)) == 2


def test_words_from_the_catalogue_cannot_become_markup() -> None:
    row = Row("<script>", 'A "&" B', "< 1 km", (Mark(1.0, "measured"),))
    picture = printed(RowPanel("<b>", "linear", (row,)))
    assert "<script>" not in picture
    assert {'A "&" B', "< 1 km"} <= {text.text for text in texts_of(picture)}


def test_an_upper_limit_points_to_smaller_and_a_lower_limit_to_larger_values() -> None:
    for limit, sign in (("upper", -1), ("lower", 1)):
        panel = one_row(Mark(2.0, "measured", limit=limit), Row("Other", "", "", (Mark(3.0, "other"),)))  # type: ignore[arg-type]
        arrow = next(path for path in paths(printed(panel), "measured") if path.count("M") == 2)
        (x0, y0), (x1, y1) = points(arrow)[:2]
        assert y0 == y1
        assert (x1 - x0) * sign == pytest.approx(26)


def test_an_upper_limit_on_a_plane_points_down() -> None:
    group = Group("Ni", "series1", (Point(1.0, 1e24, limit="upper"), Point(2.0, 1e26)))
    panel = PlanePanel("r (au)", "Q", "linear", "log", (group,))
    arrow = next(path for path in paths(printed(panel), "series1") if path.count("M") == 2)
    (x0, y0), (x1, y1) = points(arrow)[:2]
    assert x0 == x1
    assert y1 - y0 == pytest.approx(26)


def test_an_asymmetric_error_is_longer_on_its_longer_side() -> None:
    panel = one_row(Mark(10.0, "measured", 6.0, 2.0), Row("Other", "", "", (Mark(20.0, "other"),)))
    bar = next(path for path in paths(printed(panel), "measured") if path.count("M") == 3)
    (low, _), (high, _) = points(bar)[:2]
    circle = next(path for path in paths(printed(panel), "measured") if "a5" in path)
    centre = points(circle)[0][0] + 5
    assert (high - centre) / (centre - low) == pytest.approx(3.0, rel=0.02)


def test_equal_ratios_are_equal_lengths_on_a_logarithmic_axis() -> None:
    rows = tuple(Row(str(value), "", "", (Mark(value, "measured"),)) for value in (1.0, 10.0, 100.0))
    circles = [points(path)[0][0] for path in paths(printed(RowPanel("x", "log", rows)), "measured")]
    assert circles[1] - circles[0] == pytest.approx(circles[2] - circles[1], abs=0.2)


def test_a_claimed_zero_stands_at_the_edge_of_a_logarithmic_axis_with_an_arrow_and_says_so() -> None:
    rows = [fact(f"r{power}", "production_rate_ni", 10.0**power) for power in (21, 24, 26)]
    drawing = draws(subject_of(*rows, asserted=(claimed("production_rate_ni", 0.0),)))
    assert drawing is not None
    assert drawing.figure["layout"]["xaxis"]["type"] == "log"
    picture = draw(drawing)
    assert any(
        "left of this logarithmic scale" in text.text or "logarithmic scale" in text.text
        for text in texts_of(picture)
    )
    diamond = next(path for path in paths(picture, "asserted") if path.startswith("M") and "l7" in path)
    leftmost = min(points(path)[0][0] for path in paths(picture, "measured"))
    assert points(diamond)[0][0] < leftmost


def test_labels_stand_beside_the_plot_when_wide_and_above_the_mark_when_narrow() -> None:
    panel = one_row(Mark(1.0, "measured"))
    wide = {text.text: text.box for text in texts_of(printed(panel))}
    narrow = {text.text: text.box for text in texts_of(printed(panel, width=NARROW))}
    wide_mark = points(next(path for path in paths(printed(panel), "measured") if "a5" in path))[0]
    narrow_mark = points(
        next(path for path in paths(printed(panel, width=NARROW), "measured") if "a5" in path)
    )[0]
    assert wide["Label"].right < wide_mark[0]
    assert narrow["Label"].bottom < narrow_mark[1]
    assert "Source 2025" not in narrow


def test_labels_of_crowded_points_never_overlap_and_may_be_left_out() -> None:
    crowd = tuple(
        Point(1.0 + 0.001 * index, 1.0, label=f"Telescope {index}, Aug 2025") for index in range(12)
    )
    panel = PlanePanel("r", "Q", "linear", "linear", (Group("Ni", "series1", (*crowd, Point(3.0, 3.0))),))
    picture = printed(panel)
    assert collisions(picture) == []
    shown = [text for text in texts_of(picture) if text.text.startswith("Telescope")]
    assert 1 <= len(shown) < 12


def test_names_of_close_bands_stand_on_lines_of_their_own() -> None:
    bands = (Band(1.0, 1.2, "a first long name of a band"), Band(1.3, 1.5, "a second long name of a band"))
    panel = PlanePanel(
        "x", "y", "linear", "linear", (Group("g", "series1", (Point(1.0, 1.0), Point(9.0, 2.0))),), (), bands
    )
    for width in (WIDE, NARROW):
        picture = printed(panel, width=width)
        assert {band.label for band in bands} <= {text.text for text in texts_of(picture)}
        assert collisions(picture) == []
        assert cut_off(picture) == []


def test_a_line_is_cut_at_the_edge_of_its_plane() -> None:
    line = Line((0.1, 100.0), (0.1, 1e6), "muted", "slope")
    panel = PlanePanel(
        "x", "y", "log", "log", (Group("g", "series1", (Point(1.0, 1.0), Point(10.0, 10.0))),), (line,)
    )
    picture = printed(panel)
    root = root_of(picture)
    bottom = float(root.attrib["viewBox"].split()[3])
    for path in paths(picture, "muted"):
        assert all(0 <= x <= WIDE and 0 <= y <= bottom for x, y in points(path))


def test_a_trace_that_it_cannot_draw_is_refused_by_type() -> None:
    figure = compose([one_row(Mark(1.0, "measured"))])
    figure["data"].append({"type": "bar", "xaxis": "x"})
    with pytest.raises(ValueError, match="'bar'"):
        draw(Drawing("test", "t", figure, (), (), "f.", ""))


def test_a_figure_of_no_panels_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one panel"):
        compose([])


@pytest.mark.parametrize("symbol", [*SHAPES, *SYMBOLS.values(), *(f"{shape}-open" for shape in SHAPES)])
def test_every_mark_of_the_style_can_be_printed_and_is_centred(symbol: str) -> None:
    path, filled = marker_path(symbol, 50, 50)
    assert filled == (not symbol.endswith("-open"))
    ET.fromstring(f'<path d="{path}"/>')


def test_an_unknown_mark_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'banana'"):
        marker_path("banana", 0, 0)


def test_a_text_is_cut_only_when_it_does_not_fit() -> None:
    assert cut_to("Hubble", 1000, 13) == "Hubble"
    short = cut_to("A very long label indeed", 80, 13)
    assert short.endswith("…")
    assert text_width(short, 13) <= 80


def test_boxes_know_what_they_meet_and_hold() -> None:
    box = Box(0, 0, 10, 10)
    assert box.meets(Box(9, 9, 20, 20))
    assert not box.meets(Box(10, 0, 20, 10))
    assert box.holds(Box(1, 1, 9, 9))
    assert box.clip(-5, 5, 15, 5) == (0, 5, 10, 5)
    assert box.clip(-5, 20, 15, 20) is None
