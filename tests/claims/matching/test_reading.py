"""What is read of a sentence: numbers, dates, stance, objects, language, and places in the text as sent."""

from __future__ import annotations

import pytest

from claims.matching.agreement import same
from claims.matching.language import language
from claims.matching.normalise import plain_text
from claims.matching.objects import bodies_spoken_of
from claims.matching.quantities import read_quantities
from claims.matching.sentences import sentences
from claims.matching.stance import rejects


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("thirty-six miles a second", "physical", 36.0, "mi / s"), ("60 km/s", "physical", 60.0, "km / s"),
        ("a 22-second interval", "physical", 22.0, "s"), ("over 33 billion tons", "physical", 33e9, "t"),
        ("3.3 × 10^13 kg", "physical", 3.3e13, "kg"), ("(4.92 ± 0.16) × 10^-6 m s^-2", "physical", 4.92e-6, "m / s2"),
        ("130,000 mph", "physical", 130_000.0, "mi / h"), ("an order of magnitude more", "factor", 10.0, ""),
        ("a factor of ten", "factor", 10.0, ""), ("a thousand times heavier", "factor", 1000.0, ""),
        ("0.005 per cent", "fraction", 5e-5, ""), ("one in 20,000", "fraction", 5e-5, ""),
        ("about 16% of its mass", "fraction", 0.16, ""), ("10 degrees Celsius", "physical", 283.15, "K"),
        ("half a million kilometres", None, None, ""), ("a kilometre or so", None, None, ""),
    ],
)  # fmt: skip
def test_quantities_are_read_into_units(text: str, kind: str | None, value: float | None, unit: str) -> None:
    found = [one for one in read_quantities(text) if one.kind != "count"]
    if kind is None:
        assert all(one.value is not None for one in found)
        return
    assert [one.kind for one in found] == [kind]
    assert found[0].value == pytest.approx(value)
    assert found[0].unit == unit
    assert text[found[0].start : found[0].stop] == found[0].text


@pytest.mark.parametrize(
    ("text", "kind", "moment"),
    [
        ("on 3 October 2025", "date", "2025-10-03"), ("October 3rd, 2025", "date", "2025-10-03"),
        ("in October 2025", "date", "2025-10"), ("back in 2017", "date", "2017"), ("on November 21", "date", "--11-21"),
        ("at 00:03 UTC", "clock", "00:03"), ("three minutes past midnight", "clock", "00:03"), ("12:03 am", "clock", "00:03"),
    ],
)  # fmt: skip
def test_dates_and_times_are_read(text: str, kind: str, moment: str) -> None:
    assert [(one.kind, one.moment) for one in read_quantities(text)] == [(kind, moment)]


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("28.6 miles", "46 km", True), ("between 11 and 20 km", "11 to 20 kilometres", True), ("46 km", "5.6 km", False),
        ("22 seconds", "22 km", None), ("sixty kilometres per second", "37 miles a second", True),
        ("a factor of ten", "tenfold", True), ("16 per cent", "a sixth of", True),
    ],
)  # fmt: skip
def test_numbers_agree_across_units_and_only_where_they_can(one: str, other: str, agree: bool | None) -> None:
    (left,), (right,) = read_quantities(one), read_quantities(other)
    assert same(left, right) is agree


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("3I/ATLAS is a comet", {"3I"}), ("unlike 2I/Borisov, 3I/ATLAS has a tail", {"3I"}),
        ("'Oumuamua had none", {"1I"}), ("the ATLAS survey looks every night", set()),
        ("Comet C/2025 V1 (Borisov) was found", {"C/2025V1"}), ("Halley returns in 2061", {"HALLEY"}),
    ],
)  # fmt: skip
def test_it_knows_which_object_is_spoken_of(text: str, bodies: set[str]) -> None:
    assert bodies_spoken_of(text) == bodies


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The comet was seen by the telescope in the south.", "en"), ("Комета прошла мимо Марса.", "ru"),
        ("彗星は火星の近くを通過した。", "ja"), ("La cometa è stata vista dal telescopio che non la conosce.", "it"),
        ("12345 !!!", "und"), ("", "und"),
    ],
)  # fmt: skip
def test_it_knows_which_language_it_cannot_read(text: str, code: str) -> None:
    assert language(text) == code


def test_every_character_of_the_normalised_text_knows_where_it_came_from() -> None:
    sent = "A\u200b “ﬁne” C₂ 10¹³ caf\u0065\u0301 — 🛰 ½.\r\nNext."
    normal = plain_text(sent)
    assert normal.text.startswith('A "fine" C2 10^13 cafe')
    assert len(normal.origin) == len(normal.text)
    assert normal.origin == sorted(normal.origin)
    first, last = sentences(normal.text)[0], sentences(normal.text)[-1]
    assert sent[slice(*normal.span(last.start, last.stop))] == "Next."
    assert sent[slice(*normal.span(first.start, first.stop))].endswith("½.")


def test_sentences_survive_abbreviations_initials_and_wrapped_lines() -> None:
    assert [one.text for one in sentences("It is approx. 5 km wide. Dr. J. Doe agrees. Really?")] == [
        "It is approx. 5 km wide.", "Dr. J. Doe agrees.", "Really?",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "rejected"),
    [
        ("No, the comet will not reach us.", True), ("Tails of this kind are well known from other comets.", True),
        ("The brightening was perfectly natural.", True), ("The picture had been doctored.", True),
        ("Nickel was already found in many comets.", True), ("The push is explained by ordinary ice.", True),
        ("This is nothing unusual.", True), ("No comet moves like this one.", False),
        ("The comet is well known.", False), ("Nothing natural moves like that.", False),
    ],
)  # fmt: skip
def test_words_that_reject_a_claim_are_known(text: str, rejected: bool) -> None:
    assert rejects(text) is rejected
