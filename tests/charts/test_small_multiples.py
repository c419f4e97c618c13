"""Charts the size of a word or a line of a table."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from charts.small_multiples import LINE_SIZE, course, strip
from tests.charts.examples import fact

SVG = "{http://www.w3.org/2000/svg}"


def places(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", path)]


def test_a_course_rises_where_its_numbers_rise_and_says_so_in_words() -> None:
    picture = ElementTree.fromstring(course([5.0, 4.0, 9.0], "From 5 to 9 <au>"))
    assert picture.attrib["role"] == "img"
    assert picture.attrib["aria-label"] == "From 5 to 9 <au>"
    [line] = picture.iter(f"{SVG}path")
    (x0, y0), (x1, y1), (x2, y2) = places(line.attrib["d"])
    assert x0 < x1 < x2 <= LINE_SIZE[0]
    assert y1 > y0 > y2
    [first] = picture.iter(f"{SVG}circle")
    assert (float(first.attrib["cx"]), float(first.attrib["cy"])) == (x0, y0)


def test_a_course_of_equal_numbers_is_level_and_of_one_is_refused() -> None:
    [line] = ElementTree.fromstring(course([2.0, 2.0], "level")).iter(f"{SVG}path")
    assert len({y for _, y in places(line.attrib["d"])}) == 1
    with pytest.raises(ValueError, match="at least two"):
        course([2.0], "alone")


def test_a_strip_has_a_dot_for_each_value_and_a_bar_for_each_limit() -> None:
    rows = [
        fact("a", "nucleus_radius", 0.4, plus=0.2, minus=0.1),
        fact("b", "nucleus_radius", 1.3),
        fact("c", "nucleus_radius", 2.8, limit="upper"),
    ]
    found = strip(rows)
    assert found is not None
    assert (found.number, found.low) == (3, "0.4\u202fkm")
    assert found.high.startswith("<")
    picture = ElementTree.fromstring(found.svg)
    dots = [float(dot.attrib["cx"]) for dot in picture.iter(f"{SVG}circle")]
    assert len(dots) == 2
    assert dots == sorted(dots)
    label = picture.attrib["aria-label"]
    assert label.startswith("Nucleus radius: 3 values, 1 of them a limit, from 0.4")
    assert "an upper limit of 2.8" in label


def test_a_strip_of_wide_spread_values_keeps_them_apart() -> None:
    found = strip([fact(f"row-{power}", "production_rate_h2o", 10.0**power) for power in (24, 26, 28)])
    assert found is not None
    dots = [float(dot.attrib["cx"]) for dot in ElementTree.fromstring(found.svg).iter(f"{SVG}circle")]
    assert dots[1] - dots[0] == pytest.approx(dots[2] - dots[1], abs=0.2)


def test_it_draws_no_strip_of_one_value_or_of_things_that_differ() -> None:
    assert strip([fact("a", "nucleus_radius", 1.0)]) is None
    assert strip([fact("a", "count", 1.0), fact("b", "count", 2.0)]) is None
