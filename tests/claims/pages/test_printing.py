"""How templates print numbers, moments and names."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from claims.models import Measurement
from claims.templatetags.hyperbole import brief_number, day, figure, period, quantity, script_text, when


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (None, ""),
        ({"value": 1.3, "plus": 0.2, "minus": 0.2, "unit": "km", "limit": "value"}, "1.3\xa0±\xa00.2\u202fkm"),
        ({"value": 0.5, "plus": None, "minus": None, "unit": "km", "limit": "upper"}, "<\xa00.5\u202fkm"),
        ({"value": 131.5, "plus": 8.5, "minus": 8.5, "unit": "", "limit": "value", "error_kind": "range"}, "123–140"),
        ({"value": None, "value_time": "2025-10-03", "unit": "", "limit": "value"}, "3\xa0October\xa02025"),
        ({"value": 10.0, "value_time": None, "unit": "", "relation": "approx"}, "≈\xa010"),
        ({"value": None, "value_time": "2017", "unit": "", "relation": "eq"}, "2017"),
    ],
)  # fmt: skip
def test_it_prints_a_number_with_error_limit_and_unit(number: dict[str, object] | None, printed: str) -> None:
    assert figure(number) == printed


def test_it_prints_a_row_that_only_says_whether_something_is_there() -> None:
    assert figure(Measurement(presence="not_detected")) == "not detected"


def test_it_prints_moments_in_utc_with_their_machine_spelling() -> None:
    berlin = timezone(timedelta(hours=1))
    assert when(datetime(2025, 10, 3, 0, 30, tzinfo=berlin)) == (
        '<time datetime="2025-10-02T23:30Z">2\xa0Oct\xa02025 23:30\xa0UTC</time>'
    )
    assert when("2025-10") == '<time datetime="2025-10">Oct\xa02025</time>'
    assert when(date(2025, 10, 3)) == '<time datetime="2025-10-03">3\xa0Oct\xa02025</time>'
    assert (
        day(datetime(2025, 10, 3, 0, 30, tzinfo=berlin))
        == '<time datetime="2025-10-02">2\xa0Oct\xa02025</time>'
    )
    assert when(None) == ""


def test_it_prints_one_day_for_a_period_within_a_day() -> None:
    start = datetime(2025, 11, 16, tzinfo=UTC)
    assert (
        period(start, start + timedelta(hours=23)) == '<time datetime="2025-11-16">16\xa0Nov\xa02025</time>'
    )
    assert period(start, start + timedelta(days=1)).count("<time") == 2
    assert period(None, None) == ""


def test_it_prints_names_and_brief_numbers() -> None:
    assert quantity("nucleus_radius") == "Nucleus radius"
    assert brief_number(57.97712, "km / s") == "57.98\u202fkm/s"
    assert brief_number(None) == ""


def test_it_cannot_be_talked_out_of_a_script_element() -> None:
    assert "<" not in script_text({"a": "</script><!--", "b": "&amp;"})
